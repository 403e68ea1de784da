import { closeButton, element } from "./dom.js";

/**
 * Says that the server has refused a change.
 *
 * @param {{kind: string, code: string}} rejected
 * @param {import("./strings.js").Strings} strings
 * @param {() => void} onDismiss
 */
export function refusal({ kind, code }, { chat, timeline }, onDismiss) {
  const reasons = new Map(Object.entries({ ...timeline.reasons, ...chat.reasons }));
  const words = [chat.refused[kind], reasons.get(code)].filter(Boolean).join(chat.space);
  return element(
    "div.notice",
    { part: "notice" },
    element("span", { role: "alert" }, words),
    closeButton(chat.dismiss, onDismiss),
  );
}
