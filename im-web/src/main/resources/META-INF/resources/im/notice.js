import { closeButton } from "./close-button.js";
import { element } from "./dom.js";

/** Says that the server refused a change. */
export class Notice {
  #words = element("span", { role: "alert" });
  #end = new AbortController();

  /**
   * @param {import("./im-client.js").Conversation} conversation
   * @param {import("./strings.js").Strings} strings
   * @param {() => void} onDismiss
   */
  constructor(conversation, strings, onDismiss) {
    const { dismiss, refused, space } = strings.chat;
    const reasons = new Map(Object.entries({ ...strings.timeline.reasons, ...strings.chat.reasons }));
    const button = closeButton(dismiss, () => {
      this.hide();
      onDismiss();
    });
    this.element = element("div", { className: "notice", part: "notice", hidden: true }, this.#words, button);
    conversation.addEventListener(
      "rejected",
      (event) => {
        const { kind, code } = /** @type {CustomEvent} */ (event).detail;
        this.element.hidden = false;
        this.#words.textContent = [refused[kind], reasons.get(code)].filter(Boolean).join(space);
      },
      { signal: this.#end.signal },
    );
  }

  hide() {
    this.element.hidden = true;
    this.#words.textContent = "";
  }

  destroy() {
    this.#end.abort();
  }
}
