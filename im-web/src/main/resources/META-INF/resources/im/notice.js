import { closeButton, element } from "./dom.js";

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
