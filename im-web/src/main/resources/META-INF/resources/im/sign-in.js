import { idFault, showFault } from "./fault.js";
import { find } from "./find.js";

/**
 * @typedef {import("./address.js").Address} Address
 * @typedef {import("./fault.js").Words} Words
 * @typedef {{user: string, peer: string}} Faults in words; "" if none
 */

/**
 * Asks who is writing to whom, where identity is only claimed. What the address has said already stands in the fields.
 * No peer is an answer as well.
 *
 * @param {Words} words
 * @param {Address} address
 * @param {Faults} faults what is wrong with it
 * @returns {Promise<{user: string, peer?: string}>}
 */
export function askForIds(words, address, faults) {
  const form = find("#demo", HTMLFormElement);
  const user = find("#user", HTMLInputElement);
  const peer = find("#peer", HTMLInputElement);

  /** @param {Faults} wrong */
  function say(wrong) {
    showFault(user, wrong.user);
    showFault(peer, wrong.peer);
    (wrong.peer && !wrong.user ? peer : user).focus();
  }

  form.hidden = false;
  user.value = address.user ?? "";
  peer.value = address.peer ?? "";
  say(faults);
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      const answer = { user: user.value.trim(), peer: peer.value.trim() || undefined };
      const wrong = idFaults(words, answer);
      if (wrong.user || wrong.peer) {
        say(wrong);
      } else {
        form.hidden = true;
        resolve(answer);
      }
    };
  });
}

/**
 * What is wrong with the ids of an address.
 *
 * @param {Words} words
 * @param {Address} address
 * @returns {Faults}
 */
export function idFaults(words, { user = "", peer }) {
  return { user: idFault(words, user), peer: peer ? idFault(words, peer, user) : "" };
}

/**
 * Asks for a token.
 *
 * @param {Words} words
 * @param {string} fault why the one before is not good; "" if there was none
 * @returns {Promise<string>}
 */
export function askForToken(words, fault) {
  const form = find("#by-token", HTMLFormElement);
  const line = find("#token", HTMLInputElement);
  const reveal = find("#reveal", HTMLButtonElement);

  /** @param {boolean} on */
  function show(on) {
    line.type = on ? "text" : "password";
    reveal.ariaPressed = String(on);
  }

  form.hidden = false;
  showFault(line, fault);
  line.focus();
  reveal.onclick = () => show(line.type === "password");
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      const token = line.value.trim();
      if (token === "") {
        showFault(line, words.noToken);
        line.focus();
        return;
      }
      line.value = "";
      show(false);
      form.hidden = true;
      resolve(token);
    };
  });
}
