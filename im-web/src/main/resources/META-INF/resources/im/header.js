import { element, say } from "./dom.js";

const MINUTE_MS = 60_000;

/** @type {[Intl.RelativeTimeFormatUnit, number][]} the minutes that each has */
const UNITS = [
  ["year", 525_960],
  ["month", 43_830],
  ["day", 1440],
  ["hour", 60],
  ["minute", 1],
];

/**
 * Who the peer is, and how near: typing, online, last seen.
 *
 * @param {import("./chat.js").View} view
 * @param {AbortSignal} signal ends it
 */
export function header({ peer, conversation, strings: { chat: words }, locale }, signal) {
  const presence = element("p", {});

  function update() {
    const { typing, online, lastSeen } = conversation ?? {};
    const state = typing ? "typing" : online ? "online" : "";
    presence.className = `presence ${state}`;
    say(presence, state ? words[state] : lastSeen === undefined ? "" : seen(lastSeen));
  }

  /** @param {number} at */
  function seen(at) {
    const minutes = (Date.now() - at) / MINUTE_MS;
    const [unit, size] = UNITS.find(([, least]) => minutes >= least) ?? [];
    return unit && size
      ? words.lastSeen(new Intl.RelativeTimeFormat(locale).format(-Math.floor(minutes / size), unit))
      : words.lastSeenNow;
  }

  update();
  conversation?.addEventListener("change", update, { signal });
  const timer = setInterval(update, MINUTE_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  return element(
    "div.header",
    { part: "header" },
    element("slot", { name: "start" }),
    element("span.initial", { ariaHidden: "true" }, peer.charAt(0).toUpperCase()),
    element(
      "div.words",
      {},
      element("h2.name", { part: "peer", title: peer }, peer),
      presence,
    ),
    element("slot", { name: "end" }),
  );
}
