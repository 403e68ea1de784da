import { hrefOf, readAddress } from "./address.js";
import { Attention } from "./attention.js";
import { Banner } from "./banner.js";
import { Beginning } from "./beginning.js";
import { idFault } from "./fault.js";
import { find } from "./find.js";
import { List } from "./list.js";
import { Notifications } from "./notifications.js";

/** The conversations of one client beside the one that is open, which the address names. */
export class Panes {
  #client;
  #strings;
  #user;
  #root = find("#panes", HTMLElement);
  #main = find("#main", HTMLElement);
  #chat = find("pair-chat", HTMLElement, document.importNode(find("#chat", HTMLTemplateElement).content, true));
  #ended = new AbortController();
  #banner = new Banner(() => this.#beginning.focus());
  #beginning;
  #list;
  #attention;
  /** @type {string | undefined} */
  #peer;

  /**
   * @param {object} options
   * @param {import("./im-client.js").Client} options.client
   * @param {string} [options.user] who the address says that one is, in demo mode
   * @param {import("./strings.js").Strings} options.strings
   * @param {string} options.locale
   */
  constructor({ client, user, strings, locale }) {
    this.#client = client;
    this.#strings = strings;
    this.#user = user;
    Object.assign(this.#chat, { client });
    this.#main.append(this.#chat);
    const shared = {
      client,
      words: strings.page,
      signal: this.#ended.signal,
      onOpen: (/** @type {string} */ peer) => this.#open(peer),
    };
    this.#beginning = new Beginning(shared);
    this.#list = new List({ ...shared, strings, locale, hrefOf: (peer) => hrefOf({ user, peer }) });
    this.#attention = new Attention(shared);
    new Notifications(shared);
    client.addEventListener("state", () => this.#stateChanged(), shared);
    find("#side header", HTMLElement).after(this.#banner.element);
    this.#banner.watch(client, strings);
    find(".back", HTMLElement, this.#chat).onclick = () => this.#back();
    find("#skip", HTMLElement).onclick = (event) => {
      event.preventDefault();
      (this.#peer === undefined ? this.#main : this.#chat).focus();
    };
    this.#stateChanged();
    this.follow();
  }

  /** Shows what the address says now. */
  follow() {
    const before = this.#peer;
    const { peer } = readAddress();
    const isFault = peer !== undefined && idFault(this.#strings.page, peer, this.#client.user) !== "";
    this.#show(isFault ? undefined : peer);
    this.#moveFocus(before);
    if (isFault) {
      history.replaceState(null, "", hrefOf({ user: this.#user }));
      this.#beginning.refuse(peer);
    }
  }

  /** Leaves nothing of the conversations in the page. */
  end() {
    this.#ended.abort();
    this.#banner.watch(undefined, this.#strings);
    this.#banner.element.remove();
    this.#chat.remove();
    this.#client.close();
  }

  #stateChanged() {
    const { user } = this.#client;
    find("#you", HTMLElement).textContent = user === undefined ? "" : this.#strings.page.youAre(user);
    if (user !== undefined && user === this.#peer) {
      this.follow();
    }
  }

  /** @param {string | undefined} peer */
  #show(peer) {
    const { chat, page } = this.#strings;
    this.#peer = this.#list.current = this.#attention.peer = peer;
    this.#root.classList.toggle("chatting", peer !== undefined);
    find("h1", HTMLElement, this.#main).textContent = peer ? chat.conversation(peer) : page.name;
    this.#chat.hidden = peer === undefined;
    this.#chat.setAttribute("peer", peer ?? "");
  }

  /** @param {string} peer */
  #open(peer) {
    if (peer !== this.#peer) {
      history.pushState({ isFromList: this.#peer === undefined }, "", hrefOf({ user: this.#user, peer }));
    }
    this.follow();
  }

  /** From a chat to the list, where there is only room for one. */
  #back() {
    if (history.state?.isFromList) {
      history.back();
    } else {
      history.replaceState(null, "", hrefOf({ user: this.#user }));
      this.follow();
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
        this.#beginning.focus();
      }
    } else if (matchMedia("(hover: hover) and (pointer: fine)").matches) {
      this.#chat.focus();
    } else {
      this.#main.focus();
    }
  }
}
