import { Composer } from "./composer.js";
import { element } from "./dom.js";
import { Notice } from "./notice.js";
import { Timeline } from "./timeline.js";

/** One conversation on the screen: its messages, what went wrong, the line. */
export class Talk {
  #timeline;
  #notice;
  #composer;

  /**
   * @param {object} options
   * @param {import("./im-client.js").Conversation} options.conversation
   * @param {import("./im-client.js").Client} options.client
   * @param {string} options.user who one is
   * @param {import("./strings.js").Strings} options.strings
   * @param {string} options.locale
   */
  constructor({ conversation, client, user, strings, locale }) {
    const onSent = () => this.#timeline.showNewest();
    this.#composer = new Composer({ conversation, client, strings, onSent });
    this.#notice = new Notice(conversation, strings, () => this.focus());
    const onEdit = this.#composer.edit.bind(this.#composer);
    this.#timeline = new Timeline({ conversation, user, strings, locale, onEdit });
    // The next thing that is tried takes the notice of the last away.
    this.#composer.element.addEventListener("submit", () => this.#notice.hide());
    const parts = [this.#timeline, this.#notice, this.#composer];
    this.element = element("div", { className: "talk" }, ...parts.map((part) => part.element));
  }

  /** Whether the focus is in the line's part. */
  get focused() {
    return this.#composer.element.matches(":focus-within");
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    this.#composer.focus(options);
  }

  destroy() {
    this.#timeline.destroy();
    this.#notice.destroy();
    this.#composer.destroy();
    this.element.remove();
  }
}
