import { changed } from "./log.js";

/** @typedef {import("./log.js").Stored} Stored */
/** @typedef {import("./item.js").Item} Item */
/** @typedef {import("./marks.js").Mark} Mark */

/**
 * @typedef {object} Fields
 * @property {string} id together with `from` the same for as long as the message exists, before it is stored too
 * @property {number} [seq] its number in the log, once it is stored
 * @property {string} from
 * @property {number} at milliseconds since 1970: when it was stored, or before that when it was written
 * @property {string} body
 * @property {unknown} [data] an object, unless the server's own program made it
 * @property {boolean} edited
 * @property {boolean} deleted
 * @property {Readonly<Record<string, string>>} reactions by user
 * @property {"sending" | "failed" | "sent" | "delivered" | "read"} state of one's own; the peer's are `sent`
 * @property {string} [code] why it failed, see docs/protocol.md
 */

/**
 * A message as it is shown: a value, which is replaced by another when anything in it changes.
 *
 * @typedef {Readonly<Fields>} Message
 */

/** Makes messages of what is stored and what is to be sent, and the same one again as long as nothing has changed. */
export class Messages {
  /** @type {WeakMap<object, {because: string, message: Message}>} */
  #made = new WeakMap();

  /**
   * @param {Stored} stored
   * @param {readonly Item[]} changes to it that are on their way: shown as if they were done
   * @param {string} user who we are
   * @param {Mark} peers
   * @returns {Message}
   */
  ofStored(stored, changes, user, peers) {
    const state = stored.from !== user ? "sent" : stateAt(stored.seq, peers);
    return this.#make(stored, `${state} ${changes.map(({ id }) => id)}`, () => {
      const { asOf: _, ...message } = changes.reduce(
        (before, { kind, body = "" }) => changed(before, kind, body, user),
        stored,
      );
      return { ...message, state };
    });
  }

  /**
   * @param {Item} item
   * @param {string} user who we are
   * @returns {Message}
   */
  ofItem(item, user) {
    const { id, at, body = "", data, code } = item;
    return this.#make(item, String(code), () => ({
      id,
      seq: undefined,
      from: user,
      at,
      body,
      data,
      edited: false,
      deleted: false,
      reactions: {},
      state: code === undefined ? "sending" : "failed",
      code,
    }));
  }

  /**
   * @param {object} source
   * @param {string} because what else it is made of
   * @param {() => Message} make
   */
  #make(source, because, make) {
    let made = this.#made.get(source);
    if (made?.because !== because) {
      made = { because, message: Object.freeze(make()) };
      this.#made.set(source, made);
    }
    return made.message;
  }
}

/**
 * @param {number} seq
 * @param {Mark} peers
 */
function stateAt(seq, peers) {
  return seq <= peers.read ? "read" : seq <= peers.delivered ? "delivered" : "sent";
}
