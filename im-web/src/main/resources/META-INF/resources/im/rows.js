import { Bubble } from "./bubble.js";
import { element } from "./dom.js";
import { startOfDay } from "./times.js";

const GROUP_MS = 300_000;

/** @typedef {import("./im-client.js").Message} Message */

/** What is in the document of a conversation: bubbles, and the lines between them. */
export class Rows {
  element = element("div", { className: "list" });
  #setting;
  #position;
  #unreadLine;
  /** @type {Map<string, Bubble>} by the keys of their messages, in their order */
  #bubbles = new Map();
  /** @type {Map<string, HTMLElement>} the line of a day, by the key of the message after it */
  #days = new Map();
  /** @type {Bubble | undefined} the one that the Tab key leads to */
  #reachable;

  /**
   * @param {import("./bubble.js").Setting} setting
   * @param {import("./scroll-position.js").ScrollPosition} position
   * @param {HTMLElement} unreadLine
   */
  constructor(setting, position, unreadLine) {
    this.#setting = setting;
    this.#position = position;
    this.#unreadLine = unreadLine;
  }

  /**
   * Shows a part of the messages. What is there already stays as it is, and so does the focus.
   *
   * @param {readonly Message[]} all
   * @param {{from: number, to: number}} span
   * @param {number} unread the index of the message that the unread line stands before
   */
  show(all, { from, to }, unread) {
    const focused = this.#focused();
    const focusedBubble = this.bubbleAt(focused);
    const [bubbles, days] = [new Map(), new Map()];
    /** @type {HTMLElement[]} */
    const nodes = [];
    const joined = (/** @type {number} */ i) => i !== unread && goesOn(all[i - 1], all[i]);
    for (let i = from; i < to; i++) {
      const message = all[i];
      const key = `${message.from} ${message.id}`;
      if (!sameDay(all[i - 1], message)) {
        days.set(key, this.#days.get(key) ?? element("p", { className: "day" }, element("span", {})));
        nodes.push(this.#named(days.get(key), message.at));
      }
      if (i === unread) {
        nodes.push(this.#unreadLine);
      }
      const bubble = this.#bubbles.get(key) ?? new Bubble(message, this.#setting);
      bubble.update(message, joined(i), !joined(i + 1));
      bubbles.set(key, bubble);
      nodes.push(bubble.element);
    }
    const kept = new Set(nodes);
    this.#position.leave((row) => kept.has(row));
    this.#bubbles = bubbles;
    this.#days = days;
    this.#put(nodes, kept);
    this.#position.rows = [...this.#bubbles.values()].map((bubble) => bubble.element);
    this.#position.restore();
    if (focused && !(focused === this.#focused() && focused.checkVisibility())) {
      const stay = focused.isConnected && focused.checkVisibility() ? focused : focusedBubble?.element;
      (stay?.isConnected ? stay : this.current?.element)?.focus({ preventScroll: true });
    }
  }

  /** The one that the reader is at. */
  get current() {
    return this.#position.atEnd ? this.newest : this.bubbleAt(this.#position.anchor);
  }

  get oldest() {
    return this.bubbleAt(this.#position.rows[0]);
  }

  get newest() {
    return this.bubbleAt(this.#position.rows.at(-1));
  }

  /**
   * The bubble that a node is in.
   *
   * @param {EventTarget | null | undefined} node
   */
  bubbleAt(node) {
    const row = /** @type {Element | undefined} */ (node)?.closest(".message");
    return row ? [...this.#bubbles.values()].find((bubble) => bubble.element === row) : undefined;
  }

  /**
   * The Tab key leads to that bubble; without one, to where the reader is, unless the focus is here anyway.
   *
   * @param {Bubble} [bubble]
   */
  reach(bubble = this.#focused() ? this.#reachable : this.current) {
    if (bubble !== this.#reachable || !bubble?.reachable) {
      this.#reachable?.reach(false);
      this.#reachable = bubble;
      bubble?.reach(true);
    }
  }

  #focused() {
    return /** @type {HTMLElement | undefined} */ (this.element.querySelector(":focus") ?? undefined);
  }

  /**
   * @param {HTMLElement} line
   * @param {number} at
   */
  #named(line, at) {
    const name = this.#setting.times.day(at, Date.now());
    if (line.textContent !== name) {
      /** @type {Element} */ (line.firstElementChild).textContent = name;
    }
    return line;
  }

  /**
   * @param {HTMLElement[]} nodes
   * @param {Set<Element>} kept the same
   */
  #put(nodes, kept) {
    // First what goes: then what stays need not move, and keeps its focus and selection.
    for (const child of [...this.element.children]) {
      if (!kept.has(child)) {
        child.remove();
      }
    }
    let next = this.element.firstElementChild;
    for (const node of nodes) {
      if (node === next) {
        next = next.nextElementSibling;
      } else {
        this.element.insertBefore(node, next);
      }
    }
  }
}

/**
 * @param {Message | undefined} before
 * @param {Message} message
 */
function sameDay(before, message) {
  return before !== undefined && startOfDay(before.at) === startOfDay(message.at);
}

/**
 * @param {Message | undefined} before
 * @param {Message | undefined} message
 */
function goesOn(before, message) {
  if (!before || !message || before.from !== message.from) {
    return false;
  }
  return sameDay(before, message) && message.at - before.at < GROUP_MS;
}
