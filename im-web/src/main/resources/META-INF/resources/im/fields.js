import { element } from "./dom.js";
import { isUser } from "./user.js";

/** @typedef {{badId: string, sameId: string}} Words */

const { href } = new URL("forms.css", import.meta.url);
// Whoever has a form of these has its looks as well, if they can be had.
await new Promise((done) =>
  document.head.append(element("link", { rel: "stylesheet", href, onload: done, onerror: done })),
);

/**
 * An empty form, whose fields are nothing that is spelled.
 *
 * @param {string} id
 */
export function formOf(id) {
  return element("form", { id, noValidate: true, autocapitalize: "none", spellcheck: false });
}

/**
 * A line to write in, with what it is called and what is wrong with it.
 *
 * @param {string} label
 * @param {HTMLInputElement} line
 * @param {string} hint the id of what describes it
 * @param {...Node} beside it
 */
export function field(label, line, hint, ...beside) {
  const { id } = line;
  const fault = element("p.fault", { id: `${id}-fault`, role: "alert" });
  line.setAttribute("aria-describedby", `${fault.id} ${hint}`);
  const row = element("div.beside", {}, line, ...beside);
  return element("div", {}, element("label", { htmlFor: id }, label), row, fault);
}

/**
 * @param {string} id
 * @param {string} text
 */
export function hint(id, text) {
  return element("p.small", { id }, text);
}

/**
 * What is wrong with an id, in words; "" if nothing.
 *
 * @param {Words} words
 * @param {string} id
 * @param {string} [other] an id that it must not be
 */
export function idFault({ badId, sameId }, id, other) {
  return !isUser(id) ? badId : id === other ? sameId : "";
}

/**
 * Says at a field what is wrong with it; "" takes that back.
 *
 * @param {HTMLInputElement} line
 * @param {string} fault
 */
export function showFault(line, fault) {
  line.ariaInvalid = String(fault !== "");
  const words = /** @type {HTMLElement} */ (document.getElementById(`${line.id}-fault`));
  words.textContent = fault;
}
