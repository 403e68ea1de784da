import { element } from "./dom.js";
import { icon } from "./icon.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏", "🎉"];
const GAP_PX = 6;

/** @typedef {import("./bubble.js").Bubble} Bubble */
/** @typedef {import("./im-client.js").Message} Message */

/** The menu of what can be done with a message: react, copy, edit, delete. */
export class Actions {
  #conversation;
  #user;
  #strings;
  #onEdit;
  #menu = element("div", { className: "menu", role: "menu", tabIndex: -1, popover: "manual" });
  #question = element("p", { id: "question" });
  #cancel = element("button", { type: "button", autofocus: true });
  #delete = element("button", { type: "button", className: "danger" });
  #dialog = element("dialog", {}, this.#question, element("div", {}, this.#cancel, this.#delete));
  elements = [this.#menu, this.#dialog];
  /** @type {Bubble | undefined} whose menu is open, or was last */
  #bubble;
  #home;
  #end = new AbortController();

  /**
   * @param {object} options
   * @param {import("./im-client.js").Conversation} options.conversation
   * @param {string} options.user
   * @param {import("./strings.js").Strings["timeline"]} options.strings
   * @param {(message: Message) => void} options.onEdit
   * @param {HTMLElement} options.home where the messages are
   */
  constructor({ conversation, user, strings, onEdit, home }) {
    this.#home = home;
    this.#conversation = conversation;
    this.#user = user;
    this.#strings = strings;
    this.#onEdit = onEdit;
    this.#menu.ariaLabel = strings.actions;
    this.#question.textContent = strings.confirmDelete;
    this.#cancel.textContent = strings.cancel;
    this.#delete.textContent = strings.delete;
    this.#dialog.setAttribute("aria-labelledby", "question");
    this.#menu.addEventListener("keydown", (event) => this.#pressed(event));
    // Some systems send it when the key is let go, which has opened this menu.
    this.#menu.addEventListener("contextmenu", (event) => event.preventDefault());
    this.#cancel.addEventListener("click", () => this.#dialog.close());
    this.#delete.addEventListener("click", () => {
      this.#dialog.close();
      this.#conversation.remove(/** @type {number} */ (this.#bubble?.message.seq));
    });
    // What it came from may be gone: a deleted message has no menu. The event comes late: the menu may be open again.
    this.#dialog.addEventListener("close", () => this.isOpen || this.#goBack());
    addEventListener("pointerdown", (event) => this.#pressedAt(event.composedPath()), {
      capture: true,
      signal: this.#end.signal,
    });
  }

  get isOpen() {
    return this.#menu.matches(":popover-open");
  }

  destroy() {
    this.#end.abort();
  }

  /**
   * @param {Bubble} bubble
   * @param {object} [options]
   * @param {boolean} [options.byKey] begins at the first item; a pointer goes where it wants
   * @param {boolean} [options.emojiOnly]
   */
  open(bubble, { byKey = false, emojiOnly = false } = {}) {
    const { emoji, others } = this.#itemsFor(bubble.message);
    const group = element("div", { role: "group", ariaLabel: this.#strings.react }, ...emoji);
    const items = [...(emoji.length > 0 ? [group] : []), ...(emojiOnly ? [] : others)];
    const again = this.isOpen && bubble === this.#bubble;
    this.close();
    if (again || items.length === 0) {
      return;
    }
    this.#bubble = bubble;
    this.#menu.replaceChildren(...items);
    this.#menu.showPopover();
    this.place();
    (byKey ? (emoji[0] ?? others[0]) : this.#menu).focus({ preventScroll: true });
  }

  close() {
    if (this.isOpen) {
      const focused = this.#menu.matches(":focus-within");
      this.#menu.hidePopover();
      if (focused) {
        this.#goBack();
      }
    }
  }

  /** Beside its message, wherever that is now; without one in sight there is no menu either. */
  place() {
    if (!this.isOpen) {
      return;
    }
    const bubble = this.#bubble?.element.querySelector(".bubble");
    const frame = this.#home.getBoundingClientRect();
    const at = bubble?.getBoundingClientRect();
    if (!at || !bubble?.isConnected || at.bottom < frame.top || at.top > frame.bottom) {
      this.close();
      return;
    }
    const { offsetWidth, offsetHeight, style } = this.#menu;
    const rightwards = (this.#bubble?.own === true) === (getComputedStyle(this.#menu).direction === "ltr");
    const left = rightwards ? at.right - offsetWidth : at.left;
    const below = at.bottom + GAP_PX;
    const top = below + offsetHeight < innerHeight ? below : at.top - GAP_PX - offsetHeight;
    style.left = `${clamp(left, innerWidth - offsetWidth)}px`;
    style.top = `${clamp(top, innerHeight - offsetHeight)}px`;
  }

  /**
   * A press elsewhere closes the menu; one on its button will do so by itself. (A popover of the kind "auto" would
   * close when the finger that called it is lifted.)
   *
   * @param {EventTarget[]} path
   */
  #pressedAt(path) {
    const tools = this.#bubble?.element.querySelector(".tools");
    if (!path.includes(this.#menu) && !(tools && path.includes(tools))) {
      this.close();
    }
  }

  #goBack() {
    const row = this.#bubble?.element;
    (row?.isConnected ? row : this.#home).focus({ preventScroll: true });
  }

  /** @param {Message} message */
  #itemsFor({ seq, from, body, deleted, reactions }) {
    const own = from === this.#user;
    const emoji = [];
    const others = [];
    if (seq !== undefined && !deleted) {
      const mine = reactions[this.#user];
      for (const one of EMOJI) {
        const item = this.#item("menuitemcheckbox", () => this.#conversation.react(seq, one === mine ? "" : one));
        item.ariaChecked = String(one === mine);
        item.append(one);
        emoji.push(item);
      }
    }
    if (body && !deleted && navigator.clipboard) {
      others.push(this.#labelled("copy", this.#strings.copy, () => navigator.clipboard.writeText(body)));
    }
    if (own && seq !== undefined && !deleted) {
      if (body) {
        const edit = () => this.#onEdit(/** @type {Bubble} */ (this.#bubble).message);
        others.push(this.#labelled("edit", this.#strings.edit, edit));
      }
      others.push(this.#labelled("remove", this.#strings.delete, () => this.#dialog.showModal()));
    }
    return { emoji, others };
  }

  /**
   * @param {"copy" | "edit" | "remove"} picture
   * @param {string} label
   * @param {() => void} act
   */
  #labelled(picture, label, act) {
    const node = this.#item("menuitem", act);
    node.append(icon(picture), label);
    return node;
  }

  /**
   * @param {string} role
   * @param {() => void} act
   */
  #item(role, act) {
    const node = element("button", { type: "button", role, tabIndex: -1 });
    node.addEventListener("click", () => {
      this.close();
      act();
    });
    return node;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const items = [...this.#menu.querySelectorAll("button")];
    const focused = /** @type {HTMLButtonElement} */ (event.target);
    const at = items.indexOf(focused);
    const forward = getComputedStyle(this.#menu).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    // Up and down, all emoji are one line.
    const lines = items.filter((item, i) => i === 0 || item.role === "menuitem");
    const line = at < 0 ? -1 : Math.max(lines.indexOf(focused), 0);
    /** @type {HTMLButtonElement | undefined} */
    let next;
    switch (event.key) {
      case "ArrowDown":
        next = lines[(line + 1) % lines.length];
        break;
      case "ArrowUp":
        next = lines.at(Math.max(line, 0) - 1);
        break;
      case "ArrowLeft":
      case "ArrowRight":
        next = items.at((event.key === forward ? at + 1 : Math.max(at, 0) - 1) % items.length);
        break;
      case "Home":
        next = items[0];
        break;
      case "End":
        next = items.at(-1);
        break;
      case "Escape":
        this.close();
        break;
      case "Tab":
        this.close();
        return;
      default:
        return;
    }
    event.preventDefault();
    next?.focus();
  }
}

/**
 * @param {number} px
 * @param {number} most
 */
function clamp(px, most) {
  return Math.max(GAP_PX, Math.min(px, most - GAP_PX));
}
