/** @typedef {{delivered: number, read: number}} Mark */

const TOGETHER_MS = 200;

/** How far both users have received and read a log. Marks only move forward, but for another history. */
export class Marks {
  /** @type {Mark} */
  own = { delivered: 0, read: 0 };
  /** @type {Mark} */
  peers = { delivered: 0, read: 0 };
  /** What the server knows of our own. @type {Mark} */
  #told = { delivered: 0, read: 0 };
  #isStale = false;
  #clock;
  #tell;
  /** @type {any} */
  #timer;

  /**
   * @param {import("./link.js").Clock} clock
   * @param {(mark: Mark) => boolean} tell
   */
  constructor(clock, tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The numbers are of another history, and count until there are others. */
  stale() {
    this.#isStale = true;
  }

  /** There are no others. */
  settled() {
    this.#renew();
  }

  #renew() {
    if (this.#isStale) {
      this.#isStale = false;
      this.own = this.peers = this.#told = { delivered: 0, read: 0 };
    }
  }

  /**
   * @param {Mark} own
   * @param {Mark} peers
   */
  listed(own, peers) {
    this.ownIs(own);
    this.peersIs(peers);
  }

  /** @param {Mark} mark */
  ownIs(mark) {
    this.#renew();
    this.#told = farther(this.#told, mark);
    this.#move(mark);
  }

  /** @param {Mark} mark */
  peersIs(mark) {
    this.#renew();
    this.peers = farther(this.peers, mark);
  }

  /**
   * We have it.
   *
   * @param {number} seq
   */
  received(seq) {
    this.#move({ delivered: seq, read: 0 });
  }

  /**
   * We have read it.
   *
   * @param {number} seq
   */
  read(seq) {
    this.#move({ delivered: seq, read: seq });
  }

  /** Tells what is not known, and what was perhaps lost with a connection. */
  tell() {
    const { delivered, read } = this.own;
    if ((delivered > this.#told.delivered || read > this.#told.read) && !this.#isStale) {
      this.#timer ??= this.#clock.setTimeout(() => {
        this.#timer = undefined;
        if (!this.#isStale) {
          this.#tell(this.own);
        }
      }, TOGETHER_MS);
    }
  }

  /** @param {Mark} mark */
  #move(mark) {
    this.own = farther(this.own, mark);
    this.tell();
  }
}

/**
 * @param {Mark} one
 * @param {Mark} other
 * @returns {Mark}
 */
function farther(one, other) {
  return { delivered: Math.max(one.delivered, other.delivered), read: Math.max(one.read, other.read) };
}
