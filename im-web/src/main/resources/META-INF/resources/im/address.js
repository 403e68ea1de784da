import { find } from "./dom.js";
import { isUser } from "./user.js";

/** @typedef {import("./strings.js").Strings["page"]} Words */

/**
 * What the page's address says: who one is, in demo mode, and which conversation is open. Anybody can write an
 * address, so either may be anything.
 *
 * @typedef {{user?: string, peer?: string}} Address
 */

/** @returns {Address} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return { user: query.get("user") ?? undefined, peer: query.get("peer") ?? undefined };
}

/**
 * What it is written as, relative to the page's own.
 *
 * @param {Address} address
 */
export function hrefOf({ user, peer }) {
  const query = new URLSearchParams({ ...(user && { user }), ...(peer && { peer }) });
  return query.size > 0 ? `?${query}` : location.pathname;
}

/**
 * Takes the token out of an address like `/#token=…&peer=bob`, before it can be seen, copied or kept there.
 *
 * @returns {string | undefined}
 */
export function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get("token") ?? undefined;
  if (token !== undefined) {
    const { user, peer } = readAddress();
    history.replaceState(null, "", hrefOf({ user, peer: fragment.get("peer") ?? peer }));
  }
  return token;
}

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
 * @param {Address} address
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
