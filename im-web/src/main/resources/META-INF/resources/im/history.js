import { log } from "./log.js";

/** @typedef {import("./frames.js").Entry} Entry */
/** @typedef {import("./frames.js").Page} Page */
/** @typedef {import("./log.js").Log} Log */

const PAGE = 100;
/** As many messages are kept of a log that nobody has opened. */
const MOST_UNOPENED = 200;

/**
 * Gets the log of a pair: what comes by itself, what it lacks, and what is older as far as it is wanted.
 *
 * @param {string} peer
 * @param {object} host
 * @param {Map<string, import("./cursors.js").Cursor>} host.cursors
 * @param {(command: object) => Promise<Page | undefined>} host.ask gives nothing if the answer means nothing any more
 * @param {(entry: Entry, isNew: boolean) => void} onEntry
 * @param {() => void} onChange
 */
export function history(peer, { cursors, ask }, onEntry, onChange) {
  /** @type {Log | undefined} */
  let known;
  /** There are entries up to this number, at least. */
  let head = 0;
  /** Whether it reaches from the newest entry back as far as was asked. */
  let isLoaded = false;
  let isAtStart = false;
  /** What we have is of another history, and shown until we have something better. */
  let isStale = false;
  let isOpened = false;
  /** The newest that was told as new. */
  let told = 0;
  /** The first that came by itself while what we have was stale. */
  let firstLive = Infinity;
  let isFetching = false;
  /** @type {(() => void)[]} */
  const waiting = [];
  /** @type {Promise<void> | undefined} */
  let older;

  /** @param {object} part @returns {Promise<Page | undefined>} */
  const page = (part) => ask({ type: "history", peer, ...part });

  /** Gets what is lacking, one page after the other. */
  async function fetch() {
    if (isFetching) {
      return;
    }
    isFetching = true;
    let goesOn = true;
    while (goesOn) {
      if (isOpened && (!isLoaded || isStale)) {
        goesOn = await fetchNewest();
      } else {
        goesOn = known !== undefined && known.high < head && (await fetchNext(known));
      }
    }
    isFetching = false;
  }

  async function fetchNewest() {
    const newest = await page({});
    if (!newest) {
      return false;
    }
    const { entries, more } = newest;
    head = Math.max(head, newest.head);
    if (!known || isStale || known.low > newest.head + 1) {
      known = log(newest.head);
    }
    isStale = false;
    prepend(known, newest);
    firstLive = Infinity;
    begin(newest.head, entries.at(-1)?.at ?? 0);
    if (known.messages.length === 0 && more) {
      await fetchOlder(known);
    }
    isLoaded = true;
    waiting.splice(0).forEach((resolve) => resolve());
    onChange();
    return true;
  }

  /** @param {Log} from */
  async function fetchNext(from) {
    const after = from.high;
    const next = await page({ after, limit: PAGE });
    if (!next || from !== known || isStale) {
      return next !== undefined;
    }
    const [first] = next.entries;
    if (first && first.seq > known.high + 1) {
      known = log(first.seq - 1);
      isAtStart = true;
    }
    for (const entry of next.entries) {
      append(known, entry, next.head);
    }
    if (known.high === after) {
      head = after; // to ask again would bring nothing either
    }
    onChange();
    return true;
  }

  /** @returns {Promise<void>} */
  function load() {
    isOpened = true;
    fetch();
    return isLoaded ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
  }

  async function loadOlder() {
    await load();
    if (known && !isAtStart) {
      await fetchOlder(known);
    }
  }

  /**
   * A page of changes alone shows nothing, so it goes on to the next message.
   *
   * @param {Log} from
   */
  async function fetchOlder(from) {
    const { length } = from.messages;
    do {
      const before = await page({ before: from.low, limit: PAGE });
      if (!before || from !== known || isStale) {
        return;
      }
      prepend(from, before);
      onChange();
    } while (from.messages.length === length && !isAtStart);
  }

  /**
   * If it is the next one.
   *
   * @param {Log} to
   * @param {Entry} entry
   * @param {number} asOf
   */
  function append(to, entry, asOf) {
    if (entry.seq === to.high + 1) {
      to.append(entry, asOf);
      if (!isOpened) {
        to.trim(MOST_UNOPENED);
      }
      tell(entry, true);
    }
  }

  /**
   * @param {Log} to
   * @param {Page} part
   */
  function prepend(to, { entries, head, more }) {
    to.prepend(entries, head);
    isAtStart = !more;
    entries.forEach((entry) => tell(entry, entry.seq >= firstLive));
  }

  /**
   * @param {Entry} entry
   * @param {boolean} isNew unless it was told already
   */
  function tell(entry, isNew) {
    const isNews = isNew && entry.seq > told;
    if (isNews) {
      told = entry.seq;
    }
    onEntry(entry, isNews);
  }

  /**
   * From here on we want to be told what we miss.
   *
   * @param {number} seq
   * @param {number} at
   */
  function begin(seq, at) {
    if (!cursors.has(peer)) {
      cursors.set(peer, [seq, at]);
    }
  }

  return {
    get log() {
      return known;
    },

    get head() {
      return head;
    },

    get isLoaded() {
      return isLoaded;
    },

    get isAtStart() {
      return isAtStart;
    },

    get isStale() {
      return isStale;
    },

    load,
    fetch,

    /** One call at a time: others get the same promise. */
    loadOlder() {
      older ??= loadOlder().finally(() => (older = undefined));
      return older;
    },

    /** @param {number} count of the newest messages, which are kept */
    trim(count) {
      if (known && known.messages.length > count && !older) {
        known.trim(count);
        isAtStart = false;
        onChange();
      }
    },

    /** The server's log is not the one that we know. */
    stale() {
      head = told = 0;
      firstLive = Infinity;
      isStale = isOpened;
      if (!isOpened) {
        known = undefined;
      }
    },

    /**
     * What the list says of it.
     *
     * @param {number} listed
     * @param {Entry} [last] the newest message, if it is kept
     */
    reaches(listed, last) {
      head = Math.max(head, listed);
      if (last) {
        begin(last.seq, last.at);
      }
      fetch();
    },

    /**
     * One that comes by itself.
     *
     * @param {Entry} entry
     */
    receive(entry) {
      const { seq, at } = entry;
      const before = head;
      head = Math.max(head, seq);
      if (isStale) {
        firstLive = Math.min(firstLive, seq); // it is in the page that is to come, or after it
        return;
      }
      const cursor = cursors.get(peer);
      known ??= log(cursor ? Math.min(Math.max(cursor[0], before), seq - 1) : seq - 1);
      if (seq > known.high + 1) {
        fetch(); // the cursor stays before the gap
        return;
      }
      if (!cursor || seq === cursor[0] + 1) {
        cursors.set(peer, [seq, at]);
      }
      if (seq > known.high) {
        append(known, entry, seq);
      } else {
        tell(entry, true); // perhaps a page that was read later has come before it
      }
    },

    /**
     * What was before is kept no longer by the server.
     *
     * @param {number} before
     */
    truncated(before) {
      cursors.set(peer, [before - 1, 0]);
      if (!isStale && (known?.high ?? 0) < before - 1) {
        known = log(before - 1);
        isAtStart = true;
        onChange();
      }
    },
  };
}
