/** @typedef {import("./bubble.js").Bubble} Bubble */

/** What is done to messages by keys, clicks and long presses. */
export class Gestures {
  #conversation;
  #user;
  #rows;
  #position;
  #actions;
  #onEnd;

  /**
   * @param {object} options
   * @param {import("./im-client.js").Conversation} options.conversation
   * @param {string} options.user
   * @param {import("./rows.js").Rows} options.rows
   * @param {import("./scroll-position.js").ScrollPosition} options.position
   * @param {import("./actions.js").Actions} options.actions
   * @param {() => void} options.onEnd the newest message is wanted
   */
  constructor({ conversation, user, rows, position, actions, onEnd }) {
    this.#conversation = conversation;
    this.#user = user;
    this.#rows = rows;
    this.#position = position;
    this.#actions = actions;
    this.#onEnd = onEnd;
    const { element } = rows;
    element.addEventListener("focusin", ({ target }) => rows.reach(rows.bubbleAt(target)));
    element.addEventListener("click", (event) => this.#clicked(event));
    element.addEventListener("contextmenu", (event) => this.#held(event));
    element.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** @param {MouseEvent} event */
  #clicked({ target, detail }) {
    const button = /** @type {Element} */ (target).closest("button");
    const bubble = button && this.#rows.bubbleAt(button);
    if (!bubble) {
      return;
    }
    const { id, seq, reactions } = bubble.message;
    switch (button.name) {
      case "retry":
        this.#conversation.retry(id);
        break;
      case "discard":
        this.#conversation.discard(id);
        break;
      case "chip":
        if (seq !== undefined) {
          const emoji = bubble.emojiOf(button);
          this.#conversation.react(seq, reactions[this.#user] === emoji ? "" : emoji);
        }
        break;
      default:
        // A press of a key counts no clicks.
        this.#actions.open(bubble, { byKey: detail === 0, emojiOnly: button.name === "react" });
    }
  }

  /**
   * A long press has our menu, a mouse the browser's own, and so has a link.
   *
   * @param {MouseEvent} event a PointerEvent in most browsers
   */
  #held(event) {
    const target = /** @type {Element} */ (event.target);
    const touch = /** @type {PointerEvent} */ (event).pointerType === "touch";
    const bubble = this.#rows.bubbleAt(target);
    if (bubble && touch && !target.closest("a")) {
      event.preventDefault();
      this.#actions.open(bubble);
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const { target } = event;
    const bubble = this.#rows.bubbleAt(target);
    const key = event.shiftKey ? `Shift+${event.key}` : event.key;
    if (!bubble || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const row = bubble.element;
    if (/^(Arrow(Up|Down)|Home|End)$/.test(key)) {
      const other = this.#from(row, key);
      if (!other) {
        return;
      }
      other.focus({ preventScroll: true });
      other.scrollIntoView({ block: "nearest" });
    } else if ((key === "Enter" && target === row) || key === "ContextMenu" || key === "Shift+F10") {
      this.#actions.open(bubble, { byKey: true });
    } else if (key === "Escape" && target !== row) {
      row.focus({ preventScroll: true });
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * The row that a key leads to. None, if there is more of this one to be seen first.
   *
   * @param {HTMLElement} row
   * @param {string} key
   */
  #from(row, key) {
    if (key === "Home") {
      return this.#rows.oldest?.element;
    }
    if (key === "End") {
      this.#onEnd();
      return this.#rows.newest?.element;
    }
    const up = key === "ArrowUp";
    return this.#position.goesOn(row, up) ? undefined : this.#position.beside(row, up ? -1 : 1);
  }
}
