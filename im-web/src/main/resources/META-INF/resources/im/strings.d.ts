/**
 * Adds a language, or replaces one. Call it before the elements are there.
 *
 * @param {string} language its BCP 47 tag; what comes after the first part counts for nothing
 * @param {{chat?: object, timeline?: object, page?: object}} catalogue shaped as strings-en.js; what it leaves out is
 *     said in English
 */
export function addStrings(language: string, { chat, timeline, page }: {
    chat?: object;
    timeline?: object;
    page?: object;
}): void;
/**
 * Loads what `stringsFor` needs for these languages, if it is not there yet.
 *
 * @param {readonly string[]} languages BCP 47 tags
 */
export function loadStrings(languages: readonly string[]): Promise<void>;
/**
 * The catalogue for the first language of the list that has one; English if none has, or if it was not loaded.
 *
 * @param {readonly string[]} languages BCP 47 tags
 * @returns {Strings}
 */
export function stringsFor(languages: readonly string[]): Strings;
/**
 * The first of the languages that the catalogue is for, with its region, since that is how times are written.
 *
 * @param {readonly string[]} languages BCP 47 tags, or not: `Intl` would throw
 * @param {Strings} strings
 */
export function localeFor(languages: readonly string[], { lang }: Strings): string;
export type Strings = typeof en;
import { en } from "./strings-en.js";
