import { element } from "./dom.js";
import { editing } from "./editing.js";
import { icon } from "./icon.js";
import { more } from "./strings-more.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏", "🎉"];
const GAP_PX = 6;

const COPY = "M9 9h11v11H9zM5 15H4V4h11v1";
const EDIT = "m4 20 1-5L16 4l4 4L9 19z";
const REMOVE = "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13";

/** @typedef {import("./bubble.js").Bubble} Bubble */
/** @typedef {import("./im-client.js").Message} Message */

/**
 * @typedef {object} Options
 * @property {import("./im-client.js").Conversation} conversation
 * @property {string} user
 * @property {import("./strings.js").Strings["timeline"]} strings
 * @property {import("./composer.js").Edit} onEdit
 * @property {HTMLElement} root where the menu is to be
 * @property {AbortSignal} signal
 */

/**
 * How it is opened.
 *
 * @typedef {object} How
 * @property {boolean} [byKey] begins at the first item; a pointer goes where it wants
 * @property {boolean} [emojiOnly]
 */

/**
 * The menu of what can be done with a message: react, copy, edit, delete. It is there as soon as its sheet is.
 *
 * @param {Options} options
 */
export async function actions({ conversation, user, strings: given, onEdit, root, signal }) {
  const strings = { ...more.timeline, ...given };
  const { href } = new URL("actions.css", import.meta.url);
  const menu = element("div.menu", {
    role: "menu",
    tabIndex: -1,
    popover: "manual",
    ariaLabel: strings.actions,
  });
  const cancel = element("button", { type: "button" }, strings.cancel);
  const confirm = element("button", { type: "button", className: "danger" }, strings.delete);
  const question = element("p", { id: "question" }, strings.confirmDelete);
  const dialog = element("dialog", {}, question, element("div", {}, cancel, confirm));
  const scroller = /** @type {HTMLElement} */ (root.firstElementChild);
  /** @type {Bubble | undefined} whose menu is open, or was last */
  let current;
  /** What had the focus before it opened. @type {HTMLElement | null} */
  let opener = null;

  const isOpen = () => menu.matches(":popover-open");

  /**
   * @param {Bubble} bubble
   * @param {How} how
   */
  function open(bubble, { byKey, emojiOnly }) {
    const { emoji, others } = itemsFor(bubble.message);
    const group = element("div", { role: "group", ariaLabel: strings.react }, ...emoji);
    const items = [...(emoji.length > 0 ? [group] : []), ...(emojiOnly ? [] : others)];
    const isAgain = isOpen() && bubble === current;
    close();
    if (isAgain || items.length === 0 || !bubble.element.isConnected) {
      return;
    }
    current = bubble;
    opener = bubble.element.querySelector(":focus");
    menu.replaceChildren(...items);
    menu.showPopover();
    place();
    (byKey ? (emoji[0] ?? others[0]) : menu).focus({ preventScroll: true });
  }

  function close() {
    if (isOpen()) {
      const hadFocus = menu.matches(":focus-within");
      menu.hidePopover();
      if (hadFocus) {
        goBack();
      }
    }
  }

  /** Beside its message, wherever that is now; without one in sight there is no menu either. */
  function place() {
    const bubble = current?.element.querySelector(".bubble");
    if (current?.message.deleted) {
      close();
      dialog.close();
    }
    if (!isOpen() || !bubble) {
      return;
    }
    const frame = scroller.getBoundingClientRect();
    const at = bubble.getBoundingClientRect();
    if (!bubble.isConnected || at.bottom < frame.top || at.top > frame.bottom) {
      close();
      return;
    }
    const { offsetWidth, offsetHeight, style } = menu;
    const isOwn = current?.message.from === user;
    const left = isOwn === (getComputedStyle(menu).direction === "ltr") ? at.right - offsetWidth : at.left;
    const below = at.bottom + GAP_PX;
    const top = below + offsetHeight < innerHeight ? below : at.top - GAP_PX - offsetHeight;
    style.left = `${clamp(left, innerWidth - offsetWidth)}px`;
    style.top = `${clamp(top, innerHeight - offsetHeight)}px`;
  }

  /** What it came from may be gone: a deleted message has no menu. */
  function goBack() {
    const back = [opener, current?.element].find((node) => node?.checkVisibility()) ?? scroller;
    back.focus({ preventScroll: true });
  }

  /** @param {Message} message */
  function itemsFor({ seq, from, body, deleted, reactions }) {
    /** @type {HTMLElement[]} */
    const emoji = [];
    /** @type {HTMLElement[]} */
    const others = [];
    if (deleted) {
      return { emoji, others };
    }
    if (seq !== undefined) {
      const mine = reactions[user];
      for (const one of EMOJI) {
        const act = () => conversation.react(seq, one === mine ? "" : one);
        const node = item("menuitemcheckbox", act, one);
        node.ariaChecked = String(one === mine);
        emoji.push(node);
      }
    }
    if (body && navigator.clipboard) {
      others.push(item("menuitem", () => navigator.clipboard.writeText(body), icon("copy", COPY), strings.copy));
    }
    if (from === user && seq !== undefined) {
      if (body) {
        const edit = () => onEdit(/** @type {Bubble} */ (current).message, editing);
        others.push(item("menuitem", edit, icon("edit", EDIT), strings.edit));
      }
      others.push(item("menuitem", () => dialog.showModal(), icon("remove", REMOVE), strings.delete));
    }
    return { emoji, others };
  }

  /**
   * @param {string} role
   * @param {() => void} act
   * @param {...(Node | string)} children
   */
  function item(role, act, ...children) {
    const onclick = () => {
      close();
      act();
    };
    return element("button", { type: "button", role, tabIndex: -1, onclick }, ...children);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const items = [...menu.querySelectorAll("button")];
    const focused = /** @type {HTMLButtonElement} */ (event.target);
    const at = items.indexOf(focused);
    const forward = getComputedStyle(menu).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    // Up and down, all emoji are one line.
    const lines = items.filter((each, i) => i === 0 || each.role === "menuitem");
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
        close();
        break;
      case "Tab":
        close();
        return;
      default:
        return;
    }
    event.preventDefault();
    next?.focus();
  }

  /**
   * A press elsewhere closes the menu; one on its button will do so by itself. (A popover of the kind "auto" would
   * close when the finger that called it is lifted.)
   *
   * @param {PointerEvent} event
   */
  function pressedAnywhere(event) {
    const tools = current?.element.querySelector(".tools");
    if (!event.composedPath().some((node) => node === menu || node === tools)) {
      close();
    }
  }

  dialog.setAttribute("aria-labelledby", question.id);
  menu.addEventListener("keydown", pressed);
  // Some systems send it when the key is let go, which has opened this menu.
  menu.addEventListener("contextmenu", (event) => event.preventDefault());
  cancel.addEventListener("click", () => dialog.close());
  confirm.addEventListener("click", () => {
    dialog.close();
    conversation.remove(/** @type {number} */ (current?.message.seq));
  });
  // It comes late: the menu may have been opened again, and has the focus.
  dialog.addEventListener("close", () => isOpen() || goBack());
  await new Promise((onload, onerror) => root.append(element("link", { rel: "stylesheet", href, onload, onerror })));
  root.append(menu, dialog);
  addEventListener("pointerdown", pressedAnywhere, { capture: true, signal });
  return { open, place };
}

/**
 * @param {number} px
 * @param {number} most
 */
function clamp(px, most) {
  return Math.max(GAP_PX, Math.min(px, most - GAP_PX));
}
