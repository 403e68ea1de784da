import { Client } from "./im-client.js";
import { address } from "./link.js";

/** @typedef {{url: string} & Pick<import("./im-client.js").Options, "user" | "token" | "getToken">} Identity */
/** @typedef {{key: unknown[], client: Client, holders: number}} Shared */

/** @type {Set<Shared>} */
const all = new Set();

/**
 * The client of this identity, connected; whoever asks with an equal one is given the same. Each call wants a release.
 *
 * @param {Identity} identity
 * @returns {Shared}
 * @throws {TypeError} if the url is none of a WebSocket
 */
export function acquire({ url, user, token, getToken }) {
  const key = [address(url).href, user, token, getToken];
  let shared = [...all].find((each) => each.key.every((value, i) => value === key[i]));
  if (!shared) {
    shared = { key, client: new Client({ url, user, token, getToken }), holders: 0 };
    all.add(shared);
    shared.client.connect();
  }
  shared.holders++;
  return shared;
}

/**
 * Closes the client if nobody holds it any more. That is seen a task later: what is taken out of a page is often put in
 * elsewhere.
 *
 * @param {Shared} shared
 */
export function release(shared) {
  shared.holders--;
  setTimeout(() => {
    if (shared.holders === 0 && all.delete(shared)) {
      shared.client.close();
    }
  });
}
