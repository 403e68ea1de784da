import { Actions } from "./actions.js";
import { Announcer } from "./announcer.js";
import { element } from "./dom.js";
import { Gestures } from "./gestures.js";
import { JumpButton } from "./jump-button.js";
import { ScrollPosition } from "./scroll-position.js";
import { Rows } from "./rows.js";
import { Span } from "./span.js";
import { Times, nextDay } from "./times.js";
import { UnreadLine } from "./unread-line.js";

/** So many messages are kept in memory for a reader who is at the end. */
const KEPT = 500;

/** @typedef {import("./im-client.js").Message} Message */

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The messages of a conversation on the screen, a part of them at a time. */
export class Timeline {
  #conversation;
  #strings;
  #edge = element("p", { className: "edge" });
  #empty = element("p", { className: "empty", hidden: true });
  #scroller = element("div", { className: "scroller", part: "timeline", role: "group", tabIndex: -1 });
  #position = new ScrollPosition(this.#scroller);
  #span = new Span();
  #unread;
  #rows;
  #jump;
  #announcer;
  #actions;
  /** @type {readonly Message[]} all of them, as they were at the last rendering */
  #all = [];
  /** @type {Map<string, string>} the states of what waited to be sent when last looked at, by their ids */
  #pending = new Map();
  /** Whether the reader has been shown where to begin. */
  #opened = false;
  /** Whether something came while nobody looked, and the reader has not been shown where it begins. */
  #missed = false;
  /** @type {number | undefined} */
  #frame;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #midnight;
  #end = new AbortController();

