import { find } from "./find.js";
import { Row, RowStyle } from "./row.js";
import { startOfDay } from "./times.js";

/**
 * @typedef {import("./im-client.js").Client} Client
 * @typedef {import("./im-client.js").Conversation} Conversation
 */

const AHEAD_PX = 400;
const STEPS = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
  ["Home", -Infinity],
  ["End", Infinity],
]);

/**
 * The list of conversations. It has a row for each that the client has loaded. That is cheap for thousands: a change
 * touches its own row, at most once a frame, and rows out of sight are not laid out (`content-visibility`).
 */
export class List {
  #client;
  #words;
  #style;
  #hrefOf;
  #rows = /** @type {Map<Conversation, Row>} */ (new Map());
  #root = find("#list", HTMLUListElement);
  #state = find("#list-state", HTMLElement);
  #more = find("#more", HTMLElement);
  #observer;
  #loading = false;
  #frame = 0;
  /** @type {string | undefined} */
  #current;

  /**
   * @param {object} options
   * @param {Client} options.client
   * @param {import("./strings.js").Strings} options.strings
   * @param {string} options.locale
   * @param {(peer: string) => string} options.hrefOf
   * @param {(peer: string) => void} options.onOpen a row was chosen
   * @param {AbortSignal} options.signal ends it
   */
  constructor({ client, strings, locale, hrefOf, onOpen, signal }) {
    this.#client = client;
    this.#words = strings.page;
    this.#style = new RowStyle(strings, locale);
    this.#hrefOf = hrefOf;
    const changed = () => this.#changed();
    client.addEventListener("conversations", changed, { signal });
    client.addEventListener("state", changed, { signal });
    document.addEventListener("visibilitychange", changed, { signal });
    this.#root.addEventListener("click", (event) => this.#clicked(event, onOpen), { signal });
    this.#root.addEventListener("keydown", (event) => this.#step(event), { signal });
    this.#observer = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#loadMore(), {
      root: find("#side", HTMLElement),
      rootMargin: `${AHEAD_PX}px`,
    });
    signal.addEventListener("abort", () => this.#end());
    this.#changed();
  }

  /** @param {string | undefined} peer whose conversation is open */
  set current(peer) {
    this.#current = peer;
    this.#changed();
  }

  /**
   * @param {string} peer
   * @returns {boolean} whether that conversation is in the list, and has the focus now
   */
  focus(peer) {
    const [, row] = [...this.#rows].find(([conversation]) => conversation.peer === peer) ?? [];
    row?.link.focus();
    return row !== undefined;
  }

  #changed() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render() {
    const { conversations, moreConversations, state } = this.#client;
    const today = startOfDay(Date.now());
    const focused = document.activeElement;
    let next = this.#root.firstElementChild;
    for (const conversation of conversations) {
      const row = this.#rowOf(conversation);
      row.update(conversation.peer === this.#current, today);
      if (row.element === next) {
        next = next.nextElementSibling;
      } else {
        this.#root.insertBefore(row.element, next);
      }
    }
    this.#cut(next);
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#root.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    const none = conversations.length === 0;
    this.#state.textContent = !none ? "" : state === "online" ? this.#words.none : this.#words.loading;
    this.#more.hidden = !moreConversations;
    this.#observe();
  }

  /** @param {Conversation} conversation */
  #rowOf(conversation) {
    let row = this.#rows.get(conversation);
    if (row === undefined) {
      row = new Row(conversation, this.#hrefOf(conversation.peer), this.#style);
      this.#rows.set(conversation, row);
    }
    return row;
  }

  /** @param {Element | null} first of the rows whose conversations are there no longer */
  #cut(first) {
    if (first === null) {
      return;
    }
    while (this.#root.lastChild !== first) {
      this.#root.lastChild?.remove();
    }
    first.remove();
    for (const [conversation, row] of this.#rows) {
      if (!row.element.isConnected) {
        this.#rows.delete(conversation);
      }
    }
  }

  /** An observer speaks up anew for what it is told of anew, also if that has stayed in sight. */
  #observe() {
    this.#observer.disconnect();
    if (this.#client.moreConversations && this.#client.state === "online" && !this.#loading) {
      this.#observer.observe(this.#more);
    }
  }

  async #loadMore() {
    this.#observer.disconnect();
    this.#loading = true;
    try {
      await this.#client.loadConversations();
      this.#changed();
    } catch {
      // Whatever changes next asks again.
    }
    this.#loading = false;
  }

  /**
   * Middle clicks and the like are the browser's, as everywhere.
   *
   * @param {MouseEvent} event
   * @param {(peer: string) => void} onOpen
   */
  #clicked(event, onOpen) {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    for (const [{ peer }, { link }] of this.#rows) {
      if (plain && event.target instanceof Node && link.contains(event.target)) {
        event.preventDefault();
        onOpen(peer);
      }
    }
  }

  /** @param {KeyboardEvent} event */
  #step(event) {
    const step = STEPS.get(event.key);
    const links = [...this.#root.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (step !== undefined && at >= 0) {
      event.preventDefault();
      links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
    }
  }

  #end() {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.#root.replaceChildren();
  }
}
