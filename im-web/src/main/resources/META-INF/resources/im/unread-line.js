import { element } from "./dom.js";

/** @typedef {import("./im-client.js").Message} Message */

/** The line before the first message that came while nobody looked. It stays while one reads on. */
export class UnreadLine {
  #words = element("span", {});
  element = element("p", { className: "unread" }, this.#words);
  #say;
  /** It stands before the first of the peer's messages with a higher number than this. */
  #after = Infinity;
  /** The newest message that it counts. */
  #newest = 0;
  #count = 0;

  /** @param {(count: number) => string} say */
  constructor(say) {
    this.#say = say;
  }

  /**
   * For a conversation that has just been opened.
   *
   * @param {import("./im-client.js").Conversation} conversation
   */
  open({ unread, read, messages }) {
    this.remove();
    if (unread > 0) {
      this.#set(read, messages.at(-1)?.seq ?? read, unread);
    }
  }

  /**
   * A message has come that nobody saw coming.
   *
   * @param {number} seq
   * @param {number} read up to where one has read
   */
  add(seq, read) {
    if (this.#newest > read) {
      this.#set(this.#after, seq, this.#count + 1);
    } else {
      this.#set(seq - 1, seq, 1);
    }
  }

  remove() {
    this.#set(Infinity, 0, 0);
  }

  /**
   * The index of the message that it stands before, or -1: there is no line, or its place is further up than what is
   * loaded.
   *
   * @param {readonly Message[]} messages
   * @param {string} peer
   * @param {boolean} atStart whether nothing is further up
   */
  indexIn(messages, peer, atStart) {
    let index = -1;
    let i = messages.length - 1;
    for (; i >= 0 && (messages[i].seq ?? Infinity) > this.#after; i--) {
      if (messages[i].from === peer) {
        index = i;
      }
    }
    return i >= 0 || atStart ? index : -1;
  }

  /**
   * @param {number} after
   * @param {number} newest
   * @param {number} count
   */
  #set(after, newest, count) {
    this.#after = after;
    this.#newest = newest;
    this.#count = count;
    this.#words.textContent = count > 0 ? this.#say(count) : "";
  }
}
