import { find } from "./dom.js";
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
 * What is wrong with the ids of an address; no peer is nothing wrong.
 *
 * @param {Words} words
 * @param {import("./address.js").Address} address
 */
export function idFaults(words, { user = "", peer }) {
  return { user: idFault(words, user), peer: peer ? idFault(words, peer, user) : "" };
}

/**
 * Says at a field what is wrong with it; "" takes that back.
 *
 * @param {HTMLInputElement} field
 * @param {string} fault
 */
export function showFault(field, fault) {
  field.ariaInvalid = String(fault !== "");
  find(`#${field.id}-fault`).textContent = fault;
}
