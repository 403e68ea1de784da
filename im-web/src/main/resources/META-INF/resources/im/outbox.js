import { newId, readItem } from "./item.js";

/** @typedef {import("./frames.js").Rejected} Rejected */
/** @typedef {import("./item.js").Item} Item */
/** @typedef {import("./link.js").Clock} Clock */

const MOST_ITEMS = 1000;
const NAME = "outbox ";
const ANSWER_MS = 20_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * What was written and has not come back. It is sent pair by pair in the order of writing, each when the one before has
 * been answered: so a message that must wait is not overtaken. It may be sent by several tabs and after each reconnect,
 * since the server knows an id again.
 */
export class Outbox {
  #notebook;
  #clock;
  #events;
  /** @type {Map<string, Item[]>} */
  #byPeer = new Map();
  /** Of each peer what is on its way, or waits for its time. @type {Map<string, {item: Item, timer: any, tries: number}>} */
  #turns = new Map();
  /** @type {string | undefined} */
  #user;
  #isOpen = false;
  #size = 0;
  #lastAt = 0;

  /**
   * @param {import("./notebook.js").Notebook} notebook
   * @param {Clock} clock
   * @param {object} events
   * @param {(item: Item) => boolean} events.send false if it is too large to be sent at all
   * @param {() => void} events.onSilence no answer came
   * @param {(peer: string) => void} events.onChange
   * @param {(item: Item, code: string) => void} events.onRefused a change failed and is no longer here
   */
  constructor(notebook, clock, events) {
    this.#notebook = notebook;
    this.#clock = clock;
    this.#events = events;
  }

  /**
   * It is known who writes.
   *
   * @param {string} user
   */
  belongTo(user) {
    this.#user = user;
    this.#load();
  }

