import { find } from "./find.js";
import { Kept } from "./kept.js";

/**
 * @typedef {import("./im-client.js").Conversation} Conversation
 * @typedef {import("./im-client.js").Message} Message
 */

const READ_MS = 1000;

/**
 * Notifications of what the peers write while nobody looks at the page; only once they were asked for, by the button
 * with the bell. What is read within a second, in another tab or on another device, needs none.
 */
export class Notifications {
  #client;
  #words;
  #onOpen;
  #signal;
  #choice = new Kept(() => localStorage, "im.notifications");
  #bell = find("#bell", HTMLButtonElement);
  #shown = /** @type {Map<Conversation, Notification>} */ (new Map());

  /**
   * @param {object} options
   * @param {import("./im-client.js").Client} options.client
   * @param {import("./fault.js").Words} options.words
   * @param {(peer: string) => void} options.onOpen a notification was clicked
   * @param {AbortSignal} options.signal ends it
   */
  constructor({ client, words, onOpen, signal }) {
    this.#client = client;
    this.#words = words;
    this.#onOpen = onOpen;
    this.#signal = signal;
    this.#bell.hidden = !arePossible();
    if (this.#bell.hidden) {
      return;
    }
    this.#bell.onclick = () => this.#toggle();
    addEventListener("storage", () => this.#chosen(), { signal });
    client.addEventListener("message", (event) => this.#arrived(/** @type {CustomEvent} */ (event).detail), { signal });
    client.addEventListener("conversations", () => this.#close(({ unread }) => unread === 0), { signal });
    signal.addEventListener("abort", () => this.#close(() => true));
    this.#chosen();
  }

  get #areOn() {
    return this.#choice.text === "on" && Notification.permission === "granted";
  }

  async #toggle() {
    const wanted = !this.#areOn;
    const permission = wanted ? await Notification.requestPermission() : "";
    this.#choice.text = wanted ? "on" : "off";
    find("#denied", HTMLElement).textContent = permission === "denied" ? this.#words.denied : "";
    this.#chosen();
  }

  #chosen() {
    this.#bell.ariaPressed = String(this.#areOn);
    this.#close(() => !this.#areOn);
  }

  /** @param {{conversation: Conversation, message: Message}} arrival */
  #arrived({ conversation, message }) {
    if (message.from === conversation.peer) {
      setTimeout(() => this.#show(conversation, message), READ_MS);
    }
  }

  /**
   * @param {Conversation} conversation
   * @param {Message} message
   */
  #show(conversation, { seq = 0, body }) {
    const isSeen = (!document.hidden && document.hasFocus()) || conversation.read >= seq;
    if (isSeen || !this.#areOn || this.#signal.aborted) {
      return;
    }
    const { peer } = conversation;
    // The tag is the same in all tabs, so that each takes the place of the one before.
    const tag = `im ${this.#client.user} ${peer}`;
    const notification = new Notification(peer, { body: body || this.#words.noText, tag });
    notification.onclick = () => {
      window.focus();
      notification.close();
      this.#onOpen(peer);
    };
    this.#shown.set(conversation, notification);
  }

  /** @param {(conversation: Conversation) => boolean} which */
  #close(which) {
    for (const [conversation, notification] of this.#shown) {
      if (which(conversation)) {
        notification.close();
        this.#shown.delete(conversation);
      }
    }
  }
}

/** Whether pages may notify here at all. Chrome on Android has the class, but throws for all but service workers. */
function arePossible() {
  try {
    // Without permission it is not shown.
    return isSecureContext && (Notification.permission === "granted" || new Notification("") !== null);
  } catch {
    return false;
  }
}
