import { closeButton, element, say } from "./dom.js";
import { icon } from "./icon.js";

/** @typedef {import("./im-client.js").Message} Message */

/** The part of a limit from which on one is told how far it is. */
const NEAR = 0.9;
/** Nothing that anybody would see. */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;
/** What a frame has besides the body, at most: names, an id, a number. */
const FRAME_REST_BYTES = 256;

const touch = matchMedia("(pointer: coarse) and (hover: none)");
const growsBySelf = CSS.supports("field-sizing", "content");

/**
 * The line that one writes in. What is not sent stays in it.
 *
 * @param {import("./im-client.js").Client} client
 * @param {import("./im-client.js").Conversation} conversation
 * @param {import("./strings.js").Strings} strings
 * @param {AbortSignal} signal ends it
 */
export function composer(client, conversation, { lang, chat: words }, signal) {
  /** @type {Message | undefined} */
  let editing;
  /** The edit that was begun when the line was last shown, until its message is loaded or something else is written. */
  let left = conversation.editing;
  const quote = element("p.quote", { id: "quote", dir: "auto" });
  const bar = element(
    "div.editing",
    {},
    element("div.words", {}, element("strong", {}, words.editing), quote),
    closeButton(words.cancel, () => edit()),
  );
  const alert = element("span", { role: "alert" });
  const count = element("span", { id: "count" });
  const line = element("textarea.input", {
    part: "input",
    rows: 1,
    autocomplete: "off",
    placeholder: words.message,
  });
  const button = element("button.submit", { part: "send" });
  const form = element(
    "form.composer",
    { part: "composer" },
    bar,
    element("div.count", {}, alert, " ", count),
    element("div.row", {}, line, button),
  );

  /**
   * Puts the edit of a message into the line, or the draft.
   *
   * @param {Message} [message]
   */
  function put(message) {
    editing = message;
    bar.hidden = !message;
    quote.textContent = message?.body ?? "";
    line.ariaLabel = message ? words.editing : words.messageTo(conversation.peer);
    button.ariaLabel = button.title = message ? words.save : words.send;
    button.replaceChildren(icon(message ? "check" : "send"));
    line.value = (message && conversation.editing?.body) ?? conversation.draft;
    measure();
  }

  /** @param {Message} [message] of one's own; without one, an edit ends */
  function edit(message) {
    left = undefined;
    conversation.setTyping(false);
    if (message ? message.id !== conversation.editing?.id : editing) {
      conversation.editing = message;
    }
    put(message);
    line.focus();
  }

  /** @param {string} [wanted] the id of a message of one's own */
  function find(wanted) {
    return conversation.messages.find(({ from, id }) => from === client.user && id === wanted);
  }

  /** The edit that was left goes on if its message is here now; or the draft is another, by another tab perhaps. */
  function changed() {
    const message = find(left?.id);
    if (message?.deleted) {
      conversation.draft ||= left?.body ?? "";
      conversation.editing = left = undefined;
    } else if (message) {
      left = undefined;
      put(message);
    }
    if (!editing && line.value !== conversation.draft) {
      put();
    }
  }

  /** How tall the line is, and whether what stands in it can be sent. */
  function measure() {
    if (!growsBySelf) {
      line.style.height = "0";
      line.style.height = `${line.scrollHeight + 2}px`;
    }
    const body = sendable(line.value);
    const [used, most] = use(body, client.limits);
    const isTooLong = used > most;
    // An empty line goes the page's way, as its placeholder does.
    line.dir = body && "auto";
    // What the Enter of a touch keyboard does is written on it.
    line.enterKeyHint = touch.matches ? "enter" : "send";
    line.ariaInvalid = String(isTooLong);
    button.ariaDisabled = String(isTooLong || BLANK.test(body));
    count.textContent = used < NEAR * most ? "" : words.count(used.toLocaleString(lang), most.toLocaleString(lang));
    say(alert, isTooLong ? words.tooLong : "");
  }

  function send() {
    const body = sendable(line.value);
    if (!editing) {
      conversation.send(body);
      conversation.draft = "";
    } else if (body !== editing.body) {
      // Of another history's message the number would be another one's, if it is there at all.
      const { seq } = find(editing.id) ?? {};
      if (seq === undefined) {
        conversation.draft ||= body;
      } else {
        conversation.edit(seq, body);
      }
    }
    edit();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode } = event;
    const control = ctrlKey || metaKey;
    // 229: the Enter that ends a composition, where isComposing is already false (Safari).
    if (isComposing || keyCode === 229) {
      return;
    }
    if (key === "Enter" && (control || (!shiftKey && !touch.matches))) {
      form.requestSubmit();
    } else if (key === "Escape" && editing) {
      edit();
    } else if (key === "ArrowUp" && !line.value && !editing && !shiftKey && !control && !altKey) {
      const own = conversation.messages.findLast(
        ({ from, deleted, body }) => from === client.user && !deleted && body,
      );
      if (own) {
        edit(own);
      }
    } else {
      return;
    }
    event.preventDefault();
  }

  line.setAttribute("aria-describedby", "quote count");
  line.onkeydown = press;
  line.oninput = () => {
    left = undefined;
    if (editing) {
      conversation.editing = { id: editing.id, body: line.value };
    } else {
      conversation.draft = line.value;
    }
    conversation.setTyping(line.value !== "");
    measure();
  };
  // The focus stays in the line, and with it the keyboard of a phone.
  button.onmousedown = (event) => event.preventDefault();
  form.onsubmit = (event) => {
    event.preventDefault();
    if (button.ariaDisabled === "true") {
      return;
    }
    try {
      send();
    } catch (error) {
      if (!(error instanceof RangeError)) {
        throw error;
      }
      alert.textContent = words.full;
    }
  };
  client.addEventListener("state", measure, { signal });
  signal.addEventListener("abort", () => conversation.setTyping(false));
  conversation.addEventListener("change", changed, { signal });
  put();
  changed();
  return { element: form, line, edit };
}

/**
 * The bytes of the limit that is nearer, and that limit: of the body, or of its frame, where JSON writes some characters
 * in six.
 *
 * @param {string} body
 * @param {import("./im-client.js").Limits} limits
 */
function use(body, { bodyBytes, frameBytes }) {
  const encoder = new TextEncoder();
  const plain = encoder.encode(body).length;
  const framed = encoder.encode(JSON.stringify(body)).length + FRAME_REST_BYTES;
  return framed / frameBytes > plain / bodyBytes ? [framed, frameBytes] : [plain, bodyBytes];
}

/**
 * A frame can hold neither half of a surrogate pair nor U+0000.
 *
 * @param {string} text
 */
function sendable(text) {
  return text.toWellFormed().replaceAll("\0", "");
}
