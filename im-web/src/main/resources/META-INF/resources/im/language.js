import { stringsFor } from "./strings.js";

/**
 * The words and the locale for an element: those of the nearest `lang` around it, or, where the page says none, those
 * that the reader's browser prefers.
 *
 * @param {Element} element
 * @returns {{strings: import("./strings.js").Strings, locale: string}}
 */
export function languageOf(element) {
  const languages = languagesAround(element);
  const strings = stringsFor(languages);
  return { strings, locale: languages.find((language) => suits(language, strings.lang)) ?? strings.lang };
}

/**
 * @param {Element} element
 * @returns {readonly string[]}
 */
function languagesAround(element) {
  for (let node = element; node; node = /** @type {ShadowRoot} */ (node.getRootNode()).host) {
    const around = /** @type {HTMLElement | null} */ (node.closest("[lang]:not([lang=''])"));
    if (around) {
      return [around.lang];
    }
  }
  return document.documentElement.lang ? [document.documentElement.lang] : navigator.languages;
}

/**
 * Whether it is a dialect of that language. What is no language tag suits none: `Intl` would throw.
 *
 * @param {string} language
 * @param {string} lang
 */
function suits(language, lang) {
  try {
    return new Intl.Locale(language).language === new Intl.Locale(lang).language;
  } catch {
    return false;
  }
}
