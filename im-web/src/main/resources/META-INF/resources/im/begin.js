import { element } from "./dom.js";
import { field, formOf, hint, idFault, showFault } from "./fields.js";
import { more } from "./strings-more.js";

/**
 * The form that begins a conversation with somebody who is not in the list.
 *
 * @param {object} options
 * @param {import("./im-client.js").Client} options.client
 * @param {import("./strings.js").Strings["page"]} options.words
 * @param {HTMLDetailsElement} options.root what it unfolds from
 * @param {(peer: string) => void} options.onOpen
 */
export function beginning({ client, words: given, root, onOpen }) {
  const words = { ...more.page, ...given };
  const line = element("input", { id: "other", autocomplete: "off", enterKeyHint: "go" });
  const open = element("button.primary", {}, words.open);
  const form = formOf("begin");

  /** @returns {boolean} whether one can write to them */
  function judge() {
    const fault = idFault(words, line.value.trim(), client.user);
    showFault(line, fault);
    line.focus();
    return fault === "";
  }

  function fold() {
    root.open = false;
    line.value = "";
    showFault(line, "");
    root.querySelector("summary")?.focus();
  }

  form.append(field(words.theirId, line, "other-hint", open), hint("other-hint", words.idHint));
  form.onsubmit = (event) => {
    event.preventDefault();
    const peer = line.value.trim();
    if (judge()) {
      fold();
      onOpen(peer);
    }
  };
  root.addEventListener("keydown", ({ key }) => key === "Escape" && fold());
  root.append(form);

  return {
    /**
     * It is in sight.
     *
     * @param {string} [peer] somebody who cannot be written to; it is said why
     */
    shown(peer) {
      line.focus();
      if (peer) {
        line.value = peer;
        judge();
      }
    },
  };
}
