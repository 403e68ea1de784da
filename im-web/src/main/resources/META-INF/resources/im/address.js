/**
 * What the page's address says: who one is, in demo mode, and which conversation is open. Anybody can write an
 * address, so either may be anything.
 *
 * @typedef {{user?: string, peer?: string}} Place
 */

/** @returns {Place} */
export function currentPlace() {
  const query = new URLSearchParams(location.search);
  return { user: query.get("user") ?? undefined, peer: query.get("peer") ?? undefined };
}

/**
 * The address of a place, relative to the page's.
 *
 * @param {Place} place
 */
export function addressOf({ user, peer }) {
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
    const place = currentPlace();
    history.replaceState(null, "", addressOf({ ...place, peer: fragment.get("peer") ?? place.peer }));
  }
  return token;
}
