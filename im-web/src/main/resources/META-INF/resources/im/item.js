import { isUser } from "./user.js";

/**
 * A message or a change that is to be sent.
 *
 * @typedef {object} Item
 * @property {string} id
 * @property {string} to
 * @property {"message" | "edit" | "delete" | "react"} kind
 * @property {number} [of]
 * @property {string} [body]
 * @property {object} [data]
 * @property {number} at when it was written
 * @property {string} [code] why it failed
 * @property {number} [seq] its number, once the server has accepted it and its entry is still to come
 */

const KINDS = ["message", "edit", "delete", "react"];

/**
 * @param {string} id
 * @param {string | undefined} text
 * @returns {Item | undefined} nothing if it is none: pages of the same origin may write there too
 */
export function readItem(id, text) {
  try {
    const item = JSON.parse(text ?? "null");
    const { to, kind, of, body, data, at, code } = item;
    const isItem =
      item.id === id &&
      isUser(to) &&
      KINDS.includes(kind) &&
      Number.isSafeInteger(at) &&
      (kind === "message" ? of === undefined : Number.isSafeInteger(of)) &&
      (kind === "delete" ? body === undefined : typeof body === "string") &&
      (data === undefined || typeof data === "object") &&
      (code === undefined || typeof code === "string");
    return isItem ? { id, to, kind, of, body, data, at, code } : undefined;
  } catch {
    return undefined;
  }
}

/** 128 random bits. Where crypto.randomUUID is missing (pages without TLS) there is still this. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
