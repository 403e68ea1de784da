import { idFaults, showFault } from "./address.js";
import { element, find } from "./dom.js";

/**
 * @typedef {import("./address.js").Address} Address
 * @typedef {import("./address.js").Words} Words
 */

/**
 * Asks who is writing to whom, where identity is only claimed. What the address has said already stands in the fields.
 * No peer is an answer as well.
 *
 * @param {Words} words
 * @param {Address} address
 * @param {string} refusal why the name was not taken, in words; "" if that is not so
 * @returns {Promise<Address>}
 */
export function askForIds(words, address, refusal) {
  const user = element("input", { id: "user", autocomplete: "username", value: address.user ?? "" });
  const peer = element("input", { id: "peer", autocomplete: "off", value: address.peer ?? "" });
  const form = formOf(
    "demo",
    words.demoIntro,
    field(words.yourId, user, "id-hint"),
    field(words.theirId, peer, "peer-hint", small("peer-hint", words.peerHint)),
    element("button", { className: "primary" }, words.enter),
    small("id-hint", words.idHint),
  );
  /** @param {{user: string, peer: string}} wrong */
  const say = (wrong) => {
    showFault(user, wrong.user);
    showFault(peer, wrong.peer);
    (wrong.peer && !wrong.user && user.value ? peer : user).focus();
  };
  const wrong = idFaults(words, address);
  say({ user: (address.user && wrong.user) || refusal, peer: wrong.peer });
  return answer(form, () => {
    const ids = { user: user.value.trim(), peer: peer.value.trim() };
    const faults = idFaults(words, ids);
    say(faults);
    return faults.user || faults.peer ? undefined : ids;
  });
}

/**
 * Asks for a token.
 *
 * @param {Words} words
 * @param {string} refusal why the one before is not good, in words; "" if there was none
 * @returns {Promise<string>}
 */
export function askForToken(words, refusal) {
  const line = element("input", { id: "token", type: "password", autocomplete: "off" });
  const reveal = element("button", { id: "reveal", type: "button", ariaPressed: "false" }, words.show);
  const hint = small("token-hint", `${words.tokenHint} `);
  hint.append(element("code", {}, "im token --user alice"));
  const form = formOf(
    "by-token",
    words.tokenIntro,
    field(words.token, line, "token-hint"),
    element("button", { className: "primary" }, words.signIn),
    hint,
  );
  const beside = element("div", { className: "beside" });
  line.replaceWith(beside);
  beside.append(line, reveal);
  reveal.onclick = () => {
    const isShown = line.type === "text";
    line.type = isShown ? "password" : "text";
    reveal.ariaPressed = String(!isShown);
  };
  showFault(line, refusal);
  line.focus();
  return answer(form, () => {
    const token = line.value.trim();
    showFault(line, token ? "" : words.noToken);
    line.focus();
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
function formOf(id, intro, ...fields) {
  const properties = { id, noValidate: true, autocapitalize: "none", spellcheck: false };
  const form = element("form", properties, element("p", {}, intro), ...fields);
  find("#wait").hidden = true;
  document.body.prepend(
    element("main", { id: "sign-in", className: "card" }, element("h1", {}, document.title), form),
  );
  return form;
}

/**
 * @param {string} label
 * @param {HTMLInputElement} line
 * @param {string} hint the id of what describes it
 * @param {...Node} more
 */
function field(label, line, hint, ...more) {
  const { id } = line;
  const fault = element("p", { id: `${id}-fault`, className: "fault", role: "alert" });
  line.setAttribute("aria-describedby", `${fault.id} ${hint}`);
  return element("div", {}, element("label", { htmlFor: id }, label), line, fault, ...more);
}

/**
 * @param {string} id
 * @param {string} text
 */
function small(id, text) {
  return element("p", { id, className: "small" }, text);
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
