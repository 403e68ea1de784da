const MOST = 200;
/** What is none of this ends a URL: blanks, quotes, marks of direction, invisible ones, CJK punctuation. */
const CANDIDATE = /(?<![a-z0-9_])https?:\/\/[!#-;=?-\[\]_a-z~\p{L}\p{M}\p{N}\p{So}]+/giu;
/** In "https://example.com看看" the sentence goes on where the name has ended. */
const SENTENCE_GOES_ON = /^https?:\/\/[a-z0-9.-]+\.[a-z]+(:\d+)?(?=\p{Lo})/iu;

/** @typedef {{text: string, href: string}} Link what was written, and where it leads */

/**
 * Splits a text where links are in it. Put together again, the parts are the text.
 *
 * @param {string} text
 * @returns {(string | Link)[]}
 */
export function splitLinks(text) {
  /** @type {(string | Link)[]} */
  const parts = [];
  let done = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const link = linkOf(trimmed(candidate));
    if (link) {
      parts.push(text.slice(done, index), link);
      done = index + link.text.length;
      if (parts.length > 2 * MOST) {
        break;
      }
    }
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== "");
}

/**
 * Without what belongs to the sentence around it: punctuation, and brackets that were opened before.
 *
 * @param {string} candidate
 */
function trimmed(candidate) {
  const url = candidate.match(SENTENCE_GOES_ON)?.[0] ?? candidate;
  /** @param {string} mark */
  const count = (mark) => url.split(mark).length;
  /** @type {Record<string, number>} */
  const spare = { ")": count(")") - count("("), "]": count("]") - count("[") };
  let end = url.length;
  for (; end > 0; end--) {
    const last = url[end - 1];
    if (spare[last] > 0) {
      spare[last]--;
    } else if (!/[.,;:!?'*_~]/.test(last)) {
      break;
    }
  }
  return url.slice(0, end);
}

/**
 * A name before an @ would pass for the host's: that is no link.
 *
 * @param {string} text
 * @returns {Link | undefined}
 */
function linkOf(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? { text, href: url.href } : undefined;
}
