/** What is written and not yet confirmed, kept over a reload of this tab. */
export class Draft {
  #key;

  constructor(user, peer) {
    this.#key = `im.draft ${user} ${peer}`;
  }

  load() {
    try {
      return sessionStorage.getItem(this.#key) ?? "";
    } catch {
      return "";
    }
  }

  /** Storage may be full or forbidden; the text is still in the line then. */
  save(text) {
    try {
      sessionStorage.setItem(this.#key, text);
    } catch {}
  }
}
