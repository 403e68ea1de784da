import { element } from "./dom.js";

/** @typedef {import("./im-client.js").Conversation} Conversation */

const MINUTE_MS = 60_000;

/** @type {[Intl.RelativeTimeFormatUnit, number][]} the seconds that each has */
const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** Who the peer is, and how near: typing, online, last seen. */
export class Header {
  #initial = element("span", { className: "initial", ariaHidden: "true" });
  #name = element("h2", { className: "name", part: "peer" });
  #presence = element("p", { className: "presence" });
  element = element(
    "div",
    { className: "header", part: "header" },
    element("slot", { name: "start" }),
    this.#initial,
    element("div", { className: "who" }, this.#name, this.#presence),
    element("slot", { name: "end" }),
  );
  #end = new AbortController();

  /**
   * @param {string} peer
   * @param {Conversation | undefined} conversation
   * @param {import("./strings.js").Strings} strings
   * @param {string} locale
   */
  show(peer, conversation, strings, locale) {
    this.#name.textContent = this.#name.title = peer;
    this.#initial.textContent = peer.charAt(0).toUpperCase();
    this.#end.abort();
    this.#end = new AbortController();
    const { signal } = this.#end;
    const update = () => this.#near(conversation, strings.chat, locale);
    conversation?.addEventListener("change", update, { signal });
    if (conversation) {
      const timer = setInterval(update, MINUTE_MS);
      signal.addEventListener("abort", () => clearInterval(timer));
    }
    update();
  }

  /**
   * @param {Conversation | undefined} conversation
   * @param {import("./strings.js").Strings["chat"]} strings
   * @param {string} locale
   */
  #near(conversation, strings, locale) {
    const { typing, online, lastSeen } = conversation ?? {};
    const state = typing ? "typing" : online ? "online" : "";
    const words = state ? strings[state] : lastSeen === undefined ? "" : seen(lastSeen, strings, locale);
    this.#presence.className = `presence ${state}`;
    if (this.#presence.textContent !== words) {
      this.#presence.textContent = words;
    }
  }
}

/**
 * @param {number} at
 * @param {import("./strings.js").Strings["chat"]} strings
 * @param {string} locale
 */
function seen(at, strings, locale) {
  const seconds = (Date.now() - at) / 1000;
  const unit = UNITS.find(([, size]) => seconds >= size);
  return unit
    ? strings.lastSeen(new Intl.RelativeTimeFormat(locale).format(-Math.floor(seconds / unit[1]), unit[0]))
    : strings.lastSeenNow;
}
