const MOST = 300;
/** So many messages at least are kept ready above and below those in sight. */
export const MARGIN = 40;

/** @typedef {import("./im-client.js").Message} Message */
/** @typedef {ReturnType<typeof span>} Span */

/**
 * The part of all messages that is in the document. It knows itself by its ends, wherever in the list they get to.
 *
 * @param {readonly Message[]} all
 * @param {number} from
 * @param {number} to
 */
export function span(all, from, to) {
  return { from, to, first: all[from], last: all[to - 1], hasEnd: to === all.length };
}

/**
 * The same part after the list has changed.
 *
 * @param {Span} before
 * @param {readonly Message[]} all
 * @param {boolean} atEnd whether the reader is at its end
 */
export function followed(before, all, atEnd) {
  /** @param {Message | undefined} one */
  const indexOf = (one) => all.findIndex(({ id, from }) => id === one?.id && from === one.from);
  const start = indexOf(before.first);
  const to = (!atEnd && !before.hasEnd && indexOf(before.last) + 1) || all.length;
  const from = atEnd || start < 0 ? Math.max(start, to - MOST, 0) : start;
  return span(all, from, Math.min(to, from + MOST));
}

/**
 * The part with enough on both sides of what is in sight: the one that is there already, if it has that.
 *
 * @param {Span} now
 * @param {readonly Message[]} all
 * @param {number} first in sight
 * @param {number} last in sight
 */
export function around(now, all, first, last) {
  const isShort = (now.from > 0 && first - now.from < MARGIN) || (!now.hasEnd && now.to - last < MARGIN);
  const from = Math.max(0, Math.min((first + last - MOST) >> 1, all.length - MOST));
  const to = Math.min(all.length, from + MOST);
  return isShort && (from !== now.from || to !== now.to) ? span(all, from, to) : now;
}
