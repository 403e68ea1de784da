import { element } from "./dom.js";
import { icon } from "./icon.js";

/**
 * @param {string} label
 * @param {() => void} onClick
 */
export function closeButton(label, onClick) {
  const properties = { type: "button", className: "plain", title: label, ariaLabel: label, onclick: onClick };
  return element("button", properties, icon("close"));
}
