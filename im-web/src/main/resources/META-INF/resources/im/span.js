const MOST = 300;
/** So many messages at least are kept ready above and below those in sight. */
const MARGIN = 40;

/** @typedef {import("./im-client.js").Message} Message */

/** The part of all messages that is in the document. It knows itself by its ends, wherever in the list they get to. */
export class Span {
  from = 0;
  to = 0;
  #length = 0;
  /** @type {Message | undefined} */
  #first;
  /** @type {Message | undefined} */
  #last;

  /**
   * The list has changed.
   *
   * @param {readonly Message[]} all
   * @param {boolean} atEnd whether the reader is at its end
   */
  follow(all, atEnd) {
    const hadEnd = this.to === this.#length;
    const from = indexIn(all, this.#first);
    const to = indexIn(all, this.#last) + 1;
    if (atEnd || hadEnd || to === 0) {
      this.to = all.length;
    } else {
      this.to = to;
    }
    this.from = Math.max(from, 0);
    if (atEnd || from < 0) {
      this.from = Math.max(this.from, this.to - MOST);
    }
    this.to = Math.min(this.to, this.from + MOST);
    this.#mark(all);
  }

  /**
   * Moves to where there is enough on both sides of what is in sight. Answers whether it had to.
   *
   * @param {readonly Message[]} all
   * @param {number} first in sight
   * @param {number} last in sight
   */
  surround(all, first, last) {
    const short = (this.from > 0 && first - this.from < MARGIN) || (this.to < all.length && this.to - last < MARGIN);
    const from = Math.max(0, Math.min((first + last - MOST) >> 1, all.length - MOST));
    const to = Math.min(all.length, from + MOST);
    if (!short || (from === this.from && to === this.to)) {
      return false;
    }
    this.from = from;
    this.to = to;
    this.#mark(all);
    return true;
  }

  /**
   * Whether older messages are wanted for a reader who is at the one of that index.
   *
   * @param {number} first
   */
  static wantsOlder(first) {
    return first < MARGIN;
  }

  /** @param {readonly Message[]} all */
  #mark(all) {
    this.#first = all[this.from];
    this.#last = all[this.to - 1];
    this.#length = all.length;
  }
}

/**
 * @param {readonly Message[]} all
 * @param {Message | undefined} message
 */
function indexIn(all, message) {
  return message ? all.findIndex(({ id, from }) => id === message.id && from === message.from) : -1;
}
