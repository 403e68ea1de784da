import { isUser } from "./user.js";

/**
 * What the page's address says: who one is, in demo mode, and which conversation is open. Anybody can write an
 * address, so either may be anything.
 *
 * @typedef {{user?: string, peer?: string}} Address
 */

/** @returns {Address} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return { user: query.get("user") || undefined, peer: query.get("peer") || undefined };
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
 * Whether that user could write to this peer.
 *
 * @param {string} peer
 * @param {string} [user]
 */
export function isPeer(peer, user) {
  return isUser(peer) && peer !== user;
}
