import { stringsFor } from "./catalogues.js";
import { chat } from "./chat.js";
import { clientFor } from "./clients.js";
import { Settings } from "./settings.js";
import { more } from "./strings-more.js";
import { isUser } from "./user.js";

/** @import { Typed } from "./events.js" */

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
  #chat = chat(this, (view, signal) => this.#drawn(view, signal));
  /** @type {import("./im-client.js").Client | undefined} */
  #client;
  #unread = 0;

  /** The sheet is loaded anew each time that it comes into a document; until then nothing is laid out. */
  connectedCallback() {
    super.connectedCallback();
    this.#chat.hide();
  }

  /**
   * Focuses the line, once there is one.
   *
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#chat.focus(options);
  }

  /** @protected */
  settle() {
    const { url, peer, user, token, getToken, isConnected, languages } = this;
    const words = { ...more.chat, ...stringsFor(languages).chat };
    const badName = [user, peer].find((name) => name && !isUser(name));
    let wrong = badName ? words.badName(badName) : "";
    let given = isConnected ? this.client : undefined;
    let isOwn = isConnected && !given && (user || token || getToken) && badName !== user;
    if (getToken && typeof getToken !== "function") {
      wrong = words.badProperty("getToken", "function");
      isOwn = false;
    }
    if (given && typeof given.conversation !== "function") {
      wrong = words.badProperty("client", "Client");
      given = undefined;
    }
    /** @type {import("./im-client.js").Client | undefined} */
    let client;
    try {
      client = clientFor(this, isOwn ? { url, user: user || undefined, token, getToken } : undefined) ?? given;
    } catch {
      wrong = words.badUrl(url);
    }
    this.#chat.show({ client, peer, wrong, languages });
  }

  /**
   * @param {import("./chat.js").View} view
   * @param {AbortSignal} signal
   */
  #drawn({ client, conversation, peer }, signal) {
    const stateChanged = () => client && this.#tell("state", { state: client.state, reason: client.reason });
    const counted = () => {
      if (conversation && conversation.unread !== this.#unread) {
        this.#unread = conversation.unread;
        this.#tell("unread", { unread: this.#unread });
      }
    };
    client?.addEventListener("state", stateChanged, { signal });
    conversation?.addEventListener("change", counted, { signal });
    conversation?.addEventListener("message", ({ detail }) => this.#tell("message", { message: detail.message, peer }), {
      signal,
    });
    if (client !== this.#client) {
      this.#client = client;
      stateChanged();
    }
    counted();
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
