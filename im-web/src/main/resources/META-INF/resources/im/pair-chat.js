import { banner, notice } from "./banner.js";
import { acquire, release } from "./clients.js";
import { composer } from "./composer.js";
import { element } from "./dom.js";
import { header } from "./header.js";
import { Settings } from "./settings.js";
import { localeFor, stringsFor } from "./strings.js";
import { timeline } from "./timeline.js";
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
 * What is seen.
 *
 * @typedef {object} View
 * @property {Client} [client]
 * @property {Conversation} [conversation] there as soon as it is known who one is
 * @property {string} [wrong] with what was set
 * @property {string} peer
 * @property {Strings} strings
 * @property {string} locale
 * @property {boolean} isStyled
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
  /** @type {import("./clients.js").Shared | undefined} to be released */
  #shared;
  /** @type {View | undefined} */
  #view;
  /** @type {ReturnType<typeof composer> | undefined} */
  #composer;
  #isFocusWanted = false;
  #unread = 0;
  #end = new AbortController();
  #box = element("section", { className: "box" });

  constructor() {
    super();
    const onload = () => {
      this.#box.hidden = false;
      this.changed();
    };
    const { href } = new URL("pair-chat.css", import.meta.url);
    const sheet = element("link", { rel: "stylesheet", href, onload, onerror: onload });
    this.attachShadow({ mode: "open" }).append(sheet, this.#box);
  }

  /** The sheet is loaded anew each time that it comes into a document; until then nothing is laid out. */
  connectedCallback() {
    super.connectedCallback();
    this.#box.hidden = true;
  }

  /**
   * Focuses the line, once there is one.
   *
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#isFocusWanted = !this.#composer;
    this.#composer?.line.focus(options);
  }

  /** @protected */
  settle() {
    const { languages } = this;
    const strings = stringsFor(languages);
    const last = this.#shared;
    this.#shared = undefined;
    const about = this.isConnected ? this.#resolve(strings) : {};
    if (last) {
      release(last);
    }
    const view = {
      ...about,
      peer: about.wrong ? "" : this.peer,
      strings,
      locale: localeFor(languages, strings),
      isStyled: !this.#box.hidden,
    };
    const before = /** @type {Record<string, unknown>} */ (this.#view ?? {});
    if (Object.entries(view).some(([key, value]) => value !== before[key])) {
      this.#show(view);
    }
  }

  /**
   * Whom it is about, or what is wrong with what was set.
   *
   * @param {Strings} strings
   * @returns {Pick<View, "client" | "conversation" | "wrong">}
   */
  #resolve({ chat, timeline }) {
    const { url, peer, user, token, getToken } = this;
    if (user && !isUser(user)) {
      return { wrong: chat.badName(user) };
    }
    if (!this.client && (user || token || getToken)) {
      try {
        this.#shared = acquire({ url, user: user || undefined, token, getToken });
      } catch {
        return { wrong: chat.badUrl(url) };
      }
    }
    const client = this.client ?? this.#shared?.client;
    const isFault = peer !== "" && (!isUser(peer) || peer === client?.user);
    const wrong = !isFault ? undefined : isUser(peer) ? timeline.reasons.self : chat.badName(peer);
    // Whose drafts and conversations they are is known only when we know who we are.
    const conversation = peer && !wrong && client?.user ? client.conversation(peer) : undefined;
    return { client, conversation, wrong };
  }

  /** @param {View} view in the place of the last */
  #show(view) {
    const { client, conversation, wrong, peer, strings, locale, isStyled } = view;
    const isSameClient = client === this.#view?.client;
    const isLate = isSameClient && this.#box.querySelector(".shown") !== null;
    this.#isFocusWanted ||= this.#composer?.element.matches(":focus-within") ?? false;
    this.#end.abort();
    this.#end = new AbortController();
    const { signal } = this.#end;
    this.#view = view;
    this.#composer = undefined;
    this.#box.lang = strings.lang;
    this.#box.ariaLabel = peer && strings.chat.conversation(peer);
    this.#box.replaceChildren(header({ peer, conversation, words: strings.chat, locale, signal }));
    if (client) {
      const tell = () => this.#tell("state", { state: client.state, reason: client.reason });
      const changed = () => {
        tell();
        this.changed();
      };
      client.addEventListener("state", changed, { signal });
      this.#box.append(banner({ client, strings, onLeave: () => this.focus(), isLate, signal }));
      if (!isSameClient) {
        tell();
      }
    }
    if (wrong) {
      this.#box.append(element("p", { className: "problem", role: "alert" }, wrong));
    }
    if (client && conversation) {
      const changed = () => {
        const { unread } = conversation;
        if (unread !== this.#unread) {
          this.#unread = unread;
          this.#tell("unread", { unread });
        }
      };
      const arrived = (/** @type {CustomEvent} */ { detail: { message } }) => this.#tell("message", { message, peer });
      conversation.addEventListener("change", changed, { signal });
      conversation.addEventListener("message", arrived, { signal });
      changed();
      if (isStyled) {
        this.#talk(client, conversation, strings, locale, signal);
      }
    }
  }

  /**
   * The messages, what went wrong, the line.
   *
   * @param {Client} client
   * @param {Conversation} conversation
   * @param {Strings} strings
   * @param {string} locale
   * @param {AbortSignal} signal
   */
  #talk(client, conversation, strings, locale, signal) {
    const { user = "" } = client;
    const line = composer({ conversation, client, strings, onSent: () => messages.showNewest(), signal });
    const refusal = notice(conversation, strings, () => this.focus(), signal);
    const messages = timeline({ conversation, user, strings, locale, onEdit: line.edit, signal });
    // The next thing that is tried takes the notice of the last away.
    line.element.addEventListener("submit", refusal.hide);
    this.#box.append(element("div", { className: "talk" }, messages.element, refusal.element, line.element));
    this.#composer = line;
    if (this.#isFocusWanted) {
      this.focus();
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
