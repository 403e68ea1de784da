const DAY_MS = 86_400_000;

/** Times and days, as they are said in one language. */
export class Times {
  #locale;
  #time;
  #exact;
  #relative;
  #day;
  #dayAndYear;

  /** @param {string} locale */
  constructor(locale) {
    /** @type {Intl.DateTimeFormatOptions} */
    const day = { weekday: "long", month: "long", day: "numeric" };
    this.#locale = locale;
    this.#time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
    this.#exact = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    this.#day = new Intl.DateTimeFormat(locale, day);
    this.#dayAndYear = new Intl.DateTimeFormat(locale, { ...day, year: "numeric" });
  }

  /** @param {number} at */
  time(at) {
    return this.#time.format(at);
  }

  /** @param {number} at */
  exact(at) {
    return this.#exact.format(at);
  }

  /**
   * @param {number} at
   * @param {number} now
   */
  day(at, now) {
    const ago = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
    if (ago === 0 || ago === 1) {
      const words = this.#relative.format(-ago, "day");
      return words.charAt(0).toLocaleUpperCase(this.#locale) + words.slice(1);
    }
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? this.#day : this.#dayAndYear).format(at);
  }
}

/**
 * The midnight before it, where the reader is.
 *
 * @param {number} at
 */
export function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** @param {number} at */
export function nextDay(at) {
  return new Date(at).setHours(24, 0, 0, 0);
}
