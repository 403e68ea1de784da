import { element } from "./dom.js";
import { icon } from "./icon.js";

/** Leads back to the newest message, and says how many are unread. */
export class JumpButton {
  #count = element("span", { className: "badge", ariaHidden: "true" });
  element = element("button", { type: "button", className: "jump", hidden: true }, icon("down"), this.#count);
  #say;

  /** @param {(count: number) => string} say */
  constructor(say) {
    this.#say = say;
  }

  /**
   * @param {boolean} wanted
   * @param {number} unread
   */
  update(wanted, unread) {
    this.element.hidden = !wanted;
    this.element.ariaLabel = this.element.title = this.#say(unread);
    this.#count.textContent = unread > 999 ? "999+" : String(unread || "");
  }
}
