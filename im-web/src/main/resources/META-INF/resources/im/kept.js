/** A text that the browser keeps under a key; where it may not, as long as the page. */
export class Kept {
  #storage;
  #key;
  /** @type {string | undefined} */
  #text;

  /**
   * @param {() => Storage} storage which may be forbidden
   * @param {string} key
   */
  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
  }

  /** @returns {string | undefined} */
  get text() {
    try {
      return this.#storage().getItem(this.#key) ?? this.#text;
    } catch {
      return this.#text;
    }
  }

  set text(text) {
    this.#text = text;
    try {
      if (text === undefined) {
        this.#storage().removeItem(this.#key);
      } else {
        this.#storage().setItem(this.#key, text);
      }
    } catch {
      // It is kept here.
    }
  }
}
