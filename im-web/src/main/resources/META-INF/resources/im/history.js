import { Log } from "./log.js";

/** @typedef {import("./frames.js").Entry} Entry */
/** @typedef {import("./frames.js").Page} Page */

const PAGE = 100;
/** As many messages are kept of a log that nobody has opened. */
const MOST_UNOPENED = 200;

/**
 * Gets the log of a pair: what comes by itself, what it lacks, and what is older as far as it is wanted.
 */
export class History {
  /** @type {Log | undefined} */
  log;
  /** There are entries up to this number, at least. */
  head = 0;
  /** Whether it reaches from the newest entry back as far as was asked. */
  isLoaded = false;
  isAtStart = false;
  #peer;
  #cursors;
  #ask;
  #onEntry;
  #onChange;
  /** What we have is of another history, and shown until we have something better. */
  isStale = false;
  #isOpened = false;
  /** The newest that was told as new. */
  #told = 0;
  /** The first that came by itself while what we have was stale. */
  #firstLive = Infinity;
  #isFetching = false;
  /** @type {(() => void)[]} */
  #waiting = [];
  /** @type {Promise<void> | undefined} */
  #older;

  /**
   * @param {string} peer
   * @param {object} host
   * @param {Map<string, import("./cursors.js").Cursor>} host.cursors
   * @param {(command: object) => Promise<Page | undefined>} host.ask gives nothing if the answer means nothing any more
   * @param {(entry: Entry, isNew: boolean) => void} host.onEntry
   * @param {() => void} host.onChange
   */
  constructor(peer, { cursors, ask, onEntry, onChange }) {
    this.#peer = peer;
    this.#cursors = cursors;
    this.#ask = ask;
    this.#onEntry = onEntry;
    this.#onChange = onChange;
  }

  /** @returns {Promise<void>} */
  load() {
    this.#isOpened = true;
    this.fetch();
    return this.isLoaded ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** One call at a time: others get the same promise. */
  loadOlder() {
    this.#older ??= this.#loadOlder().finally(() => (this.#older = undefined));
    return this.#older;
  }

  /** @param {number} count of the newest messages, which are kept */
  trim(count) {
    if (this.log && this.log.messages.length > count && !this.#older) {
      this.log.trim(count);
      this.isAtStart = false;
      this.#onChange();
    }
  }

  /** The server's log is not the one that we know. */
  stale() {
    this.head = this.#told = 0;
    this.#firstLive = Infinity;
    if (this.#isOpened) {
      this.isStale = true;
    } else {
      this.log = undefined;
    }
  }

  /**
   * What the list says of it. From there on we want to be told what we miss.
   *
   * @param {number} head
   * @param {Entry} [last] the newest message, if it is kept
   */
  reaches(head, last) {
    this.head = Math.max(this.head, head);
    if (last && !this.#cursors.has(this.#peer)) {
      this.#cursors.set(this.#peer, [last.seq, last.at]);
    }
    if (this.log) {
      this.fetch();
    }
  }

  /**
   * One that comes by itself.
   *
   * @param {Entry} entry
   */
  receive(entry) {
    const { seq, at } = entry;
    const known = this.head;
    this.head = Math.max(this.head, seq);
    if (this.isStale) {
      this.#firstLive = Math.min(this.#firstLive, seq); // it is in the page that is to come, or after it
      return;
    }
    const cursor = this.#cursors.get(this.#peer);
    this.log ??= new Log(cursor ? Math.min(Math.max(cursor[0], known), seq - 1) : seq - 1);
    if (seq > this.log.high + 1) {
      this.fetch(); // the cursor stays before the gap
      return;
    }
    if (!cursor || seq === cursor[0] + 1) {
      this.#cursors.set(this.#peer, [seq, at]);
    }
    if (seq > this.log.high) {
      this.#append(entry, seq);
    } else {
      this.#tell(entry, true); // perhaps a page that was read later has come before it
    }
  }

  /**
   * What was before is kept no longer by the server.
   *
   * @param {number} before
   */
  truncated(before) {
    this.#cursors.set(this.#peer, [before - 1, 0]);
    if (!this.isStale && (this.log?.high ?? 0) < before - 1) {
      this.log = new Log(before - 1);
      this.isAtStart = true;
      this.#onChange();
    }
  }

  /** Gets what is lacking, one page after the other. */
  async fetch() {
    if (this.#isFetching) {
      return;
    }
    this.#isFetching = true;
    let goesOn = true;
    while (goesOn) {
      if (this.#isOpened && (!this.isLoaded || this.isStale)) {
        goesOn = await this.#fetchNewest();
      } else if (this.log && this.log.high < this.head) {
        goesOn = await this.#fetchNext(this.log);
      } else {
        goesOn = false;
      }
    }
    this.#isFetching = false;
  }

  async #fetchNewest() {
    const page = await this.#history({});
    if (!page) {
      return false;
    }
    const { entries, head, more } = page;
    this.head = Math.max(this.head, head);
    if (!this.log || this.isStale || this.log.low > head + 1) {
      this.log = new Log(head);
    }
    this.isStale = false;
    this.#prepend(this.log, entries, head);
    this.#firstLive = Infinity;
    this.isAtStart = !more;
    const { at } = entries.at(-1) ?? { at: 0 };
    if (!this.#cursors.has(this.#peer)) {
      this.#cursors.set(this.#peer, [head, at]);
    }
    if (this.log.messages.length === 0 && more) {
      await this.#fetchOlder(this.log);
    }
    this.isLoaded = true;
    this.#waiting.splice(0).forEach((resolve) => resolve());
    this.#onChange();
    return true;
  }

