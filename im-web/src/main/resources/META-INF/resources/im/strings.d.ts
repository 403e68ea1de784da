/**
 * Adds a language, or replaces one. Call it before the elements are there.
 *
 * @param {string} language its BCP 47 tag; what comes after the first part counts for nothing
 * @param {{chat?: object, timeline?: object, page?: object}} catalogue shaped as strings-en.js; what it leaves out is
 *     said in English
 * @throws {TypeError} if they are none
 */
export function addStrings(language: string, catalogue: {
    chat?: object;
    timeline?: object;
    page?: object;
}): void;
export type Strings = typeof en;
import { en } from "./strings-en.js";
