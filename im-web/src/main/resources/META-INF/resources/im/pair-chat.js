import { banner } from "./banner.js";
import { clientFor } from "./clients.js";
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
 * @property {string} wrong with what was set; empty if nothing is
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
  #content = content(this, () => this.changed());

  /** The sheet is loaded anew each time that it comes into a document; until then nothing is laid out. */
  connectedCallback() {
    super.connectedCallback();
    this.#content.box.hidden = true;
  }

  /**
   * Focuses the line, once there is one.
   *
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#content.focus(options);
  }

  /** @protected */
  settle() {
    this.#content.settle(this.languages);
  }
}

/**
 * What is in the element.
 *
 * @param {Settings} host
 * @param {() => void} changed what it settles by may be different now
 */
function content(host, changed) {
  const box = element("section.box", {});
  /** @type {View | undefined} */
  let seen;
  /** @type {HTMLElement | undefined} that one writes in */
  let line;
  let isFocusWanted = false;
  let unread = 0;
  let ending = new AbortController();
  const { href } = new URL("pair-chat.css", import.meta.url);
  const sheet = element("link", { rel: "stylesheet", href, onload: styled, onerror: styled });
  host.attachShadow({ mode: "open" }).append(sheet, box);

  function styled() {
    box.hidden = false;
    changed();
  }

  /** @param {FocusOptions} [options] */
  function focus(options) {
    isFocusWanted = !line;
    line?.focus(options);
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  function tell(type, detail) {
    host.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {readonly string[]} languages */
  function settle(languages) {
    const { url, peer, user, token, getToken, isConnected } = host;
    const strings = stringsFor(languages);
    const { chat } = strings;
    const given = isConnected ? host.client : undefined;
    const badName = [user, peer].find((name) => name && !isUser(name));
    const isOwn = isConnected && !given && (user || token || getToken) && badName !== user;
    let wrong = badName ? chat.badName(badName) : "";
    /** @type {Client | undefined} */
    let client;
    try {
      client = clientFor(host, isOwn ? { url, user: user || undefined, token, getToken } : undefined) ?? given;
    } catch {
      wrong = chat.badUrl(url);
    }
    if (peer && peer === client?.user) {
      wrong = chat.self;
    }
    const view = {
      client,
      // Whose drafts and conversations they are is known only when we know who we are.
      conversation: peer && !wrong && client?.user ? client.conversation(peer) : undefined,
      wrong,
      peer: wrong ? "" : peer,
      strings,
      locale: localeFor(languages, strings),
      isStyled: !box.hidden,
    };
    const before = Object.values(seen ?? {});
    if (Object.values(view).some((value, i) => value !== before[i])) {
      show(view);
    }
  }

  /** @param {View} view in the place of the last */
  function show(view) {
    const { client, conversation, wrong, peer, strings, isStyled } = view;
    const isSameClient = client === seen?.client;
    const isLate = isSameClient && box.querySelector(".shown") !== null;
    isFocusWanted ||= box.querySelector(".composer:focus-within") !== null;
    ending.abort();
    ending = new AbortController();
    const { signal } = ending;
    seen = view;
    line = undefined;
    box.lang = strings.lang;
    box.ariaLabel = peer && strings.chat.conversation(peer);
    box.replaceChildren(header(view, signal));
    if (client) {
      const stateChanged = () => {
        tell("state", { state: client.state, reason: client.reason });
        changed();
      };
      client.addEventListener("state", stateChanged, { signal });
      box.append(banner({ client, strings, onLeave: focus, isLate, signal }));
      if (!isSameClient) {
        stateChanged();
      }
    }
    if (wrong) {
      box.append(element("p.problem", { role: "alert" }, wrong));
    }
    if (client && conversation) {
      const count = () => {
        if (unread !== conversation.unread) {
          ({ unread } = conversation);
          tell("unread", { unread });
        }
      };
      const told = (/** @type {object} */ message) => tell("message", { message, peer });
      conversation.addEventListener("change", count, { signal });
      conversation.addEventListener("message", ({ detail }) => told(detail.message), { signal });
      count();
      if (isStyled) {
        talk(client, conversation, view, signal);
      }
    }
  }

  /**
   * The messages, what went wrong, the line.
   *
   * @param {Client} client
   * @param {Conversation} conversation
   * @param {View} view
   * @param {AbortSignal} signal ends it
   */
  function talk(client, conversation, { strings, locale }, signal) {
    const { user = "" } = client;
    const writing = composer(client, conversation, strings, signal);
    const messages = timeline({ conversation, user, strings, locale, onEdit: writing.edit, signal });
    const dismiss = () => box.querySelector(".notice")?.remove();
    box.append(element("div.talk", {}, messages.element, writing.element));
    // The next thing that is tried takes the notice of the last away.
    writing.element.addEventListener("submit", dismiss);
    conversation.addEventListener("rejected", refused, { signal });
    line = writing.line;
    if (isFocusWanted) {
      focus();
    }

    /** @param {CustomEvent<{kind: string, code: string}>} event */
    async function refused({ detail }) {
      const loaded = await import("./failure.js").catch(() => undefined);
      if (loaded) {
        dismiss();
        writing.element.before(loaded.refusal(detail, strings, dismissed));
      }
    }

    function dismissed() {
      dismiss();
      focus();
    }
  }

  return { box, focus, settle };
}

// The file may be loaded twice, from two addresses.
if (!customElements.get("pair-chat")) {
  customElements.define("pair-chat", PairChat);
}
