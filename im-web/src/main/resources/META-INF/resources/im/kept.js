/**
 * A text that the browser keeps under a key; where it may not, as long as the page.
 *
 * @param {"localStorage" | "sessionStorage"} place which may be forbidden
 * @param {string} key
 */
export function kept(place, key) {
  /** @type {string | undefined} */
  let kept;
  return {
    get text() {
      try {
        return window[place].getItem(key) ?? kept;
      } catch {
        return kept;
      }
    },
    set text(text) {
      kept = text;
      try {
        if (text === undefined) {
          window[place].removeItem(key);
        } else {
          window[place].setItem(key, text);
        }
      } catch {
        // It is kept here.
      }
    },
  };
}

/** @typedef {ReturnType<typeof kept>} Kept */
