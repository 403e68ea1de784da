import { catalogues, primary } from "./catalogues.js";
import { en } from "./strings-en.js";

/** @typedef {typeof en} Strings */

/**
 * Adds a language, or replaces one. Call it before the elements are there.
 *
 * @param {string} language its BCP 47 tag; what comes after the first part counts for nothing
 * @param {{chat?: object, timeline?: object, page?: object}} catalogue shaped as strings-en.js; what it leaves out is
 *     said in English
 * @throws {TypeError} if they are none
 */
export function addStrings(language, catalogue) {
  if (typeof language !== "string" || Object(catalogue) !== catalogue) {
    throw new TypeError('give a language and its words: addStrings("de", { chat: { send: "Senden" } })');
  }
  const { chat, timeline, page } = catalogue;
  catalogues.set(primary(language), {
    lang: language,
    chat: { ...en.chat, ...chat },
    timeline: { ...en.timeline, ...timeline },
    page: { ...en.page, ...page },
  });
}
