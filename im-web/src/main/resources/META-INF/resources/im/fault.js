import { find } from "./find.js";
import { isUser } from "./user.js";

/** @typedef {import("./strings.js").Strings["page"]} Words */

/**
 * What is wrong with an id, in words; "" if nothing.
 *
 * @param {Words} words
 * @param {string} id
 * @param {string} [other] an id that it must not be
 */
export function idFault(words, id, other) {
  return !isUser(id) ? words.badId : id === other ? words.sameId : "";
}

/**
 * Says at a field what is wrong with it; "" takes that back.
 *
 * @param {HTMLInputElement} field
 * @param {string} fault
 */
export function showFault(field, fault) {
  field.ariaInvalid = String(fault !== "");
  find(`#${field.id}-fault`, HTMLElement).textContent = fault;
}
