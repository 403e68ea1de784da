import { closeButton, element, say } from "./dom.js";

/** So long a connection may be away before anybody is bothered with it. */
const PATIENCE_MS = 2000;

/**
 * Says that there is no connection, and why.
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {import("./strings.js").Strings} options.strings
 * @param {() => void} options.onLeave the banner goes, and the focus was in it
 * @param {boolean} [options.isLate] there was no patience left already
 * @param {AbortSignal} [options.signal] ends it
 */
export function banner({ client, strings: { chat, timeline }, onLeave, isLate, signal }) {
  const words = element("span", { role: "status" });
  const button = element("button", { type: "button", hidden: true, onclick: () => client.hurry() }, chat.tryNow);
  const root = element("div", { className: "banner", part: "banner" }, words, button);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function update() {
    if (["online", "stopped"].includes(client.state) || words.textContent) {
      show();
    } else {
      timer ??= setTimeout(show, PATIENCE_MS);
    }
  }

  function show() {
    clearTimeout(timer);
    timer = undefined;
    const { state, reason = "" } = client;
    const isOnline = state === "online";
    const isStopped = state === "stopped";
    const why = reason === "protocol" ? chat.misunderstood : (timeline.reasons[reason] ?? "");
    const text = isOnline ? "" : isStopped ? why : chat.notConnected;
    const hadFocus = button.matches(":focus");
    say(words, text);
    root.classList.toggle("shown", text !== "");
    button.hidden = isOnline || (isStopped && reason !== "unauthenticated");
    if (button.hidden && hadFocus) {
      onLeave();
    }
  }

  client.addEventListener("state", update, { signal });
  (isLate ? show : update)();
  return root;
}

/**
 * Says that the server refused a change.
 *
 * @param {import("./im-client.js").Conversation} conversation
 * @param {import("./strings.js").Strings} strings
 * @param {() => void} onDismiss
 * @param {AbortSignal} signal ends it
 */
export function notice(conversation, { chat, timeline }, onDismiss, signal) {
  const reasons = new Map(Object.entries({ ...timeline.reasons, ...chat.reasons }));
  const words = element("span", { role: "alert" });
  const button = closeButton(chat.dismiss, () => {
    hide();
    onDismiss();
  });
  const root = element("div", { className: "notice", part: "notice", hidden: true }, words, button);

  function hide() {
    root.hidden = true;
    words.textContent = "";
  }

  conversation.addEventListener(
    "rejected",
    (event) => {
      const { kind, code } = /** @type {CustomEvent} */ (event).detail;
      root.hidden = false;
      words.textContent = [chat.refused[kind], reasons.get(code)].filter(Boolean).join(chat.space);
    },
    { signal },
  );
  return { element: root, hide };
}
