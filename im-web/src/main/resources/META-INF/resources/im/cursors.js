/** The last entry that we have in order: its number, and its time. @typedef {[seq: number, at: number]} Cursor */
/** @typedef {{epoch: string, cursors: Record<string, Cursor>}} Position */

/** As many as a hello may have. */
const MOST_CURSORS = 500;
const STORE = "cursors";

/**
 * How far this browser has each log, for all its tabs: in IndexedDB, where a tab that writes late cannot set back what
 * another has written. To lose them costs a replay, so nobody waits for a write, and where there is no IndexedDB (or it
 * fails) there are none.
 */
export class Cursors {
  /** @type {Promise<IDBDatabase> | undefined} */
  #database;

  /**
   * @param {string} key of a server and a user
   * @returns {Promise<Position | undefined>}
   */
  async load(key) {
    try {
      const store = await this.#store("readonly");
      return await done(store.get(key));
    } catch {
      return undefined;
    }
  }

  /**
   * @param {string} key
   * @param {Position} position
   * @param {boolean} afresh what was there before means nothing any more, although its epoch may be the same
   */
  async save(key, position, afresh) {
    try {
      const store = await this.#store("readwrite");
      /** @type {Position | undefined} */
      const old = await done(store.get(key));
      const others = !afresh && old?.epoch === position.epoch ? old.cursors : {};
      await done(store.put({ epoch: position.epoch, cursors: farthest(others, position.cursors) }, key));
    } catch {
      this.#database = undefined;
    }
  }

  /** @param {IDBTransactionMode} mode */
  async #store(mode) {
    this.#database ??= open();
    return (await this.#database).transaction(STORE, mode).objectStore(STORE);
  }
}

function open() {
  const request = indexedDB.open("im", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Of each peer the later cursor, and of all the newest ones.
 *
 * @param {Record<string, Cursor>} some
 * @param {Record<string, Cursor>} others
 */
function farthest(some, others) {
  const all = new Map(Object.entries(some));
  for (const [peer, cursor] of Object.entries(others)) {
    if (cursor[0] >= (all.get(peer)?.[0] ?? 0)) {
      all.set(peer, cursor);
    }
  }
  return newest(all);
}

/**
 * @param {Map<string, Cursor>} cursors
 * @returns {Record<string, Cursor>}
 */
export function newest(cursors) {
  const sorted = [...cursors].sort(([, [, a]], [, [, b]]) => b - a);
  return Object.fromEntries(sorted.slice(0, MOST_CURSORS));
}
