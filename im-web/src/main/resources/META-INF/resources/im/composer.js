import { closeButton } from "./close-button.js";
import { element } from "./dom.js";
import { icon } from "./icon.js";

/** @typedef {import("./im-client.js").Message} Message */

/** The part of a limit from which on one is told how far it is. */
const NEAR = 0.9;
/** What a frame has besides the body, at most: names, an id, a number. */
const FRAME_REST_BYTES = 256;

const touch = matchMedia("(pointer: coarse) and (hover: none)");
const growsBySelf = CSS.supports("field-sizing", "content");
const encoder = new TextEncoder();

/** The line that one writes in. What is not sent stays in it. */
export class Composer {
  #conversation;
  #client;
  #strings;
  #lang;
  #onSent;
  #count = element("span", { id: "count" });
  #alert = element("span", { role: "alert" });
  #quote = element("span", { className: "quote", id: "quote", dir: "auto" });
  #line = element("textarea", { className: "input", part: "input", rows: 1, autocomplete: "off" });
  #send = element("button", { className: "submit", part: "send" });
  #editingBar;
  #end = new AbortController();
  /** @type {Message | undefined} what is being edited */
  #editing;

  /**
   * @param {object} options
   * @param {import("./im-client.js").Conversation} options.conversation
   * @param {import("./im-client.js").Client} options.client
   * @param {import("./strings.js").Strings} options.strings
   * @param {() => void} options.onSent a new message is on its way
   */
  constructor({ conversation, client, strings, onSent }) {
    this.#conversation = conversation;
    this.#client = client;
    this.#strings = strings.chat;
    this.#lang = strings.lang;
    this.#onSent = onSent;
    const { editing, cancel } = this.#strings;
    this.#editingBar = element(
      "div",
      { className: "editing", hidden: true },
      element("span", { className: "editing-words" }, element("strong", {}, editing), this.#quote),
      closeButton(cancel, () => this.#stopEditing()),
    );
    this.#line.placeholder = this.#strings.message;
    this.#line.setAttribute("aria-describedby", "quote count");
    this.element = element(
      "form",
      { className: "composer", part: "composer", noValidate: true },
      this.#editingBar,
      element("div", { className: "count" }, this.#alert, " ", this.#count),
      element("div", { className: "row" }, this.#line, this.#send),
    );
    this.#line.value = conversation.draft;
    this.#listen();
    this.#hint();
    this.#label();
    this.#measure();
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    this.#line.focus(options);
  }

  /**
   * Puts a message of one's own into the line; its draft comes back afterwards.
   *
   * @param {Message} message
   */
  edit(message) {
    this.#editing = message;
    this.#quote.textContent = message.body;
    this.#label();
    this.#put(message.body);
    this.focus();
    this.#line.setSelectionRange(message.body.length, message.body.length);
  }

  destroy() {
    this.#end.abort();
    this.#conversation.setTyping(false);
  }

  #listen() {
    const { signal } = this.#end;
    touch.addEventListener("change", () => this.#hint(), { signal });
    this.#client.addEventListener("state", () => this.#measure(), { signal });
    this.#line.addEventListener("input", () => this.#changed());
    this.#line.addEventListener("keydown", (event) => this.#pressed(event));
    // The focus stays in the line, and with it the keyboard of a phone.
    this.#send.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  #changed() {
    if (!this.#editing) {
      this.#conversation.draft = this.#line.value;
    }
    this.#conversation.setTyping(this.#line.value !== "");
    this.#measure();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // 229: the Enter that ends a composition, where isComposing is already false (Safari).
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const control = ctrlKey || metaKey;
    if (key === "Enter" && (control || (!shiftKey && !touch.matches))) {
      this.element.requestSubmit();
    } else if (key === "Escape" && this.#editing) {
      this.#stopEditing();
    } else if (key === "ArrowUp" && !this.#line.value && !this.#editing && !shiftKey && !control && !altKey) {
      this.#editNewest();
    } else {
      return;
    }
    event.preventDefault();
  }

  #editNewest() {
    const own = this.#conversation.messages.findLast(
      ({ from, deleted, body }) => from === this.#client.user && !deleted && body,
    );
    if (own) {
      this.edit(own);
    }
  }

  #submit() {
    if (this.#send.ariaDisabled === "true") {
      return;
    }
    try {
      this.#give(sendable(this.#line.value));
    } catch (error) {
      if (!(error instanceof RangeError)) {
        throw error;
      }
      this.#alert.textContent = this.#strings.full;
    }
  }

  /**
   * @param {string} body
   * @throws {RangeError} if too many are waiting already
   */
  #give(body) {
    if (this.#editing) {
      const { seq, body: before } = this.#editing;
      this.#conversation.setTyping(false);
      if (seq !== undefined && body !== before) {
        this.#conversation.edit(seq, body);
      }
      this.#stopEditing();
    } else {
      this.#conversation.send(body);
      this.#conversation.draft = "";
      this.#put("");
      this.#onSent();
      this.focus();
    }
  }

  #stopEditing() {
    this.#editing = undefined;
    this.#quote.textContent = "";
    this.#label();
    this.#put(this.#conversation.draft);
    this.focus();
  }

  /** @param {string} text */
  #put(text) {
    this.#line.value = text;
    this.#measure();
  }

  /** What the Enter of a touch keyboard does is written on it. */
  #hint() {
    this.#line.enterKeyHint = touch.matches ? "enter" : "send";
  }

  #label() {
    const { editing, messageTo, save, send } = this.#strings;
    this.#editingBar.hidden = !this.#editing;
    this.#line.ariaLabel = this.#editing ? editing : messageTo(this.#conversation.peer);
    this.#send.ariaLabel = this.#send.title = this.#editing ? save : send;
    this.#send.replaceChildren(icon(this.#editing ? "check" : "send"));
  }

  /** How tall the line is, and whether what stands in it can be sent. */
  #measure() {
    if (!growsBySelf) {
      this.#line.style.height = "0";
      this.#line.style.height = `${this.#line.scrollHeight + this.#line.offsetHeight - this.#line.clientHeight}px`;
    }
    const body = sendable(this.#line.value);
    // An empty line goes the page's way, as its placeholder does.
    this.#line.dir = body && "auto";
    const [used, most] = this.#used(body);
    const tooLong = used > most;
    const [bytes, limit] = [used, most].map((number) => number.toLocaleString(this.#lang));
    this.#count.textContent = used < NEAR * most ? "" : this.#strings.count(bytes, limit);
    const words = tooLong ? this.#strings.tooLong : "";
    // It is announced when it comes, and not again at each key.
    if (this.#alert.textContent !== words) {
      this.#alert.textContent = words;
    }
    this.#line.ariaInvalid = String(tooLong);
    this.#send.ariaDisabled = String(tooLong || body.trim() === "");
  }

  /**
   * The bytes of the limit that is nearer: of the body, or of its frame, where JSON writes some characters in six.
   *
   * @param {string} body
   */
  #used(body) {
    const { bodyBytes, frameBytes } = this.#client.limits;
    const plain = encoder.encode(body).length;
    const framed = encoder.encode(JSON.stringify(body)).length + FRAME_REST_BYTES;
    return framed / frameBytes > Math.max(plain / bodyBytes, NEAR) ? [framed, frameBytes] : [plain, bodyBytes];
  }
}

/**
 * A frame can hold neither half of a surrogate pair nor U+0000.
 *
 * @param {string} text
 */
function sendable(text) {
  return text.toWellFormed().replaceAll("\0", "");
}