  /** @param {Log} log */
  async #fetchNext(log) {
    const after = log.high;
    const page = await this.#history({ after, limit: PAGE });
    if (!page || log !== this.log || this.isStale) {
      return page !== undefined;
    }
    const [first] = page.entries;
    if (first && first.seq > log.high + 1) {
      this.log = new Log(first.seq - 1);
      this.isAtStart = true;
    }
    for (const entry of page.entries) {
      if (entry.seq === this.log.high + 1) {
        this.#append(entry, page.head);
      }
    }
    if (this.log.high === after) {
      this.head = after; // to ask again would bring nothing either
    }
    this.#onChange();
    return true;
  }

  async #loadOlder() {
    await this.load();
    if (this.log && !this.isAtStart) {
      await this.#fetchOlder(this.log);
    }
  }

  /**
   * A page of changes alone shows nothing, so it goes on to the next message.
   *
   * @param {Log} log
   */
  async #fetchOlder(log) {
    const { length } = log.messages;
    do {
      const page = await this.#history({ before: log.low, limit: PAGE });
      if (!page || log !== this.log || this.isStale) {
        return;
      }
      this.#prepend(log, page.entries, page.head);
      this.isAtStart = !page.more;
      this.#onChange();
    } while (log.messages.length === length && !this.isAtStart);
  }

  /** @param {object} part */
  #history(part) {
    return this.#ask({ type: "history", peer: this.#peer, ...part });
  }

  /**
   * @param {Entry} entry
   * @param {number} asOf
   */
  #append(entry, asOf) {
    this.log?.append(entry, asOf);
    if (!this.#isOpened) {
      this.log?.trim(MOST_UNOPENED);
    }
    this.#tell(entry, true);
  }

  /**
   * @param {Log} log
   * @param {readonly Entry[]} entries
   * @param {number} asOf
   */
  #prepend(log, entries, asOf) {
    log.prepend(entries, asOf);
    entries.forEach((entry) => this.#tell(entry, entry.seq >= this.#firstLive));
  }

  /**
   * @param {Entry} entry
   * @param {boolean} isNew unless it was told already
   */
  #tell(entry, isNew) {
    const isNews = isNew && entry.seq > this.#told;
    if (isNews) {
      this.#told = entry.seq;
    }
    this.#onEntry(entry, isNews);
  }
}
