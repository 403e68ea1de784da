import { element, say } from "./dom.js";

/** So long a connection may be away before anybody is bothered with it. */
const PATIENCE_MS = 2000;

/**
 * Says that there is no connection, and why.
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {import("./strings.js").Strings} options.strings
 * @param {() => void} options.onLeave the banner goes, and the focus was in it
 * @param {boolean} [options.isLate] there is no patience left
 * @param {AbortSignal} [options.signal] ends it
 */
export function banner({ client, strings: { chat }, onLeave, isLate = false, signal }) {
  const words = element("span", { role: "status" });
  const button = element("button", { type: "button", hidden: true, onclick: () => client.hurry() }, chat.tryNow);
  const root = element("div.banner", { part: "banner" }, words, button);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function update() {
    const { state, reason = "" } = client;
    const isStopped = state === "stopped";
    const isTrying = !isStopped && state !== "online";
    if (isTrying && !isLate) {
      timer ??= setTimeout(lose, PATIENCE_MS);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    const text = isTrying ? chat.notConnected : isStopped ? (chat.stopped[reason] ?? "") : "";
    const hadFocus = button.matches(":focus");
    say(words, text);
    isLate = text !== "";
    root.classList.toggle("shown", isLate);
    button.hidden = !isTrying && reason !== "unauthenticated";
    if (button.hidden && hadFocus) {
      onLeave();
    }
  }

  function lose() {
    isLate = true;
    update();
  }

  client.addEventListener("state", update, { signal });
  update();
  return root;
}
