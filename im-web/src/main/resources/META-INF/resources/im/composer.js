import { element, say } from "./dom.js";
import { icon } from "./icon.js";

/** @typedef {import("./im-client.js").Message} Message */

/**
 * What is written in the line: a new message, or (editing.js) the edit of one.
 *
 * @typedef {object} Writing
 * @property {string} label
 * @property {string} action what the button does, in words
 * @property {"send" | "check"} picture of that
 * @property {() => string} text as it was left
 * @property {(text: string) => void} keep
 * @property {(body: string) => void} send throws a RangeError if too much is waiting already
 * @property {() => boolean} [changed] something in the conversation did; whether this is over now, by another tab
 * @property {() => void} [end]
 * @property {HTMLElement} [bar] above the line
 */

/**
 * Edits a message of one's own; without one, that whose edit was left, if it is here by now.
 *
 * @typedef {(message?: Message, editing?: typeof import("./editing.js").editing) => Promise<void>} Edit
 */

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
  /** @type {Writing} */
  const fresh = {
    label: words.messageTo(conversation.peer),
    action: words.send,
    picture: "send",
    text: () => conversation.draft,
    keep: (text) => (conversation.draft = text),
    send(body) {
      conversation.send(body);
      conversation.draft = "";
    },
  };
  let writing = fresh;
  /** An edit was begun when the line was last shown; it goes on, unless something else is written before. */
  let isLeft = conversation.editing !== undefined;
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
    element("div.count", {}, alert, " ", count),
    element("div.row", {}, line, button),
  );

  /** @param {Writing} next */
  function put(next) {
    writing.bar?.remove();
    writing = next;
    if (next.bar) {
      form.prepend(next.bar);
    }
    line.ariaLabel = next.label;
    button.ariaLabel = button.title = next.action;
    button.replaceChildren(icon(next.picture));
    line.value = next.text();
    measure();
  }

  /** To the next new message. */
  function end() {
    writing.end?.();
    conversation.setTyping(false);
    put(fresh);
    line.focus();
  }

  /**
   * Edits a message; if what that takes cannot be loaded, nothing happens, and one may try again.
   *
   * @type {Edit}
   */
  async function edit(message, editing) {
    // What is typed meanwhile is meant for the edit.
    line.readOnly = message !== undefined;
    editing ??= (await import("./editing.js").catch(() => undefined))?.editing;
    line.readOnly = false;
    const next = editing?.(conversation, client.user, words, end, message);
    if (next && !signal.aborted && (message || isLeft)) {
      isLeft = false;
      put(next);
      if (message) {
        line.focus();
      }
    }
  }

  /** The edit that was left may go on; or the draft is another, by another tab perhaps. */
  async function changed() {
    if (isLeft) {
      await edit();
      isLeft &&= conversation.editing !== undefined;
    }
    if (writing.changed?.()) {
      put(fresh);
    } else if (line.value !== writing.text()) {
      put(writing);
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
    } else if (key === "Escape" && writing !== fresh) {
      end();
    } else if (key === "ArrowUp" && !line.value && writing === fresh && !shiftKey && !control && !altKey) {
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
    isLeft = false;
    writing.keep(line.value);
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
      writing.send(sendable(line.value));
      end();
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
  put(fresh);
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
 * A frame can hold neither half of a surrogate pair nor U+0000; and nobody wants to send the empty lines at the end.
 *
 * @param {string} text
 */
function sendable(text) {
  const sound = text.toWellFormed().replaceAll("\0", "");
  const end = sound.indexOf("\n", sound.trimEnd().length);
  return end < 0 ? sound : sound.slice(0, end);
}
