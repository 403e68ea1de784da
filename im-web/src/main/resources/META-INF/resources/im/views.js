import { changed, stored } from "./log.js";

/** @typedef {import("./contract.js").Message} Message */
/** @typedef {import("./log.js").Stored} Stored */
/** @typedef {import("./outbox.js").Item} Item */

/**
 * Makes the messages of a conversation as they are shown: the same one again as long as nothing about it has changed.
 *
 * @param {() => string} me
 * @param {{peers: import("./marks.js").Mark}} seen how far the peer has come
 */
export function views(me, seen) {
  /** @type {WeakMap<object, {because: string, message: Message}>} */
  const made = new WeakMap();

  /**
   * @param {object} source
   * @param {string} because what else it is made of
   * @param {() => Message} make
   */
  function message(source, because, make) {
    let last = made.get(source);
    if (last?.because !== because) {
      last = { because, message: Object.freeze(make()) };
      made.set(source, last);
    }
    return last.message;
  }

  return {
    /** @param {Item} item that is to be sent */
    waiting(item) {
      const { code } = item;
      return message(item, `${code}`, () => {
        const { asOf: _, ...result } = stored({ ...item, seq: 0, from: me() }, 0);
        return { ...result, seq: undefined, changing: false, state: code === undefined ? "sending" : "failed", code };
      });
    },

    /**
     * @param {Stored} source
     * @param {readonly Item[]} changes all that are on their way: shown as if they were done
     */
    stored(source, changes) {
      const { seq, from } = source;
      const user = me();
      const { delivered, read } = seen.peers;
      const state = from !== user ? "sent" : seq <= read ? "read" : seq <= delivered ? "delivered" : "sent";
      const own = changes.filter(({ of }) => of === seq);
      return message(source, `${state} ${own.map(({ id }) => id)}`, () => {
        const { asOf: _, ...result } = own.reduce(
          (before, { kind, body = "" }) => changed(before, kind, body, user),
          source,
        );
        return { ...result, changing: own.length > 0, state };
      });
    },
  };
}
