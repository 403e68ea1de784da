import { find } from "./find.js";

/** What is read as it comes is not worth a blink. */
const BLINK_MS = 100;

/** What a tab says of itself where its page is not seen: the title, and a dot on the icon while anything is unread. */
export class Attention {
  #client;
  #name;
  #icon = find("link[rel=icon]", HTMLLinkElement);
  /** @type {string | undefined} */
  #peer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} options
   * @param {import("./im-client.js").Client} options.client
   * @param {import("./fault.js").Words} options.words
   * @param {AbortSignal} options.signal ends it
   */
  constructor({ client, words, signal }) {
    this.#client = client;
    this.#name = words.name;
    client.addEventListener("conversations", () => this.#changed(), { signal });
    signal.addEventListener("abort", () => {
      clearTimeout(this.#timer);
      this.#peer = undefined;
      this.#show(0);
    });
  }

  /** @param {string | undefined} peer whose conversation is open */
  set peer(peer) {
    this.#peer = peer;
    this.#show(this.#client.unread);
  }

  #changed() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show(this.#client.unread);
    }, BLINK_MS);
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
