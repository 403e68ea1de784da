import { isUser } from "./user.js";

/** The form that asks who is writing to whom, and then opens that conversation's address. */
export function showDoor(root, strings, { user, peer }) {
  const fields = [root.querySelector("#user"), root.querySelector("#peer")];
  const error = root.querySelector("[role=alert]");

  function check() {
    const values = fields.map((field) => field.value);
    const bad = values.findIndex((value) => !isUser(value));
    const same = bad < 0 && values[0] === values[1];
    const wrong = same ? 1 : bad;
    fields.forEach((field, i) => field.setAttribute("aria-invalid", i === wrong));
    error.textContent = same ? strings.sameId : bad >= 0 ? strings.badId : "";
    fields[Math.max(wrong, 0)].focus();
    return wrong < 0;
  }

  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (check()) {
      location.search = new URLSearchParams({ user: fields[0].value, peer: fields[1].value });
    }
  });
  root.hidden = false;
  fields[0].value = user ?? "";
  fields[1].value = peer ?? "";
  if (user || peer) {
    check();
  } else {
    fields[0].focus();
  }
}
