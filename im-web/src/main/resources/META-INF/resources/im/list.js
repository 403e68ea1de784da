import { hrefOf } from "./address.js";
import { badgeText, element } from "./dom.js";
import { startOfDay } from "./times.js";

/** @typedef {import("./im-client.js").Conversation} Conversation */

const AHEAD_PX = 400;
const DAY_MS = 86_400_000;
/** More is not seen. */
const MOST_TEXT = 300;

/**
 * The list of conversations. It has a row for each that the client has loaded. That is cheap for thousands: it changes
 * once a frame at most, and rows out of sight are not laid out (`content-visibility`).
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {string} [options.user] for the addresses
 * @param {import("./strings.js").Strings} options.strings
 * @param {string} options.locale
 * @param {(peer: string) => void} options.onOpen a row was chosen
 * @param {Element} options.scroller that the list is in
 */
export function list({ client, user, strings: { chat, timeline, page }, locale, onOpen, scroller }) {
  const root = element("ul", { id: "list", onkeydown: step });
  /** Says what is there beside the rows; it is in sight where there are more. */
  const rest = element("p.small", { id: "list-state", role: "status" });
  /** @type {Map<string, ReturnType<typeof rowFor>>} */
  const rows = new Map();
  const time = format({ timeStyle: "short" });
  const weekday = format({ weekday: "short" });
  const date = format({ dateStyle: "short" });
  let current = "";
  let frame = 0;
  let today = 0;
  const observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && loadMore(), {
    root: scroller,
    rootMargin: `${AHEAD_PX}px`,
  });

  /** @param {Intl.DateTimeFormatOptions} options */
  function format(options) {
    return new Intl.DateTimeFormat(locale, options).format;
  }

  async function loadMore() {
    if (client.state === "online") {
      await client.loadConversations().catch(() => {});
      changed();
    }
  }

  function changed() {
    frame ||= requestAnimationFrame(render);
  }

  function render() {
    frame = 0;
    today = startOfDay(Date.now());
    const { conversations, moreConversations, state } = client;
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    let next = root.firstElementChild;
    for (const conversation of conversations) {
      const { peer } = conversation;
      const row = rows.get(peer) ?? rowFor(conversation);
      rows.set(peer, row);
      row.update();
      if (row.item === next) {
        next = next.nextElementSibling;
      } else {
        root.insertBefore(row.item, next);
      }
    }
    while (root.children.length > conversations.length) {
      root.lastElementChild?.remove();
    }
    if (root.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    const isEmpty = conversations.length === 0;
    const isLoading = moreConversations || (isEmpty && state !== "online");
    rest.textContent = isLoading ? timeline.loading : isEmpty ? page.none : "";
    // It speaks up anew for what it is told of anew, also if that has stayed in sight.
    observer.disconnect();
    if (moreConversations) {
      observer.observe(rest);
    }
  }

  /** @param {Conversation} conversation */
  function rowFor(conversation) {
    const { peer } = conversation;
    const initial = element("span.initial", { ariaHidden: "true" }, peer[0].toUpperCase());
    const name = element("bdi.name", {}, peer);
    const presence = element("span.presence");
    const when = element("time.small");
    const lastLine = element("span");
    const badge = element("span.badge", { ariaHidden: "true" });
    const unreadWords = element("span.unseen");
    // The spaces keep the words apart for those who hear them.
    const parts = [name, presence, when, lastLine, badge, unreadWords].flatMap((each) => [each, " "]);
    const link = element("a", { href: hrefOf({ user, peer }), onclick }, initial, ...parts);
    /** @type {unknown[]} */
    let shown = [];

    /**
     * Middle clicks and the like are the browser's, as everywhere.
     *
     * @param {MouseEvent} event
     */
    function onclick(event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        onOpen(peer);
      }
    }

    /** Shows how things are, if they are not shown so already. */
    function update() {
      const { last, unread, online, typing } = conversation;
      const isCurrent = peer === current;
      const now = [last, unread, online, typing, isCurrent, today];
      if (now.every((value, i) => value === shown[i])) {
        return;
      }
      shown = now;
      const isFailed = !typing && last?.state === "failed";
      const count = badgeText(unread);
      link.ariaCurrent = isCurrent ? "page" : null;
      link.className = unread ? "unread" : "";
      presence.textContent = online ? chat.online : "";
      badge.textContent = count;
      unreadWords.textContent = count && page.unread(count);
      lastLine.className = `last ${typing ? "typing" : isFailed ? "failed" : ""}`;
      lastLine.textContent = typing ? chat.typing : "";
      if (last && !typing) {
        const lead = isFailed ? page.notSent : last.from === peer ? "" : page.own;
        const text = last.deleted ? page.deleted : last.body.slice(0, MOST_TEXT) || page.noText;
        lastLine.append(lead, element("bdi", {}, text));
      }
      if (last) {
        const { at } = last;
        // From noon of that day, since not all days are as long.
        const weekBegan = startOfDay(today - 5.5 * DAY_MS);
        when.dateTime = new Date(at).toISOString();
        when.textContent = (at >= today ? time : at >= weekBegan ? weekday : date)(at);
      }
    }

    return { link, item: element("li", {}, link), update };
  }

  /** @param {KeyboardEvent} event */
  function step(event) {
    const links = [...root.querySelectorAll("a")];
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (event.target));
    const next = { ArrowDown: links[at + 1], ArrowUp: links[at - 1], Home: links[0], End: links.at(-1) }[event.key];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  client.addEventListener("conversations", changed);
  client.addEventListener("state", changed);

  return {
    elements: [root, rest],
    /** @param {string} peer whose conversation is open */
    show(peer) {
      current = peer;
      changed();
    },
    /**
     * @param {string} peer
     * @returns {boolean} whether that conversation is in the list, and has the focus now
     */
    focus(peer) {
      const link = rows.get(peer)?.link;
      link?.focus();
      return link === document.activeElement;
    },
  };
}
