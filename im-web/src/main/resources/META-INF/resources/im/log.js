/** @typedef {import("./frames.js").Entry} Entry */
/** @typedef {import("./outbox.js").Item} Item */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {ReturnType<typeof log>} Log */

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
 *
 * @param {number} high the number of the last entry that need not come any more
 */
export function log(high) {
  let low = high + 1;
  /** @type {Stored[]} */
  const messages = [];
  /** @type {Entry[]} */
  const changes = [];

  /** @param {number} seq */
  const indexOf = (seq) => messages.findLastIndex((message) => message.seq === seq);

  /** @param {Entry} entry */
  function change({ seq, from, kind, of = 0, body = "" }) {
    const index = indexOf(of);
    const message = messages[index];
    if (message && message.asOf < seq && !message.deleted) {
      messages[index] = { ...changed(message, kind, body, from), asOf: seq };
    }
  }

  return {
    messages,

    get low() {
      return low;
    },

    get high() {
      return high;
    },

    /**
     * The next entry, `high + 1`.
     *
     * @param {Entry} entry
     * @param {number} asOf changes up to this number are in it
     */
    append(entry, asOf) {
      high = entry.seq;
      if (entry.kind === "message") {
        messages.push(stored(entry, asOf));
      } else {
        change(entry);
        changes.push(entry);
        changes.splice(0, changes.length - MOST_CHANGES);
      }
    },

    /**
     * What lies just before `low`; and what we have of it already, as it is now.
     *
     * @param {readonly Entry[]} entries
     * @param {number} asOf
     */
    prepend(entries, asOf) {
      const read = entries.filter(({ kind }) => kind === "message").map((entry) => stored(entry, asOf));
      for (const message of read.filter(({ seq }) => seq >= low)) {
        const index = indexOf(message.seq);
        if (messages[index]?.asOf <= asOf) {
          messages[index] = message;
        }
      }
      messages.unshift(...read.filter(({ seq }) => seq < low));
      low = Math.min(low, entries[0]?.seq ?? low);
      changes.forEach(change);
    },

    /**
     * Forgets all but the newest messages.
     *
     * @param {number} count
     */
    trim(count) {
      const gone = messages.splice(0, Math.max(0, messages.length - count));
      low = (gone.at(-1)?.seq ?? low - 1) + 1;
    },
  };
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
      return { ...message, reactions: body ? { ...others, [by]: body } : others };
    }
    default:
      return message;
  }
}

/**
 * @param {Omit<Entry, "to" | "kind">} entry
 * @param {number} asOf
 * @returns {Stored}
 */
export function stored({ seq, id, from, at, body = "", data, edited = false, deleted = false, reactions = {} }, asOf) {
  return { seq, id, from, at, body, data, edited, deleted, reactions, asOf };
}
