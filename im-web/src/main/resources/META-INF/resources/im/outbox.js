import { isUser } from "./user.js";

/** @typedef {ReturnType<typeof outbox>} Outbox */

/**
 * A message or a change that is to be sent.
 *
 * @typedef {object} Item
 * @property {string} id
 * @property {string} to
 * @property {"message" | "edit" | "delete" | "react"} kind
 * @property {number} [of]
 * @property {string} [body]
 * @property {object} [data]
 * @property {number} at when it was written
 * @property {string} [code] why it failed
 * @property {number} [seq] its number, once the server has accepted it and its entry is still to come
 */

const MOST_ITEMS = 1000;
const NAME = "outbox ";
const KINDS = ["message", "edit", "delete", "react"];
const ANSWER_MS = 20_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * What was written and has not come back. It is sent pair by pair in the order of writing, each when the one before has
 * been answered: so a message that must wait is not overtaken. It may be sent by several tabs and after each reconnect,
 * since the server knows an id again.
 *
 * @param {import("./notebook.js").Notebook} notebook
 * @param {import("./link.js").Clock} clock
 * @param {object} events
 * @param {(item: Item) => boolean} events.send false if it is too large to be sent at all
 * @param {() => void} events.onSilence no answer came
 * @param {(peer: string) => void} events.onChange
 * @param {(item: Item, code: string) => void} events.onRefused a change failed and is no longer here
 */
