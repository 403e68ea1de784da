import { element } from "./dom.js";
import { icon } from "./icon.js";

/**
 * @param {string} label
 * @param {() => void} onclick
 */
export function closeButton(label, onclick) {
  const picture = icon("close", "m6 6 12 12m0-12L6 18");
  return element("button.plain", { type: "button", title: label, ariaLabel: label, onclick }, picture);
}
