import { button, unseen } from "./bubble.js";
import { element } from "./dom.js";

/**
 * Shows the reactions to a message, as buttons below it.
 *
 * @param {Element} chips where they are
 * @param {import("./im-client.js").Message} message
 * @param {import("./bubble.js").Setting} setting
 */
export function showReactions(chips, { reactions, deleted }, { user, strings, locale }) {
  const list = new Intl.ListFormat(locale);
  const users = Object.keys(reactions).filter((name) => reactions[name] && !deleted);
  const usersOf = Map.groupBy(users, (name) => reactions[name]);
  const before = [...chips.children];
  for (const chip of before.filter((each) => !usersOf.has(emojiOf(each)))) {
    if (chip.matches(":focus")) {
      /** @type {HTMLElement | null} */ (chip.closest(".message"))?.focus({ preventScroll: true });
    }
    chip.remove();
  }
  for (const [emoji, names] of usersOf) {
    const chip = before.find((each) => emojiOf(each) === emoji) ?? chips.appendChild(button("chip"));
    chip.ariaPressed = String(names.includes(user));
    chip.replaceChildren(
      element("bdi.emoji", {}, emoji),
      element("span", { ariaHidden: "true" }, String(names.length)),
      unseen(list.format(names.map((name) => (name === user ? strings.you : name)))),
    );
  }
}

/**
 * What a button below a message reacts with. It is in no attribute: whatever others wrote is text in the document.
 *
 * @param {Element} chip
 */
export function emojiOf(chip) {
  return chip.firstElementChild?.textContent ?? "";
}
