/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Shelf */
/** @typedef {ReturnType<typeof notebook>} Notebook */

/**
 * What somebody has written here and the server does not have yet, in localStorage: a line is emptied and its message
 * noted in one go, so a page that is closed at any moment has it in one place and not in two. Where nothing can be
 * stored, and as long as it is not known whose it is, it is kept as long as the page.
 *
 * @param {Shelf} [storage] in the place of localStorage
 */
export function notebook(storage) {
  let prefix = "";
  /** @type {Map<string, string>} */
  const unstored = new Map();

  /**
   * Storage may be full, or forbidden.
   *
   * @template T
   * @param {(storage: Shelf) => T} action
   */
  function attempt(action) {
    try {
      return prefix ? action(storage ?? localStorage) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * @param {string} name
   * @param {string | undefined} text nothing: it is forgotten
   */
  function set(name, text) {
    unstored.delete(name);
    if (text === undefined) {
      attempt((shelf) => shelf.removeItem(prefix + name));
    } else if (!attempt((shelf) => (shelf.setItem(prefix + name, text), true))) {
      unstored.set(name, text);
    }
  }

  return {
    set,

    /**
     * From now on it is known whose this is.
     *
     * @param {string} start of the keys
     */
    belongTo(start) {
      prefix = start;
      [...unstored].forEach(([name, text]) => set(name, text));
    },

    /** @param {string} name */
    get: (name) => unstored.get(name) ?? attempt((shelf) => shelf.getItem(prefix + name)) ?? undefined,

    /** @param {string} start of the names that are asked for */
    names(start) {
      const keys = [...unstored.keys()].map((name) => prefix + name);
      attempt((shelf) => {
        for (let i = 0; i < shelf.length; i++) {
          keys.push(shelf.key(i) ?? "");
        }
      });
      return keys.filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length));
    },
  };
}

/**
 * What is being written to a peer.
 *
 * @param {Notebook} notebook
 * @param {string} peer
 * @returns {import("./contract.js").Written}
 */
export function written(notebook, peer) {
  const lines = {
    get draft() {
      return notebook.get(`draft ${peer}`) ?? "";
    },
    /** @param {string} text */
    set draft(text) {
      notebook.set(`draft ${peer}`, text || undefined);
    },
    /** @param {string} text */
    addToDraft(text) {
      lines.draft = [lines.draft, text].filter(Boolean).join("\n");
    },
    get editing() {
      const id = notebook.get(`edited ${peer}`);
      return id === undefined ? undefined : { id, body: notebook.get(`edit ${peer}`) ?? "" };
    },
    /** @param {import("./contract.js").Edit | undefined} edit */
    set editing(edit) {
      notebook.set(`edit ${peer}`, edit?.body);
      notebook.set(`edited ${peer}`, edit?.id);
    },
  };
  return lines;
}
