import { actions } from "./actions.js";
import { emojiOf } from "./chips.js";

/**
 * What is done to messages by keys, clicks and long presses.
 *
 * @typedef {import("./actions.js").Options & {
 *   list: HTMLElement,
 *   rows: import("./rows.js").Rows,
 *   position: import("./scroll-position.js").ScrollPosition,
 *   showNewest: () => void,
 * }} Options
 */

/** @param {Options} options */
export async function gestures(options) {
  const { conversation, user, list, rows, position, showNewest } = options;
  const { open, place } = await actions(options);
  const scroller = /** @type {HTMLElement} */ (list.parentElement);

  /** @param {MouseEvent} event */
  function clicked({ target, detail }) {
    const button = /** @type {Element} */ (target).closest("button");
    const bubble = rows.bubbleAt(button);
    if (!button || !bubble) {
      return;
    }
    const { id, seq, reactions } = bubble.message;
    const { name } = button;
    if (name === "retry" || name === "discard") {
      conversation[name](id);
    } else if (name !== "chip") {
      // A press of a key counts no clicks.
      open(bubble, { byKey: detail === 0, emojiOnly: name === "react" });
    } else if (seq !== undefined) {
      const emoji = emojiOf(button);
      conversation.react(seq, reactions[user] === emoji ? "" : emoji);
    }
  }

  /**
   * A long press has our menu, a mouse the browser's own, and so has a link.
   *
   * @param {MouseEvent} event a PointerEvent in most browsers
   */
  function held(event) {
    const target = /** @type {Element} */ (event.target);
    const { pointerType } = /** @type {PointerEvent} */ (event);
    const bubble = rows.bubbleAt(target);
    if (bubble && pointerType === "touch" && !target.closest("a")) {
      event.preventDefault();
      open(bubble, {});
    }
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const bubble = rows.bubbleAt(target);
    const key = event.shiftKey ? `Shift+${event.key}` : event.key;
    if (!bubble || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const row = bubble.element;
    if (/^(Arrow(Up|Down)|Home|End)$/.test(key)) {
      const other = rowFor(key, row);
      if (!other) {
        return;
      }
      other.focus({ preventScroll: true });
      other.scrollIntoView({ block: "nearest" });
    } else if ((key === "Enter" && target === row) || key === "ContextMenu" || key === "Shift+F10") {
      open(bubble, { byKey: true });
    } else if (key === "Escape" && target !== row) {
      row.focus({ preventScroll: true });
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * The row that a key leads to: this one, if there is none beyond it. None, if there is more of this one to be seen
   * first.
   *
   * @param {string} key
   * @param {HTMLElement} row
   */
  function rowFor(key, row) {
    if (key === "Home") {
      return position.rows[0];
    }
    if (key === "End") {
      showNewest();
      return position.newest;
    }
    const isUp = key === "ArrowUp";
    const frame = scroller.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    const edge = isUp ? frame.top : frame.bottom;
    const goesOn = top < edge && bottom > edge;
    return goesOn ? undefined : (position.rows[[...position.rows].indexOf(row) + (isUp ? -1 : 1)] ?? row);
  }

  list.addEventListener("click", clicked);
  list.addEventListener("contextmenu", held);
  list.addEventListener("keydown", pressed);
  return { place };
}
