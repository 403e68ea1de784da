import { element } from "./dom.js";

const KEPT = 5;
/** Nobody wants to hear more of a text that just came in. */
const MOST_CHARACTERS = 300;

/** Tells screen readers what arrives. What is shown of it is elsewhere. */
export class Announcer {
  element = element("div", { className: "hidden", role: "log" });

  /** @param {string} label */
  constructor(label) {
    this.element.ariaLabel = label;
  }

  /** @param {string} text */
  say(text) {
    const characters = [...text];
    const short = characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join("")}…` : text;
    this.element.append(element("p", { dir: "auto" }, short));
    if (this.element.childElementCount > KEPT) {
      this.element.firstElementChild?.remove();
    }
  }
}
