import { en } from "./strings-en.js";
import { zh } from "./strings-zh.js";

/** @typedef {typeof en} Strings */

/** @type {Map<string, Strings>} */
const catalogues = new Map([
  ["en", en],
  ["zh", zh],
]);

/**
 * Adds a language, or replaces one. Call it before the elements are there.
 *
 * @param {string} language its BCP 47 tag; what comes after the first part counts for nothing
 * @param {object} catalogue shaped as strings-en.js; what it leaves out is said in English
 */
export function addStrings(language, catalogue) {
  const more = /** @type {Record<string, object>} */ (catalogue);
  /**
   * @template {"chat" | "timeline" | "page"} Section
   * @param {Section} section
   * @returns {Strings[Section]}
   */
  const merged = (section) => ({ ...en[section], ...more[section] });
  catalogues.set(primary(language), {
    lang: language,
    chat: merged("chat"),
    timeline: merged("timeline"),
    page: merged("page"),
  });
}

/**
 * The catalogue for the first language of the list that there is one for; English if none.
 *
 * @param {readonly string[]} languages BCP 47 tags
 * @returns {Strings}
 */
export function stringsFor(languages) {
  const known = languages.map(primary).find((language) => catalogues.has(language));
  return catalogues.get(known ?? "en") ?? en;
}

/** @param {string} language */
function primary(language) {
  return language.split("-")[0].toLowerCase();
}
