import { find } from "./dom.js";
import { idFault, showFault } from "./fault.js";

/**
 * The form that begins a conversation with somebody who is not in the list.
 *
 * @param {import("./im-client.js").Client} client
 * @param {import("./fault.js").Words} words
 * @param {(peer: string) => void} onOpen
 */
export function beginning(client, words, onOpen) {
  /** @type {HTMLDetailsElement} */
  const root = find("#new");
  /** @type {HTMLInputElement} */
  const line = find("#other");

  /** @returns {boolean} whether one can write to them */
  function judge() {
    const fault = idFault(words, line.value.trim(), client.user);
    showFault(line, fault);
    line.focus();
    return fault === "";
  }

  function focus() {
    find("summary").focus();
  }

  function fold() {
    root.open = false;
    line.value = "";
    showFault(line, "");
    focus();
  }

  root.addEventListener("toggle", () => root.open && line.focus());
  root.addEventListener("keydown", ({ key }) => key === "Escape" && fold());
  find("#new form").onsubmit = (event) => {
    event.preventDefault();
    const peer = line.value.trim();
    if (judge()) {
      fold();
      onOpen(peer);
    }
  };

  return {
    focus,
    /**
     * Shows why somebody cannot be written to.
     *
     * @param {string} peer
     */
    refuse(peer) {
      root.open = true;
      line.value = peer;
      judge();
    },
  };
}
