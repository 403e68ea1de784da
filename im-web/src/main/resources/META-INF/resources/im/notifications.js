import { find } from "./find.js";

/**
 * @typedef {import("./im-client.js").Conversation} Conversation
 * @typedef {import("./im-client.js").Message} Message
 */

const KEY = "im.notifications";
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
  #bell = find("#bell", HTMLButtonElement);
  #denied = find("#denied", HTMLElement);
  #on = load();
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
    this.#bell.hidden = !possible();
    if (this.#bell.hidden) {
      return;
    }
    this.#bell.addEventListener("click", () => this.#toggle(), { signal });
    addEventListener("storage", () => this.#set(load()), { signal });
    client.addEventListener("message", (event) => this.#arrived(/** @type {CustomEvent} */ (event).detail), { signal });
    client.addEventListener("conversations", () => this.#closeRead(), { signal });
    signal.addEventListener("abort", () => this.#closeAll());
    this.#set(this.#on);
  }

  async #toggle() {
    const on = !this.#on;
    const permission = on ? await Notification.requestPermission() : "";
    this.#denied.textContent = permission === "denied" ? this.#words.denied : "";
    save(on && permission === "granted");
    this.#set(on && permission === "granted");
  }

  /** @param {boolean} on */
  #set(on) {
    this.#on = on && Notification.permission === "granted";
    this.#bell.ariaPressed = String(this.#on);
    if (!this.#on) {
      this.#closeAll();
    }
  }

  /** @param {{conversation: Conversation, message: Message}} arrival */
  #arrived({ conversation, message }) {
    if (this.#on && message.from === conversation.peer) {
      setTimeout(() => this.#show(conversation, message), READ_MS);
    }
  }

  /**
   * @param {Conversation} conversation
   * @param {Message} message
   */
  #show(conversation, message) {
    const looking = !document.hidden && document.hasFocus();
    if (!this.#on || this.#signal.aborted || looking || conversation.read >= (message.seq ?? 0)) {
      return;
    }
    const { peer } = conversation;
    // The tag is the same in all tabs, so that the last one to say it takes the others' place.
    const tag = `im ${this.#client.user} ${peer}`;
    const notification = new Notification(peer, { body: message.body || this.#words.noText, tag, lang: "" });
    notification.onclick = () => {
      window.focus();
      notification.close();
      this.#onOpen(peer);
    };
    this.#shown.set(conversation, notification);
  }

  #closeRead() {
    for (const [conversation, notification] of this.#shown) {
      if (conversation.unread === 0) {
        notification.close();
        this.#shown.delete(conversation);
      }
    }
  }

  #closeAll() {
    for (const notification of this.#shown.values()) {
      notification.close();
    }
    this.#shown.clear();
  }
}

/** Whether pages may notify here at all. Chrome on Android has the class, but throws for all but service workers. */
function possible() {
  if (!isSecureContext || !("Notification" in globalThis)) {
    return false;
  }
  try {
    // Without permission none is shown.
    return Notification.permission === "granted" || new Notification("") !== null;
  } catch {
    return false;
  }
}

function load() {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

/**
 * Storage may be forbidden; then it holds for this page only.
 *
 * @param {boolean} on
 */
function save(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {}
}
