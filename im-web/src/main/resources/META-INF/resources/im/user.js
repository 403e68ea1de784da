const SHAPE = /^[A-Za-z0-9]([A-Za-z0-9._\-@:+]{0,62}[A-Za-z0-9])?$/;

/**
 * Whether the server would take it as a user's id.
 *
 * @param {unknown} text
 * @returns {text is string}
 */
export function isUser(text) {
  return typeof text === "string" && SHAPE.test(text);
}