export function outbox(notebook, clock, { send, onSilence, onChange, onRefused }) {
  /** In the order of writing. @type {Map<string, Item>} */
  const items = new Map();
  /**
   * Of each peer what is on its way, or waits for its time.
   *
   * @type {Map<string, {item: Item, timer: any, tries: number}>}
   */
  const turns = new Map();
  let isOpen = false;
  let lastAt = 0;

  /**
   * Takes in what this browser's tabs have noted.
   *
   * @param {string | undefined} user who writes
   */
  function load(user) {
    const found = notebook
      .names(NAME)
      .map((name) => name.slice(NAME.length))
      .filter((id) => !items.has(id))
      .map((id) => readItem(id, notebook.get(NAME + id)))
      .filter((item) => item !== undefined)
      .filter(({ to }) => to !== user);
    found.sort((a, b) => a.at - b.at).forEach(take);
  }

  /** @param {Item} item */
  function take(item) {
    lastAt = Math.max(lastAt, item.at);
    items.set(item.id, item);
    onChange(item.to);
  }

  /**
   * @param {string} peer
   * @param {string} id
   */
  function find(peer, id) {
    const item = items.get(id);
    return item?.to === peer ? item : undefined;
  }

  /** @param {string} peer */
  const of = (peer) => all().filter(({ to }) => to === peer);

  const all = () => [...items.values()];

  /** @param {Item} item */
  const isNoted = ({ id }) => notebook.get(NAME + id) !== undefined;

  /** @param {Item} item */
  const isUnderWay = (item) => turns.get(item.to)?.item === item;

  /** @param {Item} item */
  const note = (item) => notebook.set(NAME + item.id, JSON.stringify(item));

  /** @param {string} peer */
  function pump(peer) {
    const item = of(peer).find(({ code, seq }) => code === undefined && seq === undefined);
    if (!isOpen || !item || turns.has(peer)) {
      return;
    }
    if (isNoted(item)) {
      turns.set(peer, { item, tries: 0, timer: undefined });
      sendNow(peer);
    } else {
      remove(item); // another tab has sent or discarded it
    }
  }

  /** @param {string} peer */
  function sendNow(peer) {
    const turn = turns.get(peer);
    if (turn) {
      turn.timer = clock.setTimeout(onSilence, ANSWER_MS);
      if (!send(turn.item)) {
        fail(turn.item, "too_large");
      }
    }
  }

  /**
   * @param {Item} item
   * @param {string} code
   */
  function fail(item, code) {
    if (item.kind === "message") {
      item.code = code;
      note(item);
      changed(item);
    } else {
      remove(item);
      onRefused(item, code);
    }
  }

  /** @param {Item | undefined} item */
  function remove(item) {
    if (item) {
      notebook.set(NAME + item.id, undefined);
      items.delete(item.id);
      changed(item);
    }
  }

  /**
   * It need not be waited for any more.
   *
   * @param {Item} item
   */
  function changed(item) {
    const peer = item.to;
    if (isUnderWay(item)) {
      clock.clearTimeout(turns.get(peer)?.timer);
      turns.delete(peer);
    }
    onChange(peer);
    pump(peer);
  }

  return {
    load,

    /** @type {(peer: string) => readonly Item[]} */
    of,

    /**
     * @param {Omit<Item, "id" | "at">} draft
     * @returns {Item}
     * @throws {RangeError} if too much is here already
     */
    add(draft) {
      if (items.size >= MOST_ITEMS) {
        throw new RangeError(`${MOST_ITEMS} messages are waiting to be sent`);
      }
      // Two that are written within a millisecond keep their order.
      const item = { ...draft, id: newId(), at: Math.max(lastAt + 1, clock.now()) };
      note(item);
      take(item);
      pump(item.to);
      return item;
    },

    /** The log has other numbers: what was to be changed may be another message now. */
    dropChanges() {
      all().filter(({ kind }) => kind !== "message").forEach((item) => fail(item, "not_found"));
    },

    /** Forgets what other tabs have sent or discarded. */
    review() {
      all().filter((item) => !isUnderWay(item) && item.seq === undefined && !isNoted(item)).forEach(remove);
    },

    /**
     * We are connected and know what there was.
     *
     * @param {string | undefined} user
     */
    open(user) {
      isOpen = true;
      load(user);
      new Set(all().map(({ to }) => to)).forEach(pump);
    },

    /** We are not. */
    close() {
      isOpen = false;
      turns.forEach(({ timer }) => clock.clearTimeout(timer));
      turns.clear();
    },

    /**
     * The entry has come, in whatever way (that is success, also after a rejection), or it is not to be sent any more.
     *
     * @param {string} peer
     * @param {string} id
     */
    settle: (peer, id) => remove(find(peer, id)),

    /** @param {import("./frames.js").Accepted} frame */
    accepted({ to, id, seq }) {
      const item = find(to, id);
      if (item) {
        notebook.set(NAME + id, undefined);
        item.seq = seq;
        item.code = undefined;
        changed(item);
      }
    },

    /** @param {import("./frames.js").Rejected} frame */
    rejected({ to = "", id, code, retryAfterMs = 1000 }) {
      const turn = turns.get(to);
      if (!turn || turn.item.id !== id) {
        return;
      }
      if (code !== "rate" && code !== "store") {
        fail(turn.item, code);
        return;
      }
      const ms = code === "rate" ? retryAfterMs : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** turn.tries);
      turn.tries++;
      clock.clearTimeout(turn.timer);
      turn.timer = clock.setTimeout(() => sendNow(to), ms);
    },

    /**
     * @param {string} peer
     * @param {string} id
     */
    retry(peer, id) {
      const item = find(peer, id);
      if (item?.code !== undefined) {
        item.code = undefined;
        note(item);
        changed(item);
      }
    },
  };
}

/**
 * @param {string} id
 * @param {string | undefined} text
 * @returns {Item | undefined} nothing if it is none: pages of the same origin may write there too
 */
function readItem(id, text = "") {
  try {
    const item = JSON.parse(text);
    const { to, kind, of, body, data, at, code } = item;
    const isItem =
      item.id === id &&
      isUser(to) &&
      KINDS.includes(kind) &&
      Number.isSafeInteger(at) &&
      (kind === "message" ? of === undefined : Number.isSafeInteger(of)) &&
      (kind === "delete" ? body === undefined : typeof body === "string") &&
      (data === undefined || typeof data === "object") &&
      (code === undefined || typeof code === "string");
    return isItem ? { id, to, kind, of, body, data, at, code } : undefined;
  } catch {
    return undefined;
  }
}

/** 128 random bits. Where crypto.randomUUID is missing (pages without TLS) there is still this. */
function newId() {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
