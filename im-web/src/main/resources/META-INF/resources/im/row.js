import { element } from "./dom.js";

/** @typedef {import("./im-client.js").Conversation} Conversation */

const MOST_UNREAD = 999;
/** More is not seen. */
const MOST_TEXT = 300;
const WEEK_DAYS = 7;

/**
 * Says when something was: the time of day for today, the weekday within a week, else the date.
 *
 * @param {string} locale
 */
export function shortTimes(locale) {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "short" });
  /**
   * @param {number} at
   * @param {number} today its first moment
   */
  return (at, today) => {
    const weekBegan = new Date(today).setDate(new Date(today).getDate() - (WEEK_DAYS - 1));
    return (at >= today ? time : at >= weekBegan ? weekday : date).format(at);
  };
}

/** One conversation's line in the list. */
export class Row {
  #name = element("bdi", { className: "name" });
  #presence = element("span", { className: "unseen" });
  #time = element("time", { className: "small" });
  #last = element("span", { className: "last" });
  #badge = element("span", { className: "badge", ariaHidden: "true" });
  #unread = element("span", { className: "unseen" });
  link = element("a", {});
  element = element("li", {}, this.link);
  #conversation;
  #strings;
  #when;
  /** @type {unknown[]} */
  #shown = [];

  /**
   * @param {Conversation} conversation
   * @param {import("./strings.js").Strings} strings
   * @param {ReturnType<typeof shortTimes>} when
   */
  constructor(conversation, strings, when) {
    const { peer } = conversation;
    this.#conversation = conversation;
    this.#strings = strings;
    this.#when = when;
    this.#name.textContent = peer;
    const parts = [this.#name, this.#presence, this.#time, this.#last, this.#badge, this.#unread];
    // The spaces keep the words apart for those who hear them.
    this.link.append(
      element("span", { className: "initial", ariaHidden: "true" }, peer[0].toUpperCase()),
      ...parts.flatMap((each) => [each, " "]),
    );
  }

  /**
   * Shows how things are, if they are not shown so already.
   *
   * @param {boolean} isCurrent whether this conversation is open
   * @param {number} today its first moment
   */
  update(isCurrent, today) {
    const { last, unread, online, typing, peer } = this.#conversation;
    const now = [last, unread, online, typing, isCurrent, today];
    if (now.every((value, i) => value === this.#shown[i])) {
      return;
    }
    this.#shown = now;
    const { chat, page } = this.#strings;
    const isFailed = !typing && last?.state === "failed";
    const count = unread > MOST_UNREAD ? `${MOST_UNREAD}+` : String(unread || "");
    this.link.ariaCurrent = isCurrent ? "page" : null;
    this.link.className = `${online ? "online" : ""} ${unread ? "unread" : ""}`;
    this.#presence.textContent = online ? chat.online : "";
    this.#badge.textContent = count;
    this.#unread.textContent = count && page.unread(count);
    this.#last.className = `last ${typing ? "typing" : isFailed ? "failed" : ""}`;
    this.#last.textContent = typing ? chat.typing : "";
    if (last && !typing) {
      const lead = isFailed ? page.notSent : last.from === peer ? "" : page.own;
      const text = last.deleted ? page.deleted : last.body.slice(0, MOST_TEXT) || page.noText;
      this.#last.append(lead, element("bdi", {}, text));
    }
    if (last) {
      this.#time.dateTime = new Date(last.at).toISOString();
      this.#time.textContent = this.#when(last.at, today);
    }
  }
}
