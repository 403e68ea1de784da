import { element } from "./dom.js";
import { icon } from "./icon.js";
import { splitLinks } from "./links.js";

/** @typedef {import("./im-client.js").Message} Message */

/** A message does not go back from one to a lower one, whoever says so. */
const RANK = { sending: 0, failed: 0, sent: 1, delivered: 2, read: 3 };
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
 * What all bubbles of a timeline have in common.
 *
 * @typedef {object} Setting
 * @property {string} user who one is
 * @property {import("./strings.js").Strings["timeline"]} strings
 * @property {import("./times.js").Times} times
 * @property {Intl.ListFormat} list
 */

/** A message on the screen, from when it is written until it is far out of sight. */
export class Bubble {
  message;
  /** @type {keyof typeof RANK} */
  #state = "sending";
  #setting;
  #words = element("span", {});
  #edited = element("span", { className: "edited" });
  #time = element("time", { dir: "auto" });
  #mark = element("span", { className: "mark" });
  #tools = element("div", { className: "tools" });
  #chips = element("div", { className: "chips" });
  #failure = element("div", { className: "failure" });
  /** @type {Map<string, HTMLButtonElement>} by their emoji */
  #reactions = new Map();

  /**
   * @param {Message} message
   * @param {Setting} setting
   */
  constructor(message, setting) {
    const { user, strings } = setting;
    const own = message.from === user;
    this.#setting = setting;
    this.message = message;
    const foot = element("span", { className: "foot" }, this.#edited, this.#time, this.#mark);
    const says = element("span", { className: "hidden" }, strings.says(own ? strings.you : message.from));
    const text = element("p", { className: "text", dir: "auto" }, this.#words, foot);
    const bubble = element("div", { className: "bubble", part: "bubble", id: `message-${count++}` }, says, text);
    this.#edited.textContent = strings.edited;
    this.#tools.append(opener("react", strings.react, "smile"), opener("more", strings.actions, "more"));
    this.element = element(
      "article",
      { className: `message ${own ? "own" : "other"}`, part: "message", tabIndex: -1 },
      element("div", { className: "line" }, bubble, this.#tools),
      this.#chips,
      this.#failure,
    );
    this.element.setAttribute("aria-labelledby", bubble.id);
    this.#show();
  }

  get own() {
    return this.message.from === this.#setting.user;
  }

  /**
   * @param {Message} message it in its present state
   * @param {boolean} joined whether it goes on from the one above it
   * @param {boolean} tail whether none goes on from it
   */
  update(message, joined, tail) {
    this.element.classList.toggle("joined", joined);
    this.element.classList.toggle("tail", tail);
    if (message !== this.message) {
      const before = this.message;
      this.message = message;
      this.#show(before);
    }
  }

  /** Whether the Tab key leads into it. */
  get reachable() {
    return this.element.tabIndex === 0;
  }

  /** @param {boolean} reachable */
  reach(reachable) {
    for (const node of [this.element, ...this.element.querySelectorAll("a, button")]) {
      /** @type {HTMLElement} */ (node).tabIndex = reachable ? 0 : -1;
    }
  }

  /**
   * The emoji of one of the buttons below it.
   *
   * @param {Element} chip
   */
  emojiOf(chip) {
    return [...this.#reactions].find(([, button]) => button === chip)?.[0] ?? "";
  }

  /** @param {Message} [before] what it showed until now */
  #show(before) {
    const { at, body, deleted, edited, data } = this.message;
    const { times } = this.#setting;
    if (body !== before?.body || deleted !== before.deleted || data !== before.data) {
      this.#say();
    }
    if (at !== before?.at) {
      this.#time.dateTime = new Date(at).toISOString();
      this.#time.textContent = times.time(at);
      this.#time.title = times.exact(at);
    }
    this.#edited.hidden = !edited || deleted;
    this.#tools.hidden = deleted || (this.message.seq === undefined && !body);
    this.#react();
    if (this.own) {
      this.#rank();
    }
    this.reach(this.reachable);
  }

  #say() {
    const { body, deleted } = this.message;
    const { strings } = this.#setting;
    const quiet = deleted ? strings.deleted : body ? "" : strings.attachment;
    this.#words.className = quiet ? "quiet" : LARGE.test(body) ? "large" : "";
    this.#words.replaceChildren(...(quiet ? [quiet] : splitLinks(body).map(textOrLink)));
  }

  #rank() {
    const { state, code = "" } = this.message;
    const { strings } = this.#setting;
    if (RANK[state] < RANK[this.#state] || this.#mark.className === `mark ${state}`) {
      return;
    }
    this.#state = state;
    this.#mark.className = `mark ${state}`;
    this.#mark.replaceChildren(icon(ICON[state]), element("span", { className: "hidden" }, strings.states[state]));
    this.#failure.replaceChildren();
    if (state === "failed") {
      const why = Object.hasOwn(strings.reasons, code) ? strings.reasons[code] : "";
      this.#failure.append(
        element("span", {}, strings.notSent(why)),
        button("retry", strings.retry),
        button("discard", strings.discard),
      );
    }
  }

  #react() {
    const { reactions, deleted } = this.message;
    const { user, strings, list } = this.#setting;
    /** @type {Map<string, string[]>} */
    const users = new Map();
    for (const [from, emoji] of Object.entries(reactions)) {
      if (emoji && !deleted) {
        users.set(emoji, [...(users.get(emoji) ?? []), from]);
      }
    }
    for (const [emoji, chip] of this.#reactions) {
      if (!users.has(emoji)) {
        chip.remove();
        this.#reactions.delete(emoji);
      }
    }
    for (const [emoji, from] of users) {
      const chip = this.#reactions.get(emoji) ?? button("chip");
      const names = list.format(from.map((name) => (name === user ? strings.you : name)));
      chip.ariaPressed = String(from.includes(user));
      chip.replaceChildren(
        element("bdi", { className: "emoji" }, emoji),
        element("span", { ariaHidden: "true" }, String(from.length)),
        element("span", { className: "hidden" }, names),
      );
      if (!this.#reactions.has(emoji)) {
        this.#reactions.set(emoji, chip);
        this.#chips.append(chip);
      }
    }
  }
}

/**
 * @param {string} name what it does
 * @param {...(Node | string)} children
 */
function button(name, ...children) {
  return element("button", { type: "button", name, className: name, tabIndex: -1 }, ...children);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {"smile" | "more"} picture
 */
function opener(name, label, picture) {
  const node = button(name, icon(picture));
  node.ariaLabel = node.title = label;
  node.ariaHasPopup = "menu";
  return node;
}

/** @param {string | import("./links.js").Link} part */
function textOrLink(part) {
  return typeof part === "string"
    ? part
    : element("a", { href: part.href, target: "_blank", rel: "noopener noreferrer" }, part.text);
}
