import { element } from "./dom.js";
import { icon } from "./icon.js";

/** @typedef {import("./im-client.js").Message} Message */
/** @typedef {ReturnType<typeof bubble>} Bubble */

/**
 * What all bubbles of a timeline have in common.
 *
 * @typedef {object} Setting
 * @property {string} user who one is
 * @property {import("./strings.js").Strings["timeline"]} strings
 * @property {import("./times.js").Times} times
 * @property {string} locale
 */

const ICON = /** @type {const} */ ({
  sending: "clock",
  failed: "failed",
  sent: "check",
  delivered: "checks",
  read: "checks",
});

/** A few emoji and nothing else are shown large. */
const LARGE = new RegExp("^\\p{RGI_Emoji}{1,3}$", "v");

let count = 0;

/**
 * A message on the screen, from when it is written until it is far out of sight.
 *
 * @param {Message} message
 * @param {Setting} setting
 */
export function bubble(message, setting) {
  const { user, strings, times } = setting;
  const isOwn = message.from === user;
  const words = element("span");
  const edited = element("span.edited", {}, strings.edited);
  const time = element("time", { dir: "auto" });
  const mark = element("span.mark");
  const tools = element(
    "div.tools",
    {},
    opener("react", strings.react, "smile"),
    opener("more", strings.actions, "more"),
  );
  const chips = element("div.chips");
  const trouble = element("div.failure");
  const foot = element("span.foot", {}, edited, time, mark);
  const text = element("p.text", { dir: "auto" }, words, foot);
  const says = unseen(strings.says(isOwn ? strings.you : message.from));
  const box = element("div.bubble", { part: "bubble", id: `message-${count++}` }, says, text);
  const row = element(
    "article",
    { className: `message ${isOwn ? "own" : "other"}`, part: "message", tabIndex: -1 },
    element("div.line", {}, box, tools),
    chips,
    trouble,
  );
  row.setAttribute("aria-labelledby", box.id);
  show();

  function show() {
    const { seq, at, body, deleted } = message;
    const quiet = deleted ? strings.deleted : body ? "" : strings.attachment;
    words.className = quiet ? "quiet" : LARGE.test(body) ? "large" : "";
    if (words.textContent !== (quiet || body)) {
      words.textContent = quiet || body;
    }
    time.dateTime = new Date(at).toISOString();
    time.textContent = times.time(at);
    time.title = times.exact(at);
    edited.hidden = !message.edited || deleted;
    tools.hidden = deleted || (seq === undefined && !body);
    if (isOwn) {
      showState();
    }
    showMore().catch(() => {});
  }

  /** What few messages have is loaded with the first of them that has it; without it there is still the text. */
  async function showMore() {
    const { body, code = "", state, reactions } = message;
    if (/https?:/i.test(body) && !words.firstElementChild) {
      const { linked } = await import("./links.js");
      if (words.textContent === body) {
        words.replaceChildren(...linked(body));
      }
    }
    if (state === "failed" && !trouble.firstElementChild) {
      const { failure } = await import("./failure.js");
      if (message.state === state) {
        trouble.replaceChildren(...failure(code, strings));
      }
    }
    if (chips.firstElementChild || Object.keys(reactions).length > 0) {
      const { showReactions } = await import("./chips.js");
      showReactions(chips, message, setting);
    }
    reach(row.tabIndex === 0);
  }

  function showState() {
    const { changing } = message;
    const state = changing ? "sending" : message.state;
    if (mark.classList.contains(state)) {
      return;
    }
    mark.className = `mark ${state}`;
    mark.replaceChildren(icon(ICON[state]), unseen(strings.states[state]));
    trouble.replaceChildren();
  }

  /** @param {boolean} isReachable whether the Tab key leads into it */
  function reach(isReachable) {
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("a, button"))) {
      node.tabIndex = isReachable ? 0 : -1;
    }
    row.tabIndex = isReachable ? 0 : -1;
  }

  return {
    element: row,
    reach,
    get message() {
      return message;
    },
    /** @type {HTMLElement | undefined} the line of the day that begins with it */
    day: undefined,

    /**
     * @param {Message} now it in its present state
     * @param {boolean} isJoined whether it goes on from the one above it
     * @param {boolean} isTail whether none goes on from it
     */
    update(now, isJoined, isTail) {
      row.classList.toggle("joined", isJoined);
      row.classList.toggle("tail", isTail);
      if (now !== message) {
        message = now;
        show();
      }
    },
  };
}

/** @param {string} text for screen readers */
export function unseen(text) {
  return element("span.unseen", {}, text);
}

/**
 * @param {string} name what it does
 * @param {...(Node | string)} children
 */
export function button(name, ...children) {
  return element("button", { type: "button", name, className: name }, ...children);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {"smile" | "more"} picture
 */
function opener(name, label, picture) {
  return Object.assign(button(name, icon(picture)), { ariaLabel: label, title: label, ariaHasPopup: "menu" });
}
