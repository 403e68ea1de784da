import { bubble } from "./bubble.js";
import { element, say } from "./dom.js";
import { startOfDay } from "./times.js";

const GROUP_MS = 300_000;

/** @typedef {import("./im-client.js").Message} Message */
/** @typedef {import("./bubble.js").Bubble} Bubble */
/** @typedef {ReturnType<typeof rows>} Rows */

/**
 * What is in the document of a conversation: bubbles, and the lines between them.
 *
 * @param {import("./bubble.js").Setting} setting
 * @param {import("./scroll-position.js").ScrollPosition} position
 * @param {HTMLElement} list
 * @param {HTMLElement} unreadLine
 */
export function rows(setting, position, list, unreadLine) {
  /** @type {Map<string, Bubble>} by the keys of their messages, in their order */
  let bubbles = new Map();
  /** @type {Bubble | undefined} the one that the Tab key leads to */
  let reachable;

  /** @returns {HTMLElement | null} */
  const focused = () => list.querySelector(":focus");
  /** The one that the reader is at. */
  const current = () => bubbleAt(position.atEnd ? position.newest : position.anchor);

  /**
   * The bubble that a node is in.
   *
   * @param {Element | null | undefined} node
   */
  function bubbleAt(node) {
    const row = node?.closest(".message");
    return row ? [...bubbles.values()].find(({ element }) => element === row) : undefined;
  }

  /**
   * The line of a day before the message that it begins with.
   *
   * @param {Bubble} first
   */
  function dayBefore(first) {
    const words = element("span", {});
    first.day ??= element("p.day", {}, words);
    say(first.day.firstElementChild ?? words, setting.times.day(first.message.at));
    return first.day;
  }

  /** @param {HTMLElement[]} nodes */
  function put(nodes) {
    const kept = new Set(nodes);
    position.leave((row) => kept.has(row));
    // First what goes: then what stays need not move, and keeps its focus and selection.
    for (const child of /** @type {HTMLElement[]} */ ([...list.children])) {
      if (!kept.has(child)) {
        child.remove();
      }
    }
    let next = list.firstElementChild;
    for (const node of nodes) {
      if (node === next) {
        next = next.nextElementSibling;
      } else {
        list.insertBefore(node, next);
      }
    }
    position.restore();
  }

  return {
    bubbleAt,

    /**
     * Shows a part of the messages. What is there already stays as it is, and so does the focus.
     *
     * @param {readonly Message[]} all
     * @param {{from: number, to: number}} span
     * @param {number} unread the index of the message that the unread line stands before
     */
    show(all, { from, to }, unread) {
      const focus = focused();
      const row = bubbleAt(focus)?.element;
      const before = bubbles;
      bubbles = new Map();
      /** @type {HTMLElement[]} */
      const nodes = [];
      const isJoined = (/** @type {number} */ i) => i !== unread && goesOn(all[i - 1], all[i]);
      for (let i = from; i < to; i++) {
        const message = all[i];
        const key = `${message.from} ${message.id}`;
        const one = before.get(key) ?? bubble(message, setting);
        one.update(message, isJoined(i), !isJoined(i + 1));
        bubbles.set(key, one);
        if (!isSameDay(all[i - 1], message)) {
          nodes.push(dayBefore(one));
        }
        if (i === unread) {
          nodes.push(unreadLine);
        }
        nodes.push(one.element);
      }
      put(nodes);
      if (focus) {
        const stay = [focus, row, current()?.element].find((node) => node?.checkVisibility());
        stay?.focus({ preventScroll: true });
      }
    },

    /**
     * The Tab key leads to that bubble; without one, to where the reader is, unless the focus is here anyway.
     *
     * @param {Bubble} [wanted]
     */
    reach(wanted = focused() ? reachable : current()) {
      if (wanted !== reachable) {
        reachable?.reach(false);
        reachable = wanted;
        wanted?.reach(true);
      }
    },
  };
}

/**
 * @param {Message | undefined} before
 * @param {Message} message
 */
function isSameDay(before, message) {
  return before !== undefined && startOfDay(before.at) === startOfDay(message.at);
}

/**
 * @param {Message | undefined} before
 * @param {Message | undefined} message
 */
function goesOn(before, message) {
  return (
    message !== undefined &&
    before?.from === message.from &&
    isSameDay(before, message) &&
    message.at - before.at < GROUP_MS
  );
}
