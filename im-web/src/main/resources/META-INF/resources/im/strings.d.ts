/**
 * Adds a language, or replaces one. Call it before the elements are there.
 *
 * @param {string} language its BCP 47 tag; what comes after the first part counts for nothing
 * @param {object} catalogue shaped as strings-en.js; what it leaves out is said in English
 */
export function addStrings(language: string, catalogue: object): void;
/**
 * The catalogue for the first language of the list that there is one for; English if none.
 *
 * @param {readonly string[]} languages BCP 47 tags
 * @returns {Strings}
 */
export function stringsFor(languages: readonly string[]): Strings;
export type Strings = typeof en;
import { en } from "./strings-en.js";
