/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Shelf */

/**
 * What somebody has written here and the server does not have yet, in localStorage: a line is emptied and its message
 * noted in one go, so a page that is closed at any moment has it in one place and not in two. Where nothing can be
 * stored, and as long as it is not known whose it is, it is kept as long as the page.
 */
export class Notebook {
  #storage;
  #prefix = "";
  /** @type {Map<string, string>} */
  #unstored = new Map();

  /** @param {Shelf | undefined} storage */
  constructor(storage) {
    this.#storage = storage;
  }

  /**
   * From now on it is known whose this is.
   *
   * @param {string} prefix of the keys
   */
  belongTo(prefix) {
    this.#prefix = prefix;
    [...this.#unstored].forEach(([name, text]) => this.set(name, text));
  }

  /** @param {string} name */
  get(name) {
    return this.#unstored.get(name) ?? this.#try((storage) => storage.getItem(this.#prefix + name)) ?? undefined;
  }

  /**
   * @param {string} name
   * @param {string | undefined} text nothing: it is forgotten
   */
  set(name, text) {
    this.#unstored.delete(name);
    const key = this.#prefix + name;
    if (text === undefined) {
      this.#try((storage) => storage.removeItem(key));
    } else if (!this.#try((storage) => (storage.setItem(key, text), true))) {
      this.#unstored.set(name, text);
    }
  }

  /** @param {string} start of the names that are asked for */
  names(start) {
    const names = [...this.#unstored.keys()].filter((name) => name.startsWith(start));
    this.#try((storage) => {
      for (let i = 0; i < storage.length; i++) {
        const key = storage.key(i) ?? "";
        if (key.startsWith(this.#prefix + start)) {
          names.push(key.slice(this.#prefix.length));
        }
      }
    });
    return names;
  }

  /**
   * Storage may be full, or forbidden.
   *
   * @template T
   * @param {(storage: Shelf) => T} action
   */
  #try(action) {
    try {
      return this.#prefix && this.#storage ? action(this.#storage) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The browser's, if pages of this origin may have one. */
export function browserStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
