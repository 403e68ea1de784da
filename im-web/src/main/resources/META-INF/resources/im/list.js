import { badgeText, element } from "./dom.js";
import { startOfDay } from "./times.js";

/** @typedef {import("./im-client.js").Conversation} Conversation */

const AHEAD_PX = 400;
/** More is not seen. */
const MOST_TEXT = 300;
const WEEK_DAYS = 7;

/**
 * The list of conversations. It has a row for each that the client has loaded. That is cheap for thousands: it changes
 * once a frame at most, and rows out of sight are not laid out (`content-visibility`).
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {import("./strings.js").Strings} options.strings
 * @param {string} options.locale
 * @param {(peer: string) => string} options.hrefOf
 * @param {(peer: string) => void} options.onOpen a row was chosen
 * @param {Element} options.scroller that the list is in
 */
export function list({ client, strings, locale, hrefOf, onOpen, scroller }) {
  const { loading, none } = strings.page;
  const root = element("ul", { id: "list", onkeydown: step });
  /** What is there beside the rows; in sight while there are more. */
  const rest = element("p", { id: "list-state", className: "small", role: "status" });
  const when = shortTimes(locale);
  /** @type {Map<string, ReturnType<typeof rowFor>>} */
  const rows = new Map();
  /** @type {string | undefined} */
  let current;
  let frame = 0;
  const observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && loadMore(), {
    root: scroller,
    rootMargin: `${AHEAD_PX}px`,
  });

  async function loadMore() {
    if (client.state === "online") {
      await client.loadConversations().catch(() => {});
      changed();
    }
  }

  /** @param {Conversation} conversation */
  function rowOf(conversation) {
    const { peer } = conversation;
    let row = rows.get(peer);
    if (!row) {
      row = rowFor(conversation, strings, when);
      row.link.href = hrefOf(peer);
      row.link.onclick = (event) => {
        // Middle clicks and the like are the browser's, as everywhere.
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
          event.preventDefault();
          onOpen(peer);
        }
      };
      rows.set(peer, row);
    }
    return row;
  }

  function changed() {
    frame ||= requestAnimationFrame(render);
  }

  function render() {
    frame = 0;
    const { conversations, moreConversations, state } = client;
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const today = startOfDay(Date.now());
    let next = root.firstElementChild;
    for (const conversation of conversations) {
      const row = rowOf(conversation);
      row.update(conversation.peer === current, today);
      if (row.element === next) {
        next = next.nextElementSibling;
      } else {
        root.insertBefore(row.element, next);
      }
    }
    while (root.children.length > conversations.length) {
      root.lastElementChild?.remove();
    }
    if (root.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    const isEmpty = conversations.length === 0;
    rest.textContent = moreConversations || (isEmpty && state !== "online") ? loading : isEmpty ? none : "";
    // It speaks up anew for what it is told of anew, also if that has stayed in sight.
    observer.disconnect();
    if (moreConversations) {
      observer.observe(rest);
    }
  }

  /** @param {KeyboardEvent} event */
  function step(event) {
    const links = [...root.querySelectorAll("a")];
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      links[steps[event.key]]?.focus();
    }
  }

  client.addEventListener("conversations", changed);
  client.addEventListener("state", changed);

  return {
    elements: [root, rest],
    /** @param {string | undefined} peer whose conversation is open */
    show(peer) {
      current = peer;
      changed();
    },
    /**
     * @param {string} peer
     * @returns {boolean} whether that conversation is in the list, and has the focus now
     */
    focus(peer) {
      const row = rows.get(peer);
      row?.link.focus();
      return row?.link === document.activeElement;
    },
  };
}

/**
 * One conversation's line in the list.
 *
 * @param {Conversation} conversation
 * @param {import("./strings.js").Strings} strings
 * @param {ReturnType<typeof shortTimes>} when
 */
function rowFor(conversation, { chat, page }, when) {
  const { peer } = conversation;
  const presence = element("span", { className: "presence" });
  const time = element("time", { className: "small" });
  const lastLine = element("span", {});
  const badge = element("span", { className: "badge", ariaHidden: "true" });
  const unreadWords = element("span", { className: "unseen" });
  const parts = [element("bdi", { className: "name" }, peer), presence, time, lastLine, badge, unreadWords];
  const initial = element("span", { className: "initial", ariaHidden: "true" }, peer[0].toUpperCase());
  // The spaces keep the words apart for those who hear them.
  const link = element("a", {}, initial, ...parts.flatMap((each) => [each, " "]));
  /** @type {unknown[]} */
  let shown = [];

  /**
   * Shows how things are, if they are not shown so already.
   *
   * @param {boolean} isCurrent whether this conversation is open
   * @param {number} today its first moment
   */
  function update(isCurrent, today) {
    const { last, unread, online, typing } = conversation;
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
      time.dateTime = new Date(last.at).toISOString();
      time.textContent = when(last.at, today);
    }
  }

  return { link, element: element("li", {}, link), update };
}

/**
 * Says when something was: the time of day for today, the weekday within a week, else the date.
 *
 * @param {string} locale
 */
function shortTimes(locale) {
  const [time, weekday, date] = [{ timeStyle: "short" }, { weekday: "short" }, { dateStyle: "short" }].map(
    (options) => new Intl.DateTimeFormat(locale, /** @type {Intl.DateTimeFormatOptions} */ (options)),
  );
  /**
   * @param {number} at
   * @param {number} today its first moment
   */
  return (at, today) => {
    const weekBegan = new Date(today).setDate(new Date(today).getDate() - (WEEK_DAYS - 1));
    return (at >= today ? time : at >= weekBegan ? weekday : date).format(at);
  };
}
