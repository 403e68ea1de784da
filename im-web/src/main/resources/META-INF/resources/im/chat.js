import { banner } from "./banner.js";
import { localeFor, stringsFor } from "./catalogues.js";
import { composer } from "./composer.js";
import { element } from "./dom.js";
import { header } from "./header.js";
import { timeline } from "./timeline.js";

/** @typedef {import("./im-client.js").Client} Client */
/** @typedef {import("./im-client.js").Conversation} Conversation */
/** @typedef {import("./strings.js").Strings} Strings */

/**
 * Whom it is about.
 *
 * @typedef {object} About
 * @property {Client} [client]
 * @property {string} peer empty if there is none yet
 * @property {string} wrong with what was said of them; empty if nothing is
 * @property {readonly string[]} languages that it may be in, the best first
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
 * A conversation on the screen, in the shadow of an element.
 *
 * @param {HTMLElement} host
 * @param {(view: View, signal: AbortSignal) => void} [onDraw] told what is seen from now on, until the signal
 */
export function chat(host, onDraw) {
  const box = element("section.box", { hidden: true });
  /** @type {About} */
  let about = { peer: "", wrong: "", languages: [] };
  /** @type {View | undefined} */
  let seen;
  /** @type {HTMLElement | undefined} that one writes in */
  let line;
  let isFocusWanted = false;
  let ending = new AbortController();
  const { href } = new URL("pair-chat.css", import.meta.url);
  const sheet = element("link", { rel: "stylesheet", href, onload: styled, onerror: styled });
  host.attachShadow({ mode: "open" }).append(sheet, element("div.frame", {}, box));

  function styled() {
    box.hidden = false;
    settle();
  }

  /** @param {FocusOptions} [options] */
  function focus(options) {
    isFocusWanted = !line;
    line?.focus(options);
  }

  /** @param {About} next whom it is about from now on */
  function show(next) {
    about = next;
    settle();
  }

  function settle() {
    const { client, peer, languages } = about;
    const strings = stringsFor(languages);
    const user = client?.user;
    const wrong = about.wrong || (peer && peer === user ? strings.chat.self : "");
    const view = {
      client,
      // Whose drafts and conversations they are is known only when we know who we are.
      conversation: peer && !wrong && user ? client.conversation(peer) : undefined,
      wrong,
      peer: wrong ? "" : peer,
      strings,
      locale: localeFor(languages, strings),
      isStyled: !box.hidden,
    };
    const before = Object.values(seen ?? {});
    if (Object.values(view).some((value, i) => value !== before[i])) {
      draw(view);
    }
  }

  /** @param {View} view in the place of the last */
  function draw(view) {
    const { client, conversation, wrong, peer, strings, isStyled } = view;
    const isLate = client === seen?.client && box.querySelector(".shown") !== null;
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
      // Later, when everybody who listens until then has heard it.
      client.addEventListener("state", () => queueMicrotask(settle), { signal });
      box.append(banner({ client, strings, onLeave: focus, isLate, signal }));
    }
    if (wrong) {
      box.append(element("p.problem", { role: "alert" }, wrong));
    }
    if (client && conversation && isStyled) {
      talk(client, conversation, view, signal);
    }
    onDraw?.(view, signal);
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
    box.append(element("div.talk", {}, messages, writing.element));
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

  return {
    focus,
    show,
    /** Until the sheet is there again. */
    hide() {
      box.hidden = true;
    },
  };
}

