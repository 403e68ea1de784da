import { loadStrings } from "./catalogues.js";

/** @typedef {import("./im-client.js").Client} Client */

/**
 * @typedef {object} Said
 * @property {string} url where the server is: http(s) or ws(s), relative to the page
 * @property {string} peer who is talked to
 * @property {string} user who one is, where the server takes one's word for it
 * @property {string | undefined} token proves who one is
 * @property {import("./im-client.js").Options["getToken"]} getToken gets a token, and another each time that the last
 *     has expired or is refused
 * @property {Client | undefined} client a connection of the page's own, which the page opens and closes; it goes before
 *     url, user, token and getToken
 */

/** What a page says of a `<pair-chat>`, by attributes and by properties. What it says in one task is taken together. */
export class Settings extends /** @type {new () => HTMLElement & Said} */ (HTMLElement) {
  static observedAttributes = ["url", "peer", "user", "lang"];
  #due = false;

  connectedCallback() {
    // A property that was set before the element was defined hides the accessor.
    for (const [name, value] of Object.entries(this)) {
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    this.changed();
  }

  disconnectedCallback() {
    this.changed();
  }

  /** Moved by `moveBefore`: perhaps into another language. */
  connectedMoveCallback() {
    this.changed();
  }

  attributeChangedCallback() {
    this.changed();
  }

  /** @protected */
  async changed() {
    if (!this.#due) {
      this.#due = true;
      await undefined;
      // Without them it is English.
      await loadStrings(this.languages).catch(() => {});
      this.#due = false;
      this.settle();
    }
  }

  /**
   * That of the nearest `lang` around it, or, where the page says none, those that the reader's browser prefers.
   *
   * @protected
   * @returns {readonly string[]}
   */
  get languages() {
    for (let node = /** @type {Element} */ (this); node; node = /** @type {ShadowRoot} */ (node.getRootNode()).host) {
      const around = /** @type {HTMLElement | null} */ (node.closest("[lang]:not([lang=''])"));
      if (around) {
        return [around.lang];
      }
    }
    return navigator.languages;
  }

  /**
   * Called once after a task in which something changed.
   *
   * @protected
   */
  settle() {}
}

/** The attributes, and what they are where the page says nothing. */
const ATTRIBUTES = { url: "/ws", peer: "", user: "" };

for (const [name, otherwise] of Object.entries(ATTRIBUTES)) {
  define(name, {
    get() {
      return this.getAttribute(name) || otherwise;
    },
    set(value) {
      this.setAttribute(name, value ?? "");
    },
  });
}

for (const name of ["token", "getToken", "client"]) {
  const values = new WeakMap();
  define(name, {
    get() {
      return values.get(this);
    },
    set(value) {
      values.set(this, value ?? undefined);
      this.changed();
    },
  });
}

/**
 * @param {string} name
 * @param {PropertyDescriptor & ThisType<any>} accessors
 */
function define(name, accessors) {
  Object.defineProperty(Settings.prototype, name, accessors);
}
