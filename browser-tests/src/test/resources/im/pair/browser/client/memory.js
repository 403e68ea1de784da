/** A localStorage that lives as long as the test. Its order is not the one of writing, nor is a browser's. */
export class MemoryStorage {
  #items = new Map();

  get length() {
    return this.#items.size;
  }

  key(index) {
    return [...this.#items.keys()].sort()[index] ?? null;
  }

  getItem(key) {
    return this.#items.get(key) ?? null;
  }

  setItem(key, value) {
    this.#items.set(key, String(value));
  }

  removeItem(key) {
    this.#items.delete(key);
  }
}

/** Cursors that live as long as the test. */
export class MemoryCursors {
  #saved = new Map();

  async load(key) {
    return structuredClone(this.#saved.get(key));
  }

  async save(key, position) {
    this.#saved.set(key, structuredClone(position));
  }
}
