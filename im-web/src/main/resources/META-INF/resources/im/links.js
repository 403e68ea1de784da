import { element } from "./dom.js";

const MOST = 200;
/** What is none of this ends a URL: blanks, quotes, marks of direction, invisible ones, CJK punctuation. */
const CANDIDATE = /(?<![a-z0-9_])https?:\/\/[!#-;=?-\[\]_a-z~\p{L}\p{M}\p{N}\p{So}]+/giu;
/** In "https://example.com看看" the sentence goes on where the name has ended. */
const SENTENCE_GOES_ON = /^https?:\/\/[a-z0-9.-]+\.[a-z]+(:\d+)?(?=\p{Lo})/iu;

/**
 * A text with its links. Put together again, the parts are the text.
 *
 * @param {string} text
 */
export function linked(text) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let done = 0;
  for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
    const url = trimmed(candidate);
    const href = hrefOf(url);
    if (href && parts.length < 2 * MOST) {
      const link = element("a", { href, target: "_blank", rel: "noopener noreferrer" }, url);
      parts.push(text.slice(done, index), link);
      done = index + url.length;
    }
  }
  return [...parts, text.slice(done)];
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
  while (/[.,;:!?'*_~]/.test(url[end - 1]) || spare[url[end - 1]]-- > 0) {
    end--;
  }
  return url.slice(0, end);
}

/**
 * Where it leads. A name before an @ would pass for the host's: that is no link.
 *
 * @param {string} text
 */
function hrefOf(text) {
  const url = URL.canParse(text) && new URL(text);
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password && url.href;
}
