/** @typedef {import("./frames.js").Entry} Entry */

/**
 * A message as the server has it.
 *
 * @typedef {object} Stored
 * @property {number} seq
 * @property {string} id
 * @property {string} from
 * @property {number} at
 * @property {string} body
 * @property {unknown} [data]
 * @property {boolean} edited
 * @property {boolean} deleted
 * @property {Readonly<Record<string, string>>} reactions
 * @property {number} asOf changes up to this number are in it
 */

/** Changes that came by themselves, for pages that were read just before and arrive after them. */
const MOST_CHANGES = 200;

/**
 * The part of a pair's log that we have: everything from `low` to `high`, without a gap. Only messages are kept; what
 * changes one is done to it. Messages are values: a changed one is another object.
 */
export class Log {
  /** @type {Stored[]} */
  messages = [];
  low;
  high;
  /** @type {Entry[]} */
  #changes = [];

  /** @param {number} high the number of the last entry that need not come any more */
  constructor(high) {
    this.low = high + 1;
    this.high = high;
  }

  /**
   * The next entry, `high + 1`.
   *
   * @param {Entry} entry
   * @param {number} asOf changes up to this number are in it
   */
  append(entry, asOf = entry.seq) {
    this.high = entry.seq;
    if (entry.kind === "message") {
      this.messages.push(stored(entry, asOf));
      return;
    }
    this.#change(entry);
    if (this.#changes.push(entry) > MOST_CHANGES) {
      this.#changes.shift();
    }
  }

  /**
   * What lies just before `low`; and what we have of it already, as it is now.
   *
   * @param {readonly Entry[]} entries
   * @param {number} asOf
   */
  prepend(entries, asOf) {
    const messages = entries.filter(({ kind }) => kind === "message").map((entry) => stored(entry, asOf));
    for (const message of messages) {
      const index = this.indexOf(message.seq);
      if (this.messages[index]?.seq === message.seq && this.messages[index].asOf <= asOf) {
        this.messages[index] = message;
      }
    }
    this.messages.unshift(...messages.filter(({ seq }) => seq < this.low));
    this.low = Math.min(this.low, entries[0]?.seq ?? this.low);
    this.#changes.forEach((change) => this.#change(change));
  }

  /**
   * Forgets all but the newest messages.
   *
   * @param {number} count
   */
  trim(count) {
    const gone = this.messages.splice(0, Math.max(0, this.messages.length - count));
    this.low = (gone.at(-1)?.seq ?? this.low - 1) + 1;
  }

  /**
   * @param {number} seq
   * @returns {number} where it is, or where it would be
   */
  indexOf(seq) {
    let from = 0;
    let to = this.messages.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.messages[middle].seq < seq) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** @param {Entry} entry */
  #change({ seq, from, kind, of = 0, body = "" }) {
    const index = this.indexOf(of);
    const message = this.messages[index];
    if (message?.seq !== of || message.asOf >= seq || message.deleted) {
      return;
    }
    this.messages[index] = { ...changed(message, kind, body, from), asOf: seq };
  }
}

/**
 * What becomes of a message by a change.
 *
 * @param {Stored} message
 * @param {string} kind
 * @param {string} body
 * @param {string} by
 * @returns {Stored}
 */
export function changed(message, kind, body, by) {
  switch (kind) {
    case "edit":
      return { ...message, body, edited: true };
    case "delete":
      return { ...message, body: "", data: undefined, edited: false, deleted: true, reactions: {} };
    case "react": {
      const { [by]: _, ...others } = message.reactions;
      return { ...message, reactions: body === "" ? others : { ...others, [by]: body } };
    }
    default:
      return message;
  }
}

/**
 * @param {Entry} entry
 * @param {number} asOf
 * @returns {Stored}
 */
export function stored({ seq, id, from, at, body = "", data, edited = false, deleted = false, reactions = {} }, asOf) {
  return { seq, id, from, at, body, data, edited, deleted, reactions, asOf };
}
