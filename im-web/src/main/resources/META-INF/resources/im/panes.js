import { hrefOf, idFault, readAddress, showFault } from "./address.js";
import { banner } from "./banner.js";
import { find } from "./dom.js";
import { kept } from "./kept.js";
import { list } from "./list.js";

/** What is read as it comes is not worth a blink. */
const BLINK_MS = 100;

/**
 * The conversations of one client beside the one that is open, which the address names.
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {string} [options.user] who the address says that one is, in demo mode
 * @param {import("./strings.js").Strings} options.strings
 * @param {string} options.locale
 * @returns {() => void} shows what the address says now
 */
export function panes({ client, user, strings, locale }) {
  const words = strings.page;
  const root = find("#panes");
  const main = find("#main");
  main.append(document.importNode(/** @type {HTMLTemplateElement} */ (find("#chat")).content, true));
  const chat = find("pair-chat");
  const begin = beginning(client, words, open);
  const conversations = list({ client, strings, locale, hrefOf: (peer) => hrefOf({ user, peer }), onOpen: open });
  const attend = attention(client, words.name);
  /** @type {string | undefined} */
  let current;

  function follow() {
    const before = current;
    const { peer } = readAddress();
    const isFault = peer !== undefined && idFault(words, peer, client.user) !== "";
    show(isFault ? undefined : peer);
    moveFocus(before);
    if (isFault) {
      history.replaceState(null, "", hrefOf({ user }));
      begin.refuse(peer);
    }
  }

  /** @param {string | undefined} peer */
  function show(peer) {
    current = peer;
    conversations.show(peer);
    attend(peer);
    root.classList.toggle("chatting", peer !== undefined);
    find("#main-name").textContent = peer ? strings.chat.conversation(peer) : words.name;
    chat.hidden = peer === undefined;
    chat.setAttribute("peer", peer ?? "");
  }

  /** @param {string} peer */
  function open(peer) {
    if (peer !== current) {
      history.pushState({ isFromList: current === undefined }, "", hrefOf({ user, peer }));
    }
    follow();
  }

  /**
   * Into the line to write in, but not where that brings up a keyboard over half of the screen.
   *
   * @param {string | undefined} before who the conversation was with
   */
  function moveFocus(before) {
    if (current !== undefined) {
      (matchMedia("(hover: hover) and (pointer: fine)").matches ? chat : main).focus();
    } else if (before !== undefined && !conversations.focus(before)) {
      begin.focus();
    }
  }

  function stateChanged() {
    const me = client.user;
    find("#you").textContent = me === undefined ? "" : words.youAre(me);
    if (me !== undefined && me === current) {
      follow();
    }
  }

  /** From a chat to the list, where there is only room for one. */
  find(".back").onclick = () => {
    if (history.state?.isFromList) {
      history.back();
    } else {
      history.replaceState(null, "", hrefOf({ user }));
      follow();
    }
  };
  find("#skip").onclick = (event) => {
    event.preventDefault();
    (current === undefined ? main : chat).focus();
  };
  find("#side header").after(banner({ client, strings, onLeave: begin.focus }));
  client.addEventListener("state", stateChanged);
  bell(client, words, open);
  Object.assign(chat, { client });
  root.hidden = false;
  stateChanged();
  follow();
  return follow;
}

/**
 * The button for notifications; what it takes is loaded when they are wanted.
 *
 * @param {import("./im-client.js").Client} client
 * @param {import("./address.js").Words} words
 * @param {(peer: string) => void} onOpen
 */
function bell(client, words, onOpen) {
  const button = find("#bell");
  const choice = kept("localStorage", "im.notifications");
  const load = async () => {
    const { notifications } = await import("./notifications.js");
    return notifications({ client, words, onOpen, choice, button });
  };
  /** @type {ReturnType<typeof load> | undefined} */
  let loaded;
  const loadIfOn = () => choice.text === "on" && (loaded ??= load());
  button.hidden = !isSecureContext || !("Notification" in window);
  button.onclick = async () => (await (loaded ??= load())).toggle();
  addEventListener("storage", loadIfOn);
  loadIfOn();
}

/**
 * The form that begins a conversation with somebody who is not in the list.
 *
 * @param {import("./im-client.js").Client} client
 * @param {import("./address.js").Words} words
 * @param {(peer: string) => void} onOpen
 */
function beginning(client, words, onOpen) {
  /** @type {HTMLDetailsElement} */
  const root = find("#new");
  /** @type {HTMLInputElement} */
  const line = find("#other");

  /** @returns {boolean} whether one can write to them */
  function judge() {
    const fault = idFault(words, line.value.trim(), client.user);
    showFault(line, fault);
    line.focus();
    return fault === "";
  }

  function focus() {
    find("summary").focus();
  }

  function fold() {
    root.open = false;
    line.value = "";
    showFault(line, "");
    focus();
  }

  root.addEventListener("toggle", () => root.open && line.focus());
  root.addEventListener("keydown", ({ key }) => key === "Escape" && fold());
  find("#new form").onsubmit = (event) => {
    event.preventDefault();
    const peer = line.value.trim();
    if (judge()) {
      fold();
      onOpen(peer);
    }
  };

  return {
    focus,
    /**
     * Shows why somebody cannot be written to.
     *
     * @param {string} peer
     */
    refuse(peer) {
      root.open = true;
      line.value = peer;
      judge();
    },
  };
}

/**
 * What a tab says of itself where its page is not seen: the title, and a dot on the icon while anything is unread.
 *
 * @param {import("./im-client.js").Client} client
 * @param {string} name of the page
 * @returns {(peer?: string) => void} tells it whose conversation is open
 */
function attention(client, name) {
  const icon = /** @type {HTMLLinkElement} */ (find("link[rel=icon]"));
  let title = name;

  function show() {
    const { unread, moreConversations } = client;
    const count = `${unread}${moreConversations ? "+" : ""}`;
    const { href } = new URL(unread ? "favicon-unread.svg" : "favicon.svg", import.meta.url);
    document.title = unread ? `(${count}) ${title}` : title;
    if (icon.href !== href) {
      icon.href = href;
    }
  }

  client.addEventListener("conversations", () => setTimeout(show, BLINK_MS));
  return (peer) => {
    title = peer ? `${peer} · ${name}` : name;
    show();
  };
}
