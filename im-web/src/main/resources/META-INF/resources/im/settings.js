/** @typedef {import("./im-client.js").Client} Client */

const PROPERTIES = /** @type {const} */ (["url", "peer", "user", "token", "getToken", "client"]);

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
    this.#set("url", url);
  }

  /** Who is talked to. */
  get peer() {
    return this.getAttribute("peer") ?? "";
  }

  set peer(peer) {
    this.#set("peer", peer);
  }

  /** Who one is, where the server takes one's word for it. */
  get user() {
    return this.getAttribute("user") ?? "";
  }

  set user(user) {
    this.#set("user", user);
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
    for (const name of PROPERTIES) {
      this.#upgrade(name);
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
  changed() {
    if (!this.#due) {
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        this.settle();
      });
    }
  }

  /**
   * Called once after a task in which something changed.
   *
   * @protected
   */
  settle() {}

  /**
   * @param {string} name
   * @param {string | null | undefined} value
   */
  #set(name, value) {
    if (value === null || value === undefined) {
      this.removeAttribute(name);
    } else {
      this.setAttribute(name, value);
    }
  }

  /**
   * A property that was set before the element was defined hides the accessor.
   *
   * @param {typeof PROPERTIES[number]} name
   */
  #upgrade(name) {
    if (Object.hasOwn(this, name)) {
      const value = this[name];
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}
