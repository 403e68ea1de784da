const DAY_MS = 86_400_000;

/** @typedef {ReturnType<typeof times>} Times */

/**
 * Times and days, as they are said in one language.
 *
 * @param {string} locale
 */
export function times(locale) {
  /** @param {Intl.DateTimeFormatOptions} options */
  const format = (options) => new Intl.DateTimeFormat(locale, options).format;
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { weekday: "long", month: "long", day: "numeric" };
  const inThisYear = format(parts);
  const inOtherYears = format({ ...parts, year: "numeric" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  return {
    time: format({ timeStyle: "short" }),
    exact: format({ dateStyle: "full", timeStyle: "medium" }),

    /** @param {number} at */
    day(at) {
      const now = Date.now();
      const ago = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
      if (ago === 0 || ago === 1) {
        const words = relative.format(-ago, "day");
        return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
      }
      const isInThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
      return (isInThisYear ? inThisYear : inOtherYears)(at);
    },
  };
}

/**
 * The midnight before it, where the reader is.
 *
 * @param {number} at
 */
export function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}
