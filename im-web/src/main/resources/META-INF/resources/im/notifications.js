import { element } from "./dom.js";
import { more } from "./strings-more.js";

/**
 * @typedef {import("./im-client.js").Conversation} Conversation
 * @typedef {import("./im-client.js").Message} Message
 */

const READ_MS = 1000;

/**
 * Notifications of what the peers write while nobody looks at the page; only once they were asked for, by the button
 * with the bell. What is read within a second, in another tab or on another device, needs none.
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {import("./strings.js").Strings["page"]} options.words
 * @param {(peer: string) => void} options.onOpen a notification was clicked
 * @param {import("./kept.js").Kept} options.choice
 * @param {HTMLElement} options.button
 */
export function notifications({ client, words: given, onOpen, choice, button }) {
  const words = { ...more.page, ...given };
  const denied = element("p.fault", { id: "denied", role: "alert", hidden: true }, words.denied);
  /** @type {Map<Conversation, Notification>} */
  const shown = new Map();
  const areOn = () => choice.text === "on" && Notification.permission === "granted";

  async function toggle() {
    const wanted = !areOn();
    denied.hidden = !wanted || (await Notification.requestPermission()) === "granted";
    choice.text = wanted ? "on" : "off";
    chosen();
  }

  function chosen() {
    button.ariaPressed = String(areOn());
    close(() => !areOn());
  }

  /**
   * @param {Conversation} conversation
   * @param {Message} message
   */
  function show(conversation, { seq = 0, body }) {
    const isSeen = (!document.hidden && document.hasFocus()) || conversation.read >= seq;
    if (isSeen || !areOn()) {
      return;
    }
    const { peer } = conversation;
    // The tag is the same in all tabs, so that each takes the place of the one before.
    const notification = new Notification(peer, { body: body || words.noText, tag: `im ${client.user} ${peer}` });
    notification.onclick = () => {
      window.focus();
      notification.close();
      onOpen(peer);
    };
    shown.set(conversation, notification);
  }

  /** @param {(conversation: Conversation) => boolean} which */
  function close(which) {
    for (const [conversation, notification] of shown) {
      if (which(conversation)) {
        notification.close();
        shown.delete(conversation);
      }
    }
  }

  button.parentElement?.after(denied);
  addEventListener("storage", chosen);
  // What is left in sight would say to whoever comes next what was written.
  addEventListener("pagehide", () => close(() => true));
  client.addEventListener("conversations", () => close(({ unread }) => unread === 0));
  client.addEventListener("message", ({ detail: { conversation, message } }) => {
    if (message.from === conversation.peer) {
      setTimeout(() => show(conversation, message), READ_MS);
    }
  });
  chosen();
  return { toggle };
}
