import { Client } from "./im-client.js";
import { address } from "./link.js";

/** @typedef {{url: string} & Pick<import("./im-client.js").Options, "user" | "token" | "getToken">} Identity */

/** @type {Set<{key: unknown[], client: Client, holders: Set<object>}>} */
const all = new Set();

/**
 * The client of this identity, connected, in the place of the one that the holder had before; whoever asks with an
 * equal one is given the same.
 *
 * @param {object} holder
 * @param {Identity | undefined} identity nothing: the holder needs none any more
 * @returns {Client | undefined}
 * @throws {TypeError} if the url is none of a WebSocket
 */
export function clientFor(holder, identity) {
  all.forEach(({ holders }) => holders.delete(holder));
  setTimeout(closeUnheld);
  if (!identity) {
    return undefined;
  }
  const { url, user, token, getToken } = identity;
  const key = [address(url).href, user, token, getToken];
  let shared = [...all].find((each) => each.key.every((value, i) => value === key[i]));
  if (!shared) {
    shared = { key, client: new Client(identity), holders: new Set() };
    all.add(shared);
    shared.client.connect();
  }
  shared.holders.add(holder);
  return shared.client;
}

/** Seen to a task later: what is taken out of a page is often put in elsewhere. */
function closeUnheld() {
  for (const shared of all) {
    if (shared.holders.size === 0) {
      all.delete(shared);
      shared.client.close();
    }
  }
}
