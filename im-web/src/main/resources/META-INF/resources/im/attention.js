import { find } from "./find.js";

/** What a tab says of itself where its page is not seen: the title, and a dot on the icon while anything is unread. */
export class Attention {
  #client;
  #name;
  #icon = find("link[rel=icon]", HTMLLinkElement);
  /** @type {string | undefined} */
  #peer;

  /**
   * @param {object} options
   * @param {import("./im-client.js").Client} options.client
   * @param {string} options.name the page's
   * @param {AbortSignal} options.signal ends it
   */
  constructor({ client, name, signal }) {
    this.#client = client;
    this.#name = name;
    client.addEventListener("conversations", () => this.#show(client.unread), { signal });
    signal.addEventListener("abort", () => {
      this.#peer = undefined;
      this.#show(0);
    });
  }

  /** @param {string | undefined} peer whose conversation is open */
  set peer(peer) {
    this.#peer = peer;
    this.#show(this.#client.unread);
  }

  /** @param {number} unread */
  #show(unread) {
    const title = this.#peer === undefined ? this.#name : `${this.#peer} · ${this.#name}`;
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
    const icon = new URL(unread > 0 ? "favicon-unread.svg" : "favicon.svg", import.meta.url).href;
    if (this.#icon.href !== icon) {
      this.#icon.href = icon;
    }
  }
}
