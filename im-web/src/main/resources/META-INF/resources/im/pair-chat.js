import { Banner } from "./banner.js";
import { acquire, release } from "./clients.js";
import { element } from "./dom.js";
import { Header } from "./header.js";
import { languageOf } from "./language.js";
import { Settings } from "./settings.js";
import { Talk } from "./talk.js";
import { isUser } from "./user.js";

/** @import { Typed } from "./events.js" */
/** @typedef {import("./im-client.js").Client} Client */
/** @typedef {import("./im-client.js").Conversation} Conversation */
/** @typedef {import("./strings.js").Strings} Strings */

/**
 * @typedef {object} Events
 * @property {{message: import("./im-client.js").Message, peer: string}} message
 * @property {{unread: number}} unread
 * @property {{state: import("./im-client.js").State, reason: string | undefined}} state
 */

/**
 * One conversation, for any page: `<pair-chat peer="bob"></pair-chat>`.
 *
 * Elements of the same identity share a connection, which lasts as long as one of them is in the page. What is set in
 * one task is taken together.
 *
 * Events, which do not bubble:
 * - `message`, detail `{message, peer}`: one that is new in this conversation, one's own too
 * - `unread`, detail `{unread}`: the number of unread messages changed
 * - `state`, detail `{state, reason}`: the connection's state changed
 */
export class PairChat extends /** @type {Typed<typeof Settings, Events>} */ (Settings) {
  /** @type {Client | undefined} the page's, or the one that was acquired */
  #client;
  /** @type {Client | undefined} to be released */
  #acquired;
  /** @type {Conversation | undefined} there as soon as it is known who one is */
  #conversation;
  /** @type {Strings | undefined} */
  #strings;
  #locale = "";
  #name = "";
  /** @type {Talk | undefined} */
  #talk;

  #styled = false;
  #focusWanted = false;
  #unread = 0;
  #state = "";
  #end = new AbortController();

  #root = this.attachShadow({ mode: "open" });
  #sheets = ["pair-chat.css", "timeline.css"].map((name) =>
    element("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href }),
  );
  #header = new Header();
  #banner = new Banner(() => this.focus());
  #problem = element("p", { className: "problem", role: "alert" });
  #box = element("section", { className: "box" }, this.#header.element, this.#banner.element, this.#problem);

  constructor() {
    super();
    this.#root.append(...this.#sheets, this.#box);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#awaitSheets();
  }

  /**
   * Focuses the line, once there is one.
   *
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#focusWanted = !this.#talk;
    this.#talk?.focus(options);
  }

  /** The sheets are loaded anew each time that they come into a document; until then nothing is laid out. */
  #awaitSheets() {
    this.#styled = false;
    this.#box.hidden = true;
    const loaded = this.#sheets.map(
      (sheet) => new Promise((done) => Object.assign(sheet, { onload: done, onerror: done })),
    );
    Promise.all(loaded).then(() => {
      this.#styled = true;
      this.#box.hidden = false;
      this.changed();
    });
  }

  /** @protected */
  settle() {
    const { strings, locale } = languageOf(this);
    const last = this.#acquired;
    this.#acquired = undefined;
    const { client, conversation, wrong = "" } = this.isConnected ? this.#resolve(strings) : {};
    release(last);
    if (this.#problem.textContent !== wrong) {
      this.#problem.textContent = wrong;
    }
    const name = wrong ? "" : this.peer;
    if (
      name !== this.#name ||
      client !== this.#client ||
      conversation !== this.#conversation ||
      strings !== this.#strings ||
      locale !== this.#locale
    ) {
      this.#name = name;
      this.#client = client;
      this.#conversation = conversation;
      this.#strings = strings;
      this.#locale = locale;
      this.#turn(strings, locale);
    }
    this.#show(strings, locale);
  }

  /**
   * Whom it is about, or what is wrong with what was set.
   *
   * @param {Strings} strings
   * @returns {{client?: Client, conversation?: Conversation, wrong?: string}}
   */
  #resolve({ chat, timeline }) {
    const { url, peer, user } = this;
    if (user && !isUser(user)) {
      return { wrong: chat.badName(user) };
    }
    try {
      this.#acquired = this.client ? undefined : this.#acquire();
    } catch {
      return { wrong: chat.badUrl(url) };
    }
    const client = this.client ?? this.#acquired;
    if (peer && !isUser(peer)) {
      return { client, wrong: chat.badName(peer) };
    }
    if (peer && peer === client?.user) {
      return { client, wrong: timeline.reasons.self };
    }
    // Whose drafts and conversations they are is known only when we know who we are.
    return { client, conversation: peer && client?.user ? client.conversation(peer) : undefined };
  }

  #acquire() {
    const { url, token, getToken } = this;
    const user = this.user || undefined;
    return user || token || getToken ? acquire({ url, user, token, getToken }) : undefined;
  }

  /**
   * From the last conversation to this one.
   *
   * @param {Strings} strings
   * @param {string} locale
   */
  #turn(strings, locale) {
    const client = this.#client;
    const conversation = this.#conversation;
    this.#end.abort();
    this.#end = new AbortController();
    const { signal } = this.#end;

    this.#focusWanted ||= this.#talk?.focused ?? false;
    this.#talk?.destroy();
    this.#talk = undefined;
    this.#box.lang = strings.lang;
    this.#box.ariaLabel = this.#name ? strings.chat.conversation(this.#name) : null;
    this.#header.show(this.#name, conversation, strings, locale);
    this.#banner.watch(client, strings);

    const stateChanged = () => {
      this.#tellState();
      this.changed();
    };
    client?.addEventListener("state", stateChanged, { signal });
    conversation?.addEventListener("change", () => this.#tellUnread(), { signal });
    conversation?.addEventListener(
      "message",
      ({ detail: { message } }) => {
        this.#tell("message", { message, peer: conversation.peer });
      },
      { signal },
    );
    this.#tellState();
    this.#tellUnread();
  }

  /**
   * @param {Strings} strings
   * @param {string} locale
   */
  #show(strings, locale) {
    const client = this.#client;
    const conversation = this.#conversation;
    if (!this.#styled || this.#talk || !client?.user || !conversation) {
      return;
    }
    this.#talk = new Talk({ conversation, client, user: client.user, strings, locale });
    this.#box.append(this.#talk.element);
    if (this.#focusWanted) {
      this.focus();
    }
  }

  #tellState() {
    const { state = "", reason } = this.#client ?? {};
    if (state && `${state} ${reason}` !== this.#state) {
      this.#tell("state", { state, reason });
    }
    this.#state = `${state} ${reason}`;
  }

  #tellUnread() {
    const unread = this.#conversation?.unread ?? this.#unread;
    if (unread !== this.#unread) {
      this.#unread = unread;
      this.#tell("unread", { unread });
    }
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

// The file may be loaded twice, from two addresses.
if (!customElements.get("pair-chat")) {
  customElements.define("pair-chat", PairChat);
}
