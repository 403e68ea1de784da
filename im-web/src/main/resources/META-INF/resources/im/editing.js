import { closeButton } from "./close-button.js";
import { element, say } from "./dom.js";
import { more } from "./strings-more.js";

/** @typedef {import("./im-client.js").Message} Message */

/**
 * Writes the edit of a message, whose text is kept as long as it is neither sent nor given up.
 *
 * @param {import("./im-client.js").Conversation} conversation
 * @param {string | undefined} user who one is
 * @param {import("./strings.js").Strings["chat"]} given
 * @param {() => void} onCancel
 * @param {Message} [chosen] of one's own; without one, that whose edit was left
 * @returns {import("./composer.js").Writing | undefined} nothing if that message is not here, or has been deleted: then
 *     the text is added to the draft
 */
export function editing(conversation, user, given, onCancel, chosen) {
  const words = { ...more.chat, ...given };
  const left = conversation.editing;
  const message = chosen ?? find(left?.id);
  if (!message) {
    return undefined;
  }
  const { id } = message;
  if (message.deleted) {
    conversation.addToDraft(left?.body ?? "");
    conversation.editing = undefined;
    return undefined;
  }
  if (id !== left?.id) {
    // One edit at a time, in all tabs.
    if (left && left.body !== find(left.id)?.body) {
      conversation.addToDraft(left.body);
    }
    keep(message.body);
  }
  const quote = element("p.quote", { id: "quote", dir: "auto" }, message.body);
  const title = element("strong", { role: "status" }, words.editing);

  /** @param {string} [wanted] the id of a message of one's own */
  function find(wanted) {
    return conversation.messages.find((each) => each.from === user && each.id === wanted);
  }

  /** @param {string} body */
  function keep(body) {
    conversation.editing = { id, body };
  }

  return {
    label: words.editing,
    action: words.save,
    picture: "check",
    bar: element("div.editing", {}, element("div.words", {}, title, quote), closeButton(words.cancel, onCancel)),
    text: () => conversation.editing?.body ?? "",
    keep,
    changed() {
      const now = find(id);
      if (now?.deleted) {
        say(title, words.gone);
      } else if (now && now.body !== message.body) {
        say(title, words.changed);
        say(quote, now.body);
      }
      return conversation.editing?.id !== id;
    },
    send(body) {
      // Of another history's message the number would be another one's, if it is there at all.
      const { seq, deleted } = find(id) ?? {};
      if (body === message.body) {
        return;
      }
      if (seq === undefined || deleted) {
        conversation.addToDraft(body);
      } else {
        conversation.edit(seq, body);
      }
    },
    end() {
      if (conversation.editing?.id === id) {
        conversation.editing = undefined;
      }
    },
  };
}
