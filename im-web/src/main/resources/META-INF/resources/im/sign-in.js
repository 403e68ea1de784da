import { element, find } from "./dom.js";
import { field, formOf, hint, idFault, showFault } from "./fields.js";
import { more } from "./strings-more.js";

/**
 * @typedef {import("./address.js").Address} Address
 * @typedef {import("./strings.js").Strings["page"]} Words
 */

/**
 * Asks who is writing to whom, where identity is only claimed. What the address has said already stands in the fields.
 * No peer is an answer as well.
 *
 * @param {Words} given
 * @param {Address} address
 * @param {boolean} isRefused the name was not taken
 * @returns {Promise<Address>}
 */
export function askForIds(given, address, isRefused) {
  const words = { ...more.page, ...given };
  const user = element("input", { id: "user", autocomplete: "username", value: address.user ?? "" });
  const peer = element("input", { id: "peer", autocomplete: "off", value: address.peer ?? "" });
  const peerField = field(words.theirId, peer, "peer-hint");
  peerField.append(hint("peer-hint", words.peerHint));
  const form = show(
    "demo",
    words.demoIntro,
    field(words.yourId, user, "id-hint"),
    peerField,
    element("button.primary", {}, words.enter),
    hint("id-hint", words.idHint),
  );

  /**
   * Goes to the first field that has to be filled in, or in anew.
   *
   * @param {Address} ids
   * @param {string} userFault
   * @returns {boolean} whether nothing is wrong
   */
  function judge(ids, userFault) {
    const peerFault = ids.peer ? idFault(words, ids.peer, ids.user) : "";
    showFault(user, userFault);
    showFault(peer, peerFault);
    (userFault || !ids.user || !peerFault ? user : peer).focus();
    return !userFault && !peerFault;
  }

  judge(address, (address.user && idFault(words, address.user)) || (isRefused ? words.refused : ""));
  return answer(form, () => {
    const ids = { user: user.value.trim(), peer: peer.value.trim() };
    return judge(ids, idFault(words, ids.user)) ? ids : undefined;
  });
}

/**
 * Asks for a token.
 *
 * @param {Words} given
 * @param {boolean} isRefused the one before is not good
 * @returns {Promise<string>}
 */
export function askForToken(given, isRefused) {
  const words = { ...more.page, ...given };
  const line = element("input", { id: "token", type: "password", autocomplete: "off" });
  const reveal = element("button", { id: "reveal", type: "button", ariaPressed: "false" }, words.show);
  const whence = hint("token-hint", `${words.tokenHint} `);
  whence.append(element("code", {}, "java -jar im-jetty-*-app.jar token --user alice"));
  const form = show(
    "by-token",
    words.tokenIntro,
    field(words.token, line, whence.id, reveal),
    element("button.primary", {}, words.signIn),
    whence,
  );

  reveal.onclick = () => {
    const isShown = line.type === "text";
    line.type = isShown ? "password" : "text";
    reveal.ariaPressed = String(!isShown);
  };

  /** @param {string} fault */
  function say(fault) {
    showFault(line, fault);
    line.focus();
  }

  say(isRefused ? words.refused : "");
  return answer(form, () => {
    // As it stands in a header of HTTP, perhaps.
    const token = line.value.trim().replace(/^bearer\s+/i, "");
    say(token ? "" : words.noToken);
    return token || undefined;
  });
}

/**
 * Puts a form into the page.
 *
 * @param {string} id
 * @param {string} intro
 * @param {...Node} fields
 */
function show(id, intro, ...fields) {
  const form = formOf(id);
  form.append(element("p", {}, intro), ...fields);
  find("#wait").hidden = true;
  document.body.prepend(element("main", { id: "sign-in" }, element("h1", {}, document.title), form));
  return form;
}

/**
 * What the form gives when it is sent and right; then it goes.
 *
 * @template T
 * @param {HTMLFormElement} form
 * @param {() => T | undefined} read
 * @returns {Promise<T>}
 */
function answer(form, read) {
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      const given = read();
      if (given !== undefined) {
        find("#sign-in").remove();
        resolve(given);
      }
    };
  });
}
