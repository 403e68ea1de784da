import { Client } from "./im-client.js";

/** @typedef {{url: string} & Pick<import("./im-client.js").Options, "user" | "token" | "getToken">} Identity */

/** @type {Set<{identity: Identity, client: Client, holders: number}>} */
const shared = new Set();

/**
 * The client of this identity, connected; whoever asks with an equal one is given the same. Each call wants a release.
 *
 * @param {Identity} identity
 * @returns {Client}
 * @throws {TypeError} if the url is none of a WebSocket
 */
export function acquire({ url, user, token, getToken }) {
  const identity = { url: absolute(url), user, token, getToken };
  let entry = [...shared].find((other) => equal(other.identity, identity));
  if (!entry) {
    entry = { identity, client: new Client(identity), holders: 0 };
    shared.add(entry);
    entry.client.connect();
  }
  entry.holders++;
  return entry.client;
}

/**
 * Closes the client if nobody holds it any more. That is seen a task later: what is taken out of a page is often put in
 * elsewhere.
 *
 * @param {Client | undefined} client one that was acquired
 */
export function release(client) {
  const entry = [...shared].find((other) => other.client === client);
  if (!entry) {
    return;
  }
  entry.holders--;
  setTimeout(() => {
    if (entry.holders === 0 && shared.delete(entry)) {
      entry.client.close();
    }
  });
}

/** @param {string} url */
function absolute(url) {
  const { protocol, href } = new URL(url, document.baseURI);
  if (!/^(http|ws)s?:$/.test(protocol)) {
    throw new TypeError(`no address of a WebSocket: ${href}`);
  }
  return href.replace(/^http/, "ws");
}

/**
 * @param {Identity} one
 * @param {Identity} other
 */
function equal(one, other) {
  return (
    one.url === other.url && one.user === other.user && one.token === other.token && one.getToken === other.getToken
  );
}
