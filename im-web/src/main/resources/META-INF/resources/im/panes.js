import { hrefOf, isPeer, readAddress } from "./address.js";
import { banner } from "./banner.js";
import { chat } from "./chat.js";
import { badgeText, element, find, lazily } from "./dom.js";
import { icon } from "./icon.js";
import { kept } from "./kept.js";
import { list } from "./list.js";

/** What is read as it comes is not worth a blink. */
const BLINK_MS = 100;

const BACK = "m15 5-7 7 7 7";
const BELL = "M6 17v-6a6 6 0 0 1 12 0v6l1.5 1h-15zm4 3.5a2 2 0 0 0 4 0";
const LEAVE = "M10 4H5v16h5m0-8h10m-4-4 4 4-4 4";
const OFF = "m4 4 16 16";
const PLUS = "M12 5v14m-7-7h14";

/**
 * The conversations of one client beside the one that is open, which the address names.
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {string} [options.user] who the address says that one is, in demo mode
 * @param {import("./strings.js").Strings} options.strings
 * @param {string} options.locale
 * @param {() => void} options.onSignOut
 * @returns {() => void} shows what the address says now
 */
export function panes({ client, user, strings, locale, onSignOut }) {
  const words = strings.page;
  const { title } = document;
  /** @type {HTMLLinkElement} */
  const tab = find("link[rel=icon]");
  const choice = kept("localStorage", "im.notifications");
  /** Whose conversation is open; empty if none is. */
  let current = "";

  const skip = element("a.primary", { id: "skip", href: "#main", onclick: skipped }, words.skip);
  const you = element("p.small", { id: "you" });
  const who = element("div", {}, element("p.name", {}, title), you);
  const bell = button("bell", words.notifications, icon("bell", BELL), icon("off", OFF));
  const leave = button("sign-out", words.signOut, icon("leave", LEAVE));
  const summary = element("summary", {}, icon("plus", PLUS), words.newConversation);
  const details = element("details", { id: "new", ontoggle: () => details.open && begin() }, summary);
  const side = element("div", { id: "side" });
  const conversations = list({ client, user, strings, locale, onOpen: open, scroller: side });
  side.append(
    element("header", {}, skip, who, bell, leave),
    banner({ client, strings, onLeave: () => summary.focus() }),
    element("nav", { ariaLabel: words.conversations }, details, ...conversations.elements),
  );

  const back = button("back", words.back, icon("back", BACK));
  // The place of one, without what it takes to find a client.
  const place = Object.assign(document.createElement("pair-chat"), { client });
  const conversation = chat(place);
  const heading = element("h1.unseen");
  const picture = element("img", { src: tab.href, alt: "", width: 72 });
  const choose = element("div", { id: "choose" }, picture, element("p", {}, words.choose));
  const main = element("main", { id: "main", tabIndex: -1 }, heading, choose, place);
  const root = element("div", { id: "panes" }, side, main);

  const form = lazily(async () => {
    const { beginning } = await import("./begin.js");
    return beginning({ client, words, root: details, onOpen: open });
  });
  const notifications = lazily(async () => {
    const { notifications } = await import("./notifications.js");
    return notifications({ client, words, onOpen: open, choice, button: bell });
  });

  function follow() {
    const before = current;
    const { peer = "" } = readAddress();
    const isWrong = peer !== "" && !isPeer(peer, client.user);
    current = isWrong ? "" : peer;
    conversations.show(current);
    attend();
    root.classList.toggle("chatting", current !== "");
    main.ariaLabel = heading.textContent = current ? strings.chat.conversation(current) : title;
    choose.hidden = current !== "";
    place.hidden = current === "";
    conversation.show({ client, peer: current, wrong: "", languages: navigator.languages });
    moveFocus(before);
    if (isWrong) {
      history.replaceState(null, "", hrefOf({ user }));
      begin(peer);
    }
  }

  /** @param {string} peer */
  function open(peer) {
    if (peer !== current) {
      history.pushState({ isFromList: current === "" }, "", hrefOf({ user, peer }));
    }
    follow();
  }

  /**
   * Into the line to write in, but not where that brings up a keyboard over half of the screen.
   *
   * @param {string} before who the conversation was with
   */
  function moveFocus(before) {
    if (current) {
      (matchMedia("(hover: hover) and (pointer: fine)").matches ? conversation : main).focus();
    } else if (before && !conversations.focus(before)) {
      summary.focus();
    }
  }

  /**
   * Unfolds the form for a new conversation.
   *
   * @param {string} [peer] who cannot be written to
   */
  async function begin(peer) {
    details.open = true;
    const loaded = await form();
    details.open &&= loaded !== undefined;
    loaded?.shown(peer);
  }

  /** @param {Event} event */
  function skipped(event) {
    event.preventDefault();
    (current ? conversation : main).focus();
  }

  function stateChanged() {
    const me = client.user;
    you.textContent = me ? words.youAre(me) : "";
    if (me === current) {
      follow();
    }
  }

  /** What a tab says of itself where its page is not seen: the title, and a dot on the icon while anything is unread. */
  function attend() {
    const { unread, moreConversations } = client;
    const count = unread ? `(${badgeText(unread, moreConversations)}) ` : "";
    const picture = unread ? "im/favicon-unread.svg" : "im/favicon.svg";
    document.title = `${count}${current ? `${current} · ` : ""}${title}`;
    if (tab.getAttribute("href") !== picture) {
      tab.href = picture;
    }
  }

  function notifyIfWanted() {
    if (choice.text === "on") {
      notifications();
    }
  }

  leave.onclick = onSignOut;
  bell.hidden = !isSecureContext || !("Notification" in window);
  bell.ariaPressed = "false";
  bell.onclick = async () => (await notifications())?.toggle();
  /** From a chat to the list, where there is only room for one. */
  back.onclick = () => {
    if (history.state?.isFromList) {
      history.back();
    } else {
      history.replaceState(null, "", hrefOf({ user }));
      follow();
    }
  };
  back.slot = "start";
  place.append(back);
  document.body.append(root);
  client.addEventListener("state", stateChanged);
  client.addEventListener("conversations", () => setTimeout(attend, BLINK_MS));
  addEventListener("storage", notifyIfWanted);
  notifyIfWanted();
  stateChanged();
  follow();
  return follow;
}

/**
 * @param {string} id
 * @param {string} label
 * @param {...Node} icons
 */
function button(id, label, ...icons) {
  return element("button", { id, title: label, ariaLabel: label }, ...icons);
}
