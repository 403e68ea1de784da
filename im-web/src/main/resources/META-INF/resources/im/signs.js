import { badgeText, element } from "./dom.js";
import { icon } from "./icon.js";

const MOST_HEARD = 5;
/** Nobody wants to hear more of a text that just came in. */
const MOST_CHARACTERS = 300;

/**
 * Tells screen readers what arrives. What is shown of it is elsewhere.
 *
 * @param {string} ariaLabel
 */
export function announcer(ariaLabel) {
  const log = element("div.unseen", { role: "log", ariaLabel });
  return {
    element: log,
    /** @param {string} text */
    say(text) {
      const characters = [...text];
      const short = characters.slice(0, MOST_CHARACTERS).join("");
      log.append(element("p", { dir: "auto" }, characters.length > MOST_CHARACTERS ? `${short}…` : text));
      if (log.childElementCount > MOST_HEARD) {
        log.firstElementChild?.remove();
      }
    },
  };
}

/**
 * Leads back to the newest message, and says how many are unread.
 *
 * @param {(count: number) => string} words
 * @param {() => void} onclick
 */
export function jumpButton(words, onclick) {
  const badge = element("span.badge", { ariaHidden: "true" });
  const button = element("button", { type: "button", className: "jump", hidden: true, onclick }, icon("down"), badge);
  return {
    element: button,
    /**
     * @param {boolean} hidden
     * @param {number} unread
     */
    update(hidden, unread) {
      button.hidden = hidden;
      button.ariaLabel = button.title = words(unread);
      badge.textContent = badgeText(unread);
    },
  };
}

/**
 * The line before the first message that came while nobody looked. It stays while one reads on.
 *
 * @param {(count: number) => string} words
 */
export function unreadLine(words) {
  const text = element("span", {});
  /** It stands before the first of the peer's messages with a higher number than this. */
  let after = Infinity;
  /** The newest message that it counts. */
  let newest = 0;
  let count = 0;

  /**
   * @param {number} whereAfter
   * @param {number} upTo
   * @param {number} many
   */
  function set(whereAfter, upTo, many) {
    after = whereAfter;
    newest = upTo;
    count = many;
    text.textContent = words(many);
  }

  return {
    element: element("p.unread", {}, text),
    set,
    remove: () => set(Infinity, 0, 0),

    /**
     * A message has come that nobody saw coming.
     *
     * @param {number} seq
     * @param {number} read up to where one has read
     */
    add(seq, read) {
      const goesOn = newest > read;
      set(goesOn ? after : seq - 1, seq, goesOn ? count + 1 : 1);
    },

    /**
     * The index of the message that it stands before: the first that is loaded of those that are new. -1 without a line.
     *
     * @param {import("./im-client.js").Conversation} conversation
     */
    indexIn: ({ messages, peer }) => messages.findIndex(({ from, seq = 0 }) => from === peer && seq > after),
  };
}