  /** Takes in what this browser's tabs have noted. */
  #load() {
    const known = new Set(this.#items.map(({ id }) => id));
    const items = this.#notebook
      .names(NAME)
      .filter((name) => !known.has(name.slice(NAME.length)))
      .map((name) => readItem(name.slice(NAME.length), this.#notebook.get(name)))
      .filter((item) => item !== undefined)
      .filter(({ to }) => to !== this.#user);
    for (const item of items.sort((a, b) => a.at - b.at)) {
      this.#take(item);
    }
  }

  /** @returns {string[]} */
  get peers() {
    return [...this.#byPeer.keys()];
  }

  /** All of them. */
  get #items() {
    return [...this.#byPeer.values()].flat();
  }

  /**
   * @param {string} peer
   * @returns {readonly Item[]}
   */
  of(peer) {
    return this.#byPeer.get(peer) ?? [];
  }

  /**
   * @param {Omit<Item, "id" | "at">} draft
   * @returns {Item}
   * @throws {RangeError} if too much is here already
   */
  add(draft) {
    if (this.#size >= MOST_ITEMS) {
      throw new RangeError(`${MOST_ITEMS} messages are waiting to be sent`);
    }
    // Two that are written within a millisecond keep their order.
    this.#lastAt = Math.max(this.#lastAt + 1, this.#clock.now());
    const item = { ...draft, id: newId(), at: this.#lastAt };
    this.#note(item);
    this.#take(item);
    this.#pump(item.to);
    return item;
  }

  /** The log has other numbers: what was to be changed may be another message now. */
  dropChanges() {
    for (const item of this.#items.filter(({ kind }) => kind !== "message")) {
      this.#fail(item, "not_found");
    }
  }

  /** Forgets what other tabs have sent or discarded. */
  review() {
    for (const item of this.#items) {
      if (this.#turns.get(item.to)?.item !== item && item.seq === undefined && !this.#isNoted(item)) {
        this.#remove(item);
      }
    }
  }

  /** We are connected and know what there was. */
  open() {
    this.#isOpen = true;
    this.#load();
    this.peers.forEach((peer) => this.#pump(peer));
  }

  /** We are not. */
  close() {
    this.#isOpen = false;
    for (const { timer } of this.#turns.values()) {
      this.#clock.clearTimeout(timer);
    }
    this.#turns.clear();
  }

  /**
   * The entry has come, in whatever way: that is success, also after a rejection.
   *
   * @param {string} peer
   * @param {string} id
   */
  settle(peer, id) {
    const item = this.#find(peer, id);
    if (item) {
      this.#remove(item);
      this.#pump(peer);
    }
  }

  /**
   * @param {string} peer
   * @param {string} id
   * @param {number} seq
   */
  accepted(peer, id, seq) {
    const item = this.#find(peer, id);
    if (item) {
      this.#notebook.set(NAME + id, undefined);
      item.seq = seq;
      item.code = undefined;
      if (this.#turns.get(peer)?.item === item) {
        this.#next(peer);
      } else {
        this.#events.onChange(peer);
      }
    }
  }

  /** @param {Rejected} frame */
  rejected({ to = "", id = "", code, retryAfterMs = 1000 }) {
    const turn = this.#turns.get(to);
    if (turn?.item.id !== id) {
      return;
    }
    if (code === "rate") {
      this.#again(to, retryAfterMs);
    } else if (code === "store") {
      this.#again(to, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** turn.tries));
    } else {
      this.#fail(turn.item, code);
    }
  }

  /**
   * @param {string} peer
   * @param {string} id
   */
  retry(peer, id) {
    const item = this.#find(peer, id);
    if (item?.code !== undefined) {
      item.code = undefined;
      this.#note(item);
      this.#events.onChange(peer);
      this.#pump(peer);
    }
  }

  /**
   * @param {string} peer
   * @param {string} id
   */
  discard(peer, id) {
    const item = this.#find(peer, id);
    if (item) {
      this.#remove(item);
      this.#pump(peer);
    }
  }

  /**
   * @param {string} peer
   * @param {string} id
   */
  #find(peer, id) {
    return this.of(peer).find((item) => item.id === id);
  }

  /** @param {string} peer */
  #pump(peer) {
    if (!this.#isOpen || this.#turns.has(peer)) {
      return;
    }
    const item = this.of(peer).find(({ code, seq }) => code === undefined && seq === undefined);
    if (!item) {
      return;
    }
    if (!this.#isNoted(item)) {
      this.#remove(item); // another tab has sent or discarded it
      this.#pump(peer);
      return;
    }
    this.#turns.set(peer, { item, tries: 0, timer: undefined });
    this.#send(peer);
  }

  /** @param {string} peer */
  #send(peer) {
    const turn = this.#turns.get(peer);
    if (!turn) {
      return;
    }
    turn.timer = this.#clock.setTimeout(this.#events.onSilence, ANSWER_MS);
    if (!this.#events.send(turn.item)) {
      this.#fail(turn.item, "too_large");
    }
  }

  /**
   * @param {string} peer
   * @param {number} ms
   */
  #again(peer, ms) {
    const turn = this.#turns.get(peer);
    if (turn) {
      turn.tries++;
      this.#clock.clearTimeout(turn.timer);
      turn.timer = this.#clock.setTimeout(() => this.#send(peer), ms);
    }
  }

  /**
   * @param {Item} item
   * @param {string} code
   */
  #fail(item, code) {
    if (item.kind === "message") {
      item.code = code;
      this.#note(item);
    } else {
      this.#remove(item);
      this.#events.onRefused(item, code);
    }
    this.#next(item.to);
  }

  /** @param {string} peer */
  #next(peer) {
    this.#endTurn(peer);
    this.#events.onChange(peer);
    this.#pump(peer);
  }

  /** @param {string} peer */
  #endTurn(peer) {
    this.#clock.clearTimeout(this.#turns.get(peer)?.timer);
    this.#turns.delete(peer);
  }

  /** @param {Item} item */
  #take(item) {
    this.#size++;
    this.#lastAt = Math.max(this.#lastAt, item.at);
    this.#byPeer.set(item.to, [...this.of(item.to), item]);
    this.#events.onChange(item.to);
  }

  /** @param {Item} item */
  #remove(item) {
    const { id, to } = item;
    this.#notebook.set(NAME + id, undefined);
    this.#size--;
    const rest = this.of(to).filter((other) => other !== item);
    if (rest.length > 0) {
      this.#byPeer.set(to, rest);
    } else {
      this.#byPeer.delete(to);
    }
    if (this.#turns.get(to)?.item === item) {
      this.#endTurn(to);
    }
    this.#events.onChange(to);
  }

  /** @param {Item} item */
  #isNoted({ id }) {
    return this.#notebook.get(NAME + id) !== undefined;
  }

  /** @param {Item} item */
  #note(item) {
    this.#notebook.set(NAME + item.id, JSON.stringify(item));
  }
}
