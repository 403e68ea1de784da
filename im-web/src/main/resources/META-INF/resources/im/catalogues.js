import { en } from "./strings-en.js";

/** @typedef {import("./strings.js").Strings} Strings */

/** By the first part of a language's tag. @type {Map<string, Strings>} */
export const catalogues = new Map([["en", en]]);

/**
 * Loads what `stringsFor` needs for these languages, if it is not there yet.
 *
 * @param {readonly string[]} languages BCP 47 tags
 */
export async function loadStrings(languages) {
  if (known(languages) === "zh" && !catalogues.has("zh")) {
    const { zh } = await import("./strings-zh.js");
    catalogues.set("zh", zh);
  }
}

/**
 * The catalogue for the first language of the list that has one; English if none has, or if it was not loaded.
 *
 * @param {readonly string[]} languages BCP 47 tags
 * @returns {Strings}
 */
export function stringsFor(languages) {
  return catalogues.get(known(languages)) ?? en;
}

/**
 * The first of the languages that the catalogue is for, with its region, since that is how times are written.
 *
 * @param {readonly string[]} languages BCP 47 tags, or not: `Intl` would throw
 * @param {Strings} strings
 */
export function localeFor(languages, { lang }) {
  try {
    return Intl.getCanonicalLocales(languages.find((each) => primary(each) === primary(lang)) ?? lang)[0];
  } catch {
    return lang;
  }
}

/**
 * The first of the languages that there is a catalogue for, here or to be loaded.
 *
 * @param {readonly string[]} languages
 */
function known(languages) {
  return languages.map(primary).find((each) => each === "zh" || catalogues.has(each)) ?? "en";
}

/** @param {string} language its BCP 47 tag */
export function primary(language) {
  return language.split("-")[0].toLowerCase();
}
