import { element } from "./dom.js";

/** @typedef {import("./im-client.js").Client} Client */

/** So long a connection may be away before anybody is bothered with it. */
const PATIENCE_MS = 2000;

/** Says that there is no connection, and why. */
export class Banner {
  #words = element("span", { role: "status" });
  #button = element("button", { type: "button", hidden: true });
  element = element("div", { className: "banner", part: "banner" }, this.#words, this.#button);
  #end = new AbortController();
  /** @type {number | undefined} */
  #timer;

  /** @param {() => void} onLeave the banner goes, and the focus was in it */
  constructor(onLeave) {
    this.onLeave = onLeave;
  }

  /**
   * @param {Client | undefined} client
   * @param {import("./strings.js").Strings} strings
   */
  watch(client, strings) {
    this.#end.abort();
    this.#end = new AbortController();
    const { signal } = this.#end;
    signal.addEventListener("abort", () => this.#forget());
    const update = () => this.#update(client, strings);
    client?.addEventListener("state", update, { signal });
    this.#button.textContent = strings.chat.tryNow;
    this.#button.addEventListener("click", () => client?.hurry(), { signal });
    update();
  }

  /**
   * @param {Client | undefined} client
   * @param {import("./strings.js").Strings} strings
   */
  #update(client, { chat, timeline }) {
    if (!client || client.state === "online") {
      this.#show("", false);
    } else if (client.state === "stopped") {
      const { reason = "" } = client;
      const words = reason === "protocol" ? chat.misunderstood : (timeline.reasons[reason] ?? "");
      this.#show(words, reason === "unauthenticated");
    } else if (this.#words.textContent) {
      this.#show(chat.notConnected, true);
    } else {
      this.#timer ??= setTimeout(() => this.#show(chat.notConnected, true), PATIENCE_MS);
    }
  }

  /**
   * @param {string} words
   * @param {boolean} hurry
   */
  #show(words, hurry) {
    this.#forget();
    const left = !hurry && this.#button.matches(":focus");
    if (this.#words.textContent !== words) {
      this.#words.textContent = words;
    }
    this.element.classList.toggle("shown", words !== "");
    this.#button.hidden = !hurry;
    if (left) {
      this.onLeave();
    }
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
