import { element } from "./dom.js";
import { Times } from "./times.js";

/**
 * @typedef {import("./im-client.js").Conversation} Conversation
 * @typedef {import("./im-client.js").Message} Message
 */

const MOST_UNREAD = 999;
/** More is not seen. */
const MOST_TEXT = 300;
const WEEK_DAYS = 7;

/** How the rows of one list say things: its words, and the times of its locale. */
export class RowStyle extends Times {
  strings;
  #weekday;
  #date;
  #dateAndYear;

  /**
   * @param {import("./strings.js").Strings} strings
   * @param {string} locale
   */
  constructor(strings, locale) {
    super(locale);
    this.strings = strings;
    this.#weekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
    this.#date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
    this.#dateAndYear = new Intl.DateTimeFormat(locale, { dateStyle: "short" });
  }

  /**
   * The time of day for today, the weekday within a week, else the date.
   *
   * @param {number} at
   * @param {number} today its first moment
   */
  short(at, today) {
    if (at >= today) {
      return this.time(at);
    }
    const weekAgo = new Date(today);
    weekAgo.setDate(weekAgo.getDate() - (WEEK_DAYS - 1));
    const isThisYear = new Date(at).getFullYear() === weekAgo.getFullYear();
    return (at >= Number(weekAgo) ? this.#weekday : isThisYear ? this.#date : this.#dateAndYear).format(at);
  }
}

/** One conversation's line in the list. */
export class Row {
  link = element("a", {});
  element = element("li", {}, this.link);
  #conversation;
  #style;
  #name = element("bdi", { className: "name" });
  #presence = element("span", { className: "unseen" });
  #time = element("time", { className: "small" });
  #last = element("span", { className: "last" });
  #badge = element("span", { className: "badge", ariaHidden: "true" });
  #unread = element("span", { className: "unseen" });
  /** @type {unknown[]} */
  #shown = [];

  /**
   * @param {Conversation} conversation
   * @param {string} address
   * @param {RowStyle} style
   */
  constructor(conversation, address, style) {
    this.#conversation = conversation;
    this.#style = style;
    const initial = element("span", { className: "initial", ariaHidden: "true" }, conversation.peer[0].toUpperCase());
    this.#name.textContent = conversation.peer;
    this.link.href = address;
    const parts = [this.#name, this.#presence, this.#time, this.#last, this.#badge, this.#unread];
    // The spaces keep the words apart for those who hear them.
    this.link.append(initial, ...parts.flatMap((each) => [each, " "]));
  }

  /**
   * Shows how things are, if they are not shown so already.
   *
   * @param {boolean} current whether this conversation is open
   * @param {number} today its first moment
   */
  update(current, today) {
    const { last, unread, online, typing } = this.#conversation;
    const now = [last, unread, online, typing, current, today];
    if (now.every((value, i) => value === this.#shown[i])) {
      return;
    }
    this.#shown = now;
    const { chat, page } = this.#style.strings;
    this.link.ariaCurrent = current ? "page" : null;
    this.link.classList.toggle("online", online);
    this.link.classList.toggle("unread", unread > 0);
    this.#presence.textContent = online ? chat.online : "";
    this.#badge.textContent = unread > MOST_UNREAD ? `${MOST_UNREAD}+` : unread > 0 ? String(unread) : "";
    this.#unread.textContent = unread > 0 ? page.unread(this.#badge.textContent) : "";
    this.#last.className = "last";
    if (typing) {
      this.#last.classList.add("typing");
      this.#last.textContent = chat.typing;
    } else {
      this.#say(last);
    }
    this.#date(last, today);
  }

  /** @param {Message | undefined} last */
  #say(last) {
    const { page } = this.#style.strings;
    if (last === undefined) {
      this.#last.textContent = "";
      return;
    }
    this.#last.classList.toggle("failed", last.state === "failed");
    const own = last.from !== this.#conversation.peer;
    const lead = last.state === "failed" ? page.notSent : own ? page.own : "";
    const text = last.deleted ? page.deleted : last.body.slice(0, MOST_TEXT) || page.noText;
    this.#last.replaceChildren(lead, element(last.deleted ? "em" : "bdi", {}, text));
  }

  /**
   * @param {Message | undefined} last
   * @param {number} today
   */
  #date(last, today) {
    if (last === undefined) {
      this.#time.textContent = "";
      return;
    }
    this.#time.dateTime = new Date(last.at).toISOString();
    this.#time.textContent = this.#style.short(last.at, today);
    this.#time.title = this.#style.exact(last.at);
  }
}
