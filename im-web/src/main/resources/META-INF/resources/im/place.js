import { newest } from "./cursors.js";

/** @typedef {import("./cursors.js").Cursor} Cursor */

const SAVE_AFTER_MS = 500;
const LOAD_MS = 2_000;

/** How far we have each log of a server, and which history that is. It is saved as it goes on. */
export class Place {
  /** The last entry of each peer that we have in order. @type {Map<string, Cursor>} */
  cursors = new Map();
  /** Whose this is, on which server; nothing is saved before that is known. @type {string | undefined} */
  key;
  #epoch = "";
  /** What was saved before means nothing any more. */
  #isAfresh = false;
  #saved;
  #clock;
  /** @type {any} */
  #timer;

  /**
   * @param {Pick<import("./cursors.js").Cursors, "load" | "save">} saved
   * @param {import("./link.js").Clock} clock
   */
  constructor(saved, clock) {
    this.#saved = saved;
    this.#clock = clock;
  }

  /** What a hello says of it: nothing, if we are nowhere yet. */
  async toResume() {
    if (this.#epoch === "" && !this.#isAfresh && this.key !== undefined) {
      const position = await this.#load(this.key);
      this.#epoch = position?.epoch ?? "";
      Object.entries(position?.cursors ?? {}).forEach(([peer, cursor]) => this.cursors.set(peer, cursor));
    }
    return this.#epoch === "" ? {} : { epoch: this.#epoch, cursors: newest(this.cursors) };
  }

  /**
   * The server has told its history.
   *
   * @param {string} epoch
   * @param {boolean} isKnown it is the one that our cursors are of
   * @returns whether we knew another one
   */
  welcomed(epoch, isKnown) {
    const isOther = !isKnown && this.forget();
    this.#epoch = epoch;
    return isOther;
  }

  /** @returns whether there was anything to forget */
  forget() {
    const was = this.#epoch !== "";
    this.#epoch = "";
    this.cursors.clear();
    this.#isAfresh = true;
    return was;
  }

  /**
   * There are browsers whose database hangs. Nobody waits for that.
   *
   * @param {string} key
   * @returns {Promise<import("./cursors.js").Position | undefined>}
   */
  #load(key) {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(() => resolve(undefined), LOAD_MS);
      this.#saved
        .load(key)
        .then(resolve, () => resolve(undefined))
        .finally(() => this.#clock.clearTimeout(timer));
    });
  }

  /** Something may have moved. */
  moved() {
    this.#timer ??= this.#clock.setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  save() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.key !== undefined && this.#epoch !== "") {
      this.#saved.save(this.key, { epoch: this.#epoch, cursors: newest(this.cursors) }, this.#isAfresh);
      this.#isAfresh = false;
    }
  }
}
