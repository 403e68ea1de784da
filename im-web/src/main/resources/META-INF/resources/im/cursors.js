/** The last entry that we have in order: its number, and its time. @typedef {[seq: number, at: number]} Cursor */
/** @typedef {{epoch: string, cursors: Record<string, Cursor>}} Position */

/**
 * @typedef {object} Saved
 * @property {(key: string) => Promise<Position | undefined>} load
 * @property {(key: string, position: Position, afresh: boolean) => void} save
 */

/** As many as a hello may have. */
const MOST_CURSORS = 500;
const STORE = "cursors";
const SAVE_AFTER_MS = 500;
const LOAD_MS = 2_000;

/**
 * How far we have each log of a server, and which history that is. It is saved as it goes on.
 *
 * @param {Saved} saved
 * @param {import("./link.js").Clock} clock
 */
export function place(saved, clock) {
  /** The last entry of each peer that we have in order. @type {Map<string, Cursor>} */
  const cursors = new Map();
  /** Whose this is, on which server; nothing is saved before that is known. */
  let key = "";
  let epoch = "";
  /** What was saved before means nothing any more. */
  let isAfresh = false;
  /** @type {any} */
  let timer;

  const position = () => ({ epoch, cursors: newest(cursors) });

  function save() {
    clock.clearTimeout(timer);
    timer = undefined;
    if (key && epoch) {
      saved.save(key, position(), isAfresh);
      isAfresh = false;
    }
  }

  /**
   * There are browsers whose database hangs. Nobody waits for that.
   *
   * @returns {Promise<Position | undefined>}
   */
  const load = () =>
    new Promise((resolve) => {
      const limit = clock.setTimeout(() => resolve(undefined), LOAD_MS);
      saved
        .load(key)
        .then(resolve, () => resolve(undefined))
        .finally(() => clock.clearTimeout(limit));
    });

  /** @returns whether there was anything to forget */
  function forget() {
    const was = epoch !== "";
    epoch = "";
    cursors.clear();
    isAfresh = true;
    return was;
  }

  return {
    cursors,
    forget,
    save,

    /** @param {string} name of a server and a user */
    belongTo(name) {
      key = name;
    },

    /** What a hello says of it: nothing, if we are nowhere yet. */
    async toResume() {
      if (!epoch && !isAfresh && key) {
        const found = await load();
        epoch = found?.epoch ?? "";
        Object.entries(found?.cursors ?? {}).forEach(([peer, cursor]) => cursors.set(peer, cursor));
      }
      return epoch && position();
    },

    /**
     * The server has told its history.
     *
     * @param {string} its
     * @param {boolean} isKnown it is the one that our cursors are of
     * @returns whether we knew another one
     */
    welcomed(its, isKnown) {
      const isOther = !isKnown && forget();
      epoch = its;
      return isOther;
    },

    /** Something may have moved. */
    moved() {
      timer ??= clock.setTimeout(save, SAVE_AFTER_MS);
    },
  };
}

/**
 * How far this browser has each log, for all its tabs: in IndexedDB, where a tab that writes late cannot set back what
 * another has written. To lose them costs a replay, so nobody waits for a write, and where there is no IndexedDB (or it
 * fails) there are none.
 */
export function browserCursors() {
  /** @type {Promise<IDBDatabase> | undefined} */
  let database;

  /** @param {IDBTransactionMode} mode */
  async function store(mode) {
    database ??= open();
    return (await database).transaction(STORE, mode).objectStore(STORE);
  }

  return {
    /**
     * @param {string} key of a server and a user
     * @returns {Promise<Position | undefined>}
     */
    async load(key) {
      try {
        return await done((await store("readonly")).get(key));
      } catch {
        return undefined;
      }
    },

    /**
     * @param {string} key
     * @param {Position} position
     * @param {boolean} afresh what was there before means nothing any more, although its epoch may be the same
     */
    async save(key, { epoch, cursors }, afresh) {
      try {
        const all = await store("readwrite");
        /** @type {Position | undefined} */
        const old = await done(all.get(key));
        const farthest = new Map(Object.entries(cursors));
        for (const [peer, cursor] of Object.entries(!afresh && old?.epoch === epoch ? old.cursors : {})) {
          if (cursor[0] > (farthest.get(peer)?.[0] ?? 0)) {
            farthest.set(peer, cursor);
          }
        }
        await done(all.put({ epoch, cursors: newest(farthest) }, key));
      } catch {
        database = undefined;
      }
    },
  };
}

async function open() {
  const request = indexedDB.open("im", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await done(request);
  // It is to be wiped.
  database.onversionchange = () => database.close();
  return database;
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
 * @param {Map<string, Cursor>} cursors
 * @returns {Record<string, Cursor>}
 */
function newest(cursors) {
  const sorted = [...cursors].sort(([, [, a]], [, [, b]]) => b - a);
  return Object.fromEntries(sorted.slice(0, MOST_CURSORS));
}
