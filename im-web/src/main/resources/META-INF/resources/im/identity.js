const RENEW_BEFORE = 0.2;
const LEAST_WAIT_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** What a token may be: a hello of 64 KiB has room for so much, beside 500 cursors. */
const TOKEN = /^[^\p{Cc}\p{Cs}]{1,15000}$/u;

/**
 * Who we say that we are, and the proof of it, which is got anew before it expires.
 *
 * @param {object} options
 * @param {string} [options.user]
 * @param {string} [options.token]
 * @param {() => string | undefined | Promise<string | undefined>} [options.getToken]
 * @param {import("./link.js").Clock} clock
 * @param {(credentials: object) => void} renew tells the server of another token
 */
export function identity({ user, token, getToken }, clock, renew) {
  /** What the last hello of a connection said. @type {string | undefined} */
  let said;
  /** @type {string | undefined} */
  let refused;
  /** @type {any} */
  let timer;

  /**
   * @returns {Promise<{token?: string, user?: string} | undefined>} nothing if there is no token, and will be none
   * @throws {TypeError} if what was got can be none, and another may be got
   */
  async function credentials() {
    token ??= await getToken?.();
    if (!token && !getToken && user) {
      return { user };
    }
    if (token && token !== refused) {
      if (isToken(token)) {
        return { token };
      }
      if (refuse(token)) {
        throw new TypeError("this can be no token");
      }
    }
    token = undefined;
    return undefined;
  }

  /**
   * @param {string | undefined} which
   * @returns whether another token is here or may be had
   */
  function refuse(which) {
    refused = which;
    if (token === which) {
      token = undefined;
    }
    return (token ?? getToken) !== undefined;
  }

  /** If there is none now, the connection ends when the old one does, and one is asked for again. */
  async function renewNow() {
    token = undefined;
    const another = await credentials().catch(() => undefined);
    if (another) {
      renew(another);
    }
  }

  /** There is no connection to renew. */
  const end = () => clock.clearTimeout(timer);

  return {
    end,

    /** @param {string} text another token */
    is(text) {
      token = text;
      if (isToken(token)) {
        renew({ token });
      }
    },

    /** What the hello of another connection says of us; nothing if there is nothing to say. */
    async introduction() {
      const all = await credentials();
      said = all?.token;
      return all;
    },

    /** @returns whether another token is here or may be had, after the one that was said was refused */
    refused: () => refuse(said),

    /**
     * Gets another token in time.
     *
     * @param {number} [ms] how long this one holds
     */
    holdsFor(ms) {
      end();
      if (ms !== undefined && getToken) {
        const wait = Math.max(LEAST_WAIT_MS, ms * (1 - RENEW_BEFORE), ms - 60_000);
        timer = clock.setTimeout(renewNow, Math.min(wait, LONGEST_TIMER_MS));
      }
    },
  };
}

/** @param {unknown} value */
const isToken = (value) => typeof value === "string" && TOKEN.test(value);
