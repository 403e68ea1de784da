import { hrefOf, readAddress } from "./address.js";
import { Attention } from "./attention.js";
import { idFault, showFault } from "./fault.js";
import { find } from "./find.js";
import { List } from "./list.js";
import { Notifications } from "./notifications.js";

/** @typedef {import("./im-client.js").Client} Client */

const CALM_MS = 2000;

/** The conversations of one client beside the one that is open, which the address names. */
export class Panes {
  #client;
  #words;
  #user;
  #root = find("#panes", HTMLElement);
  #main = find("#main", HTMLElement);
  #heading = find("#main-name", HTMLElement);
  #beginning = find("#new", HTMLDetailsElement);
  #other = find("#other", HTMLInputElement);
  #chat = find("pair-chat", HTMLElement, document.importNode(find("#chat", HTMLTemplateElement).content, true));
  #ended = new AbortController();
  #list;
  #attention;
  /** @type {string | undefined} */
  #peer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} options
   * @param {Client} options.client not connected yet
   * @param {string} [options.user] who the address says that one is, in demo mode
   * @param {import("./fault.js").Words} options.words
   * @param {string} options.locale
   */
  constructor({ client, user, words, locale }) {
    const { signal } = this.#ended;
    /** @param {string} peer */
    const onOpen = (peer) => this.#open(peer);
    this.#client = client;
    this.#words = words;
    this.#user = user;
    Object.assign(this.#chat, { client });
    this.#main.append(this.#chat);
    this.#list = new List({ client, words, locale, hrefOf: (peer) => hrefOf({ user, peer }), onOpen, signal });
    this.#attention = new Attention({ client, name: words.name, signal });
    new Notifications({ client, words, onOpen, signal });
    this.#listen(signal);
    this.#stateChanged();
    this.follow();
  }

  /** Shows what the address says now. */
  follow() {
    const before = this.#peer;
    this.#show(readAddress().peer);
    this.#moveFocus(before);
  }

  /** Leaves nothing of the conversations in the page. */
  end() {
    clearTimeout(this.#timer);
    this.#ended.abort();
    this.#chat.remove();
    this.#client.close();
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    this.#client.addEventListener("state", () => this.#stateChanged(), { signal });
    find("#hurry", HTMLElement).addEventListener("click", () => this.#client.hurry(), { signal });
    find(".back", HTMLElement, this.#chat).addEventListener("click", () => this.#back(), { signal });
    this.#beginning.addEventListener("toggle", () => this.#beginning.open && this.#other.focus(), { signal });
    this.#beginning.addEventListener("keydown", ({ key }) => key === "Escape" && this.#fold(), { signal });
    const form = find("form", HTMLFormElement, this.#beginning);
    form.addEventListener("submit", (event) => this.#begin(event), { signal });
    find("#skip", HTMLElement).addEventListener(
      "click",
      (event) => {
        event.preventDefault();
        (this.#peer === undefined ? this.#main : this.#chat).focus();
      },
      { signal },
    );
  }

  #stateChanged() {
    const { state, reason, user } = this.#client;
    const { connecting, stopped, youAre } = this.#words;
    const stop = state === "stopped" && reason !== "unauthenticated";
    clearTimeout(this.#timer);
    this.#say(stop ? stopped : "");
    if (!stop && state !== "online") {
      this.#timer = setTimeout(() => this.#say(connecting), CALM_MS);
    }
    find("#you", HTMLElement).textContent = user === undefined ? "" : youAre(user);
    if (user !== undefined && user === this.#peer) {
      this.#go(undefined, true);
      this.#offer(user);
    }
  }

  /** @param {string} words about the connection; "" if all is well */
  #say(words) {
    find("#state p", HTMLElement).textContent = words;
    find("#hurry", HTMLElement).hidden = words === "";
  }

  /** @param {string | undefined} peer */
  #show(peer) {
    const fault = peer === undefined ? "" : idFault(this.#words, peer, this.#client.user);
    this.#peer = fault ? undefined : peer;
    this.#root.classList.toggle("chatting", this.#peer !== undefined);
    this.#heading.textContent = this.#peer === undefined ? this.#words.name : this.#words.conversationWith(this.#peer);
    this.#chat.hidden = this.#peer === undefined;
    this.#chat.setAttribute("peer", this.#peer ?? "");
    this.#list.current = this.#peer;
    this.#attention.peer = this.#peer;
    if (peer !== undefined && fault) {
      this.#offer(peer);
    }
  }

  /** @param {string} peer */
  #open(peer) {
    if (peer !== this.#peer) {
      this.#go(peer);
    } else {
      this.#moveFocus(peer);
    }
  }

  /**
   * @param {string | undefined} peer
   * @param {boolean} [replacing] whether nobody should come back to this address
   */
  #go(peer, replacing = false) {
    const state = { fromList: this.#peer === undefined };
    const address = hrefOf({ user: this.#user, peer });
    if (replacing) {
      history.replaceState(null, "", address);
    } else {
      history.pushState(state, "", address);
    }
    this.follow();
  }

  /** From a chat to the list, where there is only room for one. */
  #back() {
    if (history.state?.fromList) {
      history.back();
    } else {
      this.#go(undefined, true);
    }
  }

  /**
   * Into the line to write in, but not where that brings up a keyboard over half of the screen.
   *
   * @param {string | undefined} before who the conversation was with
   */
  #moveFocus(before) {
    if (this.#peer === undefined) {
      if (before !== undefined && !this.#list.focus(before)) {
        find("summary", HTMLElement, this.#beginning).focus();
      }
    } else if (matchMedia("(hover: hover) and (pointer: fine)").matches) {
      this.#chat.focus();
    } else {
      this.#main.focus();
    }
  }

  /** @param {SubmitEvent} event */
  #begin(event) {
    event.preventDefault();
    const peer = this.#other.value.trim();
    if (this.#judge(peer)) {
      this.#fold();
      this.#open(peer);
    }
  }

  /** @param {string} peer who cannot be written to, and why is said */
  #offer(peer) {
    this.#beginning.open = true;
    this.#other.value = peer;
    this.#judge(peer);
  }

  /** @param {string} peer */
  #judge(peer) {
    const fault = idFault(this.#words, peer, this.#client.user);
    showFault(this.#other, fault);
    this.#other.focus();
    return fault === "";
  }

  #fold() {
    this.#beginning.open = false;
    this.#other.value = "";
    showFault(this.#other, "");
    find("summary", HTMLElement, this.#beginning).focus();
  }
}
