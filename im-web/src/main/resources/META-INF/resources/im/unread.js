/** @typedef {import("./log.js").Log} Log */

/**
 * How many of the peer's messages have not been read: counted where all of them are here, else what the list said and
 * what has come since.
 */
export class Unread {
  count = 0;
  #peer;
  /** What has come is in the count up to this entry. */
  #upTo = 0;

  /** @param {string} peer */
  constructor(peer) {
    this.#peer = peer;
  }

  /** The numbers are of another history. */
  stale() {
    this.count = this.#upTo = 0;
  }

  /**
   * @param {number} count up to `head`, as the list says
   * @param {number} head
   * @param {Log | undefined} log which may have more
   */
  listed(count, head, log) {
    this.count = count + this.#after(head, log);
    this.#upTo = Math.max(this.#upTo, head);
  }

  /**
   * An entry of the peer has come.
   *
   * @param {import("./frames.js").Entry} entry
   * @param {number} read
   */
  came({ seq, kind, of = 0 }, read) {
    if (seq > this.#upTo) {
      this.#upTo = seq;
      this.count += kind === "message" ? 1 : kind === "delete" && of > read ? -1 : 0;
    }
  }

  /**
   * @param {number} read
   * @param {number} head
   * @param {Log | undefined} log
   */
  recount(read, head, log) {
    if (read >= head) {
      this.count = 0;
    } else if (log && log.low <= read + 1) {
      this.count = this.#after(read, log);
    }
  }

  /**
   * @param {number} seq
   * @param {Log | undefined} log
   */
  #after(seq, log) {
    const after = log?.messages.slice(log.indexOf(seq + 1)) ?? [];
    return after.filter(({ from, deleted }) => from === this.#peer && !deleted).length;
  }
}
