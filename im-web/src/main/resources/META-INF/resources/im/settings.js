import { loadStrings } from "./strings.js";

/** @typedef {import("./im-client.js").Client} Client */

/** What a page says of a `<pair-chat>`, by attributes and by properties. What it says in one task is taken together. */
export class Settings extends HTMLElement {
  static observedAttributes = ["url", "peer", "user", "lang"];

  /** @type {string | undefined} */
  #token;
  /** @type {import("./im-client.js").Options["getToken"]} */
  #getToken;
  /** @type {Client | undefined} */
  #client;
  #due = false;

  /** Where the server is: http(s) or ws(s), relative to the page. */
  get url() {
    return this.getAttribute("url") || "/ws";
  }

  set url(url) {
    this.setAttribute("url", url ?? "");
  }

  /** Who is talked to. */
  get peer() {
    return this.getAttribute("peer") ?? "";
  }

  set peer(peer) {
    this.setAttribute("peer", peer ?? "");
  }

  /** Who one is, where the server takes one's word for it. */
  get user() {
    return this.getAttribute("user") ?? "";
  }

  set user(user) {
    this.setAttribute("user", user ?? "");
  }

  /** Proves who one is. */
  get token() {
    return this.#token;
  }

  set token(token) {
    this.#token = token ?? undefined;
    this.changed();
  }

  /** Gets a token, and another each time that the last has expired or is refused. */
  get getToken() {
    return this.#getToken;
  }

  set getToken(getToken) {
    this.#getToken = getToken ?? undefined;
    this.changed();
  }

  /** A connection of the page's own, which the page opens and closes; it goes before url, user, token and getToken. */
  get client() {
    return this.#client;
  }

  set client(client) {
    this.#client = client ?? undefined;
    this.changed();
  }

  connectedCallback() {
    // A property that was set before the element was defined hides the accessor.
    const own = { ...this };
    Object.keys(own).forEach((name) => Reflect.deleteProperty(this, name));
    Object.assign(this, own);
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
