import { idFault, showFault } from "./fault.js";
import { find } from "./find.js";

/** The form that begins a conversation with somebody who is not in the list. */
export class Beginning {
  #client;
  #words;
  #root = find("#new", HTMLDetailsElement);
  #summary = find("summary", HTMLElement, this.#root);
  #peer = find("#other", HTMLInputElement);

  /**
   * @param {object} options
   * @param {import("./im-client.js").Client} options.client
   * @param {import("./fault.js").Words} options.words
   * @param {(peer: string) => void} options.onOpen
   * @param {AbortSignal} options.signal ends it
   */
  constructor({ client, words, onOpen, signal }) {
    this.#client = client;
    this.#words = words;
    this.#root.addEventListener("toggle", () => this.#root.open && this.#peer.focus(), { signal });
    this.#root.addEventListener("keydown", ({ key }) => key === "Escape" && this.#fold(), { signal });
    find("form", HTMLFormElement, this.#root).onsubmit = (event) => {
      event.preventDefault();
      const peer = this.#peer.value.trim();
      if (this.#judge(peer)) {
        this.#fold();
        onOpen(peer);
      }
    };
  }

  focus() {
    this.#summary.focus();
  }

  /**
   * Shows why somebody cannot be written to.
   *
   * @param {string} peer
   */
  refuse(peer) {
    this.#root.open = true;
    this.#peer.value = peer;
    this.#judge(peer);
  }

  /**
   * @param {string} peer
   * @returns {boolean} whether one can write to them
   */
  #judge(peer) {
    const fault = idFault(this.#words, peer, this.#client.user);
    showFault(this.#peer, fault);
    this.#peer.focus();
    return fault === "";
  }

  #fold() {
    this.#root.open = false;
    this.#peer.value = "";
    showFault(this.#peer, "");
    this.focus();
  }
}
