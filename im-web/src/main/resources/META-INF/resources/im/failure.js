import { closeButton } from "./close-button.js";
import { element } from "./dom.js";
import { more } from "./strings-more.js";

/** @typedef {import("./strings.js").Strings} Strings */

/**
 * Says that the server has refused a change.
 *
 * @param {{kind: string, code: string}} rejected
 * @param {Strings} strings
 * @param {() => void} onDismiss
 */
export function refusal({ kind, code }, { chat, timeline }, onDismiss) {
  const words = { ...more.chat, ...chat };
  return element(
    "div.notice",
    { part: "notice" },
    element("span", { role: "alert" }, [words.refused[kind], reasonOf(code, timeline)].filter(Boolean).join(words.space)),
    closeButton(words.dismiss, onDismiss),
  );
}

/**
 * Says why a message was not sent, and offers what can be done about it.
 *
 * @param {string} code
 * @param {Strings["timeline"]} strings
 */
export function failure(code, strings) {
  const words = { ...more.timeline, ...strings };
  return [
    element("span", {}, words.notSent(reasonOf(code, strings))),
    button("retry", words.retry),
    button("discard", words.discard),
  ];
}

/**
 * @param {string} code
 * @param {Strings["timeline"]} strings
 */
function reasonOf(code, strings) {
  const { reasons } = { ...more.timeline, ...strings };
  return Object.hasOwn(reasons, code) ? reasons[code] : "";
}

/**
 * @param {string} name
 * @param {string} words
 */
function button(name, words) {
  return element("button", { type: "button", name }, words);
}