  /**
   * @param {object} options
   * @param {import("./im-client.js").Conversation} options.conversation
   * @param {string} options.user who one is
   * @param {import("./strings.js").Strings} options.strings
   * @param {string} options.locale
   * @param {(message: Message) => void} options.onEdit
   */
  constructor({ conversation, user, strings: { timeline: strings }, locale, onEdit }) {
    const setting = { user, strings, times: new Times(locale), list: new Intl.ListFormat(locale) };
    this.#conversation = conversation;
    this.#strings = strings;
    this.#unread = new UnreadLine(strings.newMessages);
    this.#rows = new Rows(setting, this.#position, this.#unread.element);
    this.#jump = new JumpButton(strings.jump);
    this.#announcer = new Announcer(strings.arriving);
    this.#actions = new Actions({ conversation, user, strings, onEdit, home: this.#scroller });
    const [rows, position, actions] = [this.#rows, this.#position, this.#actions];
    new Gestures({ conversation, user, rows, position, actions, onEnd: () => this.showNewest() });
    this.#empty.textContent = strings.empty;
    this.#scroller.ariaLabel = strings.messages;
    this.#scroller.append(this.#edge, this.#empty, this.#rows.element);
    this.element = element(
      "div",
      { className: "timeline" },
      this.#scroller,
      this.#jump.element,
      this.#announcer.element,
      ...this.#actions.elements,
    );
    this.#listen();
    this.#changed();
    this.#render();
    conversation.load();
  }

  /** Goes to the end, as after sending. */
  showNewest() {
    this.#position.scrolled();
    this.#position.atEnd = true;
    this.#render();
  }

  destroy() {
    this.#end.abort();
    this.#actions.destroy();
    cancelAnimationFrame(this.#frame ?? 0);
    clearTimeout(this.#midnight);
    this.element.remove();
  }

  #listen() {
    /**
     * @param {EventTarget} target
     * @param {string} types
     * @param {(event: any) => void} listener
     */
    const on = (target, types, listener) => {
      const options = { passive: true, signal: this.#end.signal };
      types.split(" ").forEach((type) => target.addEventListener(type, listener, options));
    };
    on(this.#conversation, "change", () => this.#changed());
    on(this.#conversation, "message", (event) => this.#arrived(event.detail.message));
    on(this.#scroller, "scroll", () => this.#scrolled());
    on(this.#scroller, "wheel pointerdown keydown", () => this.#position.seize());
    on(this.#jump.element, "click", () => this.#jumpToEnd());
    on(document, "visibilitychange", () => this.#schedule());
    on(window, "focus scroll", () => this.#look());
    const observer = new ResizeObserver(() => this.#resized());
    observer.observe(this.#scroller);
    observer.observe(this.#rows.element);
    this.#end.signal.addEventListener("abort", () => observer.disconnect());
  }

  #changed() {
    const { pending } = this.#conversation;
    if (this.#opened && pending.some(({ id }) => !this.#pending.has(id))) {
      this.#unread.remove();
      this.#position.atEnd = true;
    }
    for (const { id, state, body } of pending) {
      if (state === "failed" && this.#pending.get(id) === "sending") {
        this.#announcer.say(this.#strings.notSent(body));
      }
    }
    this.#pending = new Map(pending.map(({ id, state }) => [id, state]));
    this.#schedule();
  }

  #schedule() {
    this.#frame ??= requestAnimationFrame(() => this.#render());
  }

  /** @param {Message} message */
  #arrived({ seq, from, body }) {
    this.#position.scrolled();
    const { peer, read } = this.#conversation;
    if (from === peer && seq !== undefined) {
      this.#announcer.say(this.#strings.says(peer) + (body || this.#strings.attachment));
      if (this.#opened && !(this.#attended && this.#position.atEnd)) {
        this.#unread.add(seq, read);
        this.#missed = this.#position.atEnd;
      }
    }
  }

  /** Whether somebody is looking. */
  get #attended() {
    return this.#position.visible && !document.hidden && document.hasFocus();
  }

  #resized() {
    if (this.#opened) {
      this.#position.restore();
      this.#look();
    } else {
      this.#render();
    }
  }

  #scrolled() {
    if (this.#position.scrolled()) {
      this.#settle();
      this.#look();
    }
  }

  #render() {
    cancelAnimationFrame(this.#frame ?? 0);
    this.#frame = undefined;
    const { messages, pending, loaded, atStart } = this.#conversation;
    const opening = loaded && !this.#opened && this.#position.visible;
    if (opening) {
      this.#unread.open(this.#conversation);
    }
    this.#opened = loaded && (this.#opened || opening);
    this.#position.scrolled();
    this.#all = [...messages, ...pending];
    this.#span.follow(this.#all, this.#position.atEnd);
    this.#show();
    if ((opening || this.#missed) && this.#unread.element.isConnected) {
      this.#position.goTo(this.#unread.element);
    }
    this.#missed = false;
    const none = this.#all.length === 0;
    this.#empty.hidden = !(loaded && atStart && none);
    this.#edge.classList.toggle("late", !loaded);
    this.#edge.textContent = loaded && atStart ? (none ? "" : this.#strings.beginning) : this.#strings.loading;
    this.#settle();
    this.#look();
    clearTimeout(this.#midnight);
    this.#midnight = setTimeout(() => this.#schedule(), nextDay(Date.now()) - Date.now());
  }

  #show() {
    const { messages, peer, atStart } = this.#conversation;
    this.#position.complete = this.#span.to === this.#all.length;
    this.#rows.show(this.#all, this.#span, this.#unread.indexIn(messages, peer, atStart));
  }

  /** Sees to it that there are messages enough around those in sight, and not too many elsewhere. */
  #settle() {
    if (!this.#opened || !this.#position.visible) {
      return;
    }
    const { first, last } = this.#position.inSight();
    const { from } = this.#span;
    if (this.#span.surround(this.#all, from + first, from + last)) {
      this.#show();
    }
    if (!this.#conversation.atStart && Span.wantsOlder(from + first)) {
      this.#conversation.loadOlder();
    }
    if (this.#position.atEnd && this.#conversation.messages.length > KEPT) {
      this.#conversation.trim(KEPT);
    }
  }

  /** What depends on what is in sight. */
  #look() {
    const { peer, read, unread } = this.#conversation;
    if (this.#position.atEnd && this.#jump.element.matches(":focus")) {
      this.#rows.newest?.element.focus({ preventScroll: true });
    }
    this.#jump.update(!this.#position.atEnd, unread);
    this.#rows.reach();
    this.#actions.place();
    if (this.#opened && this.#attended) {
      const { first, last } = this.#position.inSight();
      const { from } = this.#span;
      const inSight = this.#all.slice(from + first, from + last + 1);
      const seq = inSight.findLast((message) => message.from === peer)?.seq ?? 0;
      if (seq > read) {
        this.#conversation.markRead(seq);
      }
    }
  }

  #jumpToEnd() {
    if (calm.matches || this.#span.to < this.#all.length) {
      this.showNewest();
    } else {
      this.#position.glideToEnd();
      this.#look();
    }
  }
}
