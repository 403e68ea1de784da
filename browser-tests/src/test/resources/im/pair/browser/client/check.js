/** What a test expects; whatever is not as it says ends the test. */
export const check = {
  /**
   * @param {unknown} actual
   * @param {unknown} expected the same value, or one made of the same fields and elements
   * @param {string} [about]
   */
  equal(actual, expected, about = "") {
    if (!same(actual, expected)) {
      throw new Error(`${about} is ${text(actual)}, not ${text(expected)}`);
    }
  },

  /**
   * @param {unknown} value
   * @param {string} about
   */
  that(value, about) {
    if (!value) {
      throw new Error(about);
    }
  },

  /**
   * @param {() => void} action
   * @param {new (...any: any[]) => Error} type
   */
  fails(action, type) {
    try {
      action();
    } catch (error) {
      check.that(error instanceof type, `it throws ${error}, and not a ${type.name}`);
      return;
    }
    throw new Error(`it does not throw a ${type.name}`);
  },
};

/**
 * Fields that are undefined are as good as absent.
 *
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return Object.is(one, other);
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => same(one[key], other[key]));
}

/** @param {unknown} value */
function text(value) {
  return JSON.stringify(value) ?? String(value);
}
