/**
 * Whether the server would take it as a user's id.
 *
 * @param {unknown} text
 * @returns {text is string}
 */
export function isUser(text: unknown): text is string;
