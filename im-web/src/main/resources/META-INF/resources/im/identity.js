const RENEW_BEFORE = 0.2;
const LEAST_WAIT_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** There is no token, and there will be none. */
export class SignedOut extends Error {}

/** Who we say that we are, and the proof of it, which is got anew before it expires. */
export class Identity {
  #user;
  #token;
  #getToken;
  #clock;
  #renew;
  /** What the last hello of a connection said. @type {string | undefined} */
  #said;
  /** @type {string | undefined} */
  #refused;
  /** @type {any} */
  #timer;

  /**
   * @param {object} options
   * @param {string} [options.user]
   * @param {string} [options.token]
   * @param {() => string | undefined | Promise<string | undefined>} [options.getToken]
   * @param {import("./link.js").Clock} clock
   * @param {(credentials: object) => void} renew tells the server of another token
   */
  constructor({ user, token, getToken }, clock, renew) {
    this.#user = user;
    this.#token = token;
    this.#getToken = getToken;
    this.#clock = clock;
    this.#renew = renew;
  }

  set token(/** @type {string | undefined} */ token) {
    this.#token = token;
  }

  /**
   * What the hello of another connection says of us.
   *
   * @throws {SignedOut} if there is nothing to say
   */
  async introduction() {
    const credentials = await this.#credentials();
    this.#said = credentials.token;
    return credentials;
  }

  /** @returns {Promise<{token?: string, user?: string}>} */
  async #credentials() {
    this.#token ??= await this.#getToken?.();
    if (this.#token && this.#token !== this.#refused) {
      return { token: this.#token };
    }
    if (this.#token || this.#getToken || !this.#user) {
      throw new SignedOut();
    }
    return { user: this.#user };
  }

  /** @returns whether another token is here or may be had, after the one that was said was refused */
  refused() {
    this.#refused = this.#said;
    if (this.#token === this.#said) {
      this.#token = undefined;
    }
    return (this.#token ?? this.#getToken) !== undefined;
  }

  /**
   * Gets another token in time.
   *
   * @param {number} [ms] how long this one holds
   */
  holdsFor(ms) {
    this.end();
    if (ms !== undefined && this.#getToken) {
      this.#renewIn(Math.max(LEAST_WAIT_MS, ms * (1 - RENEW_BEFORE), ms - 60_000));
    }
  }

  /** There is no connection to renew. */
  end() {
    this.#clock.clearTimeout(this.#timer);
  }

  /** @param {number} ms */
  #renewIn(ms) {
    const part = Math.min(ms, LONGEST_TIMER_MS);
    this.#timer = this.#clock.setTimeout(() => {
      if (part < ms) {
        this.#renewIn(ms - part);
      } else {
        this.#getAnother();
      }
    }, part);
  }

  /** If there is none now, the connection ends when the old one does, and one is asked for again. */
  async #getAnother() {
    this.#token = undefined;
    const credentials = await this.#credentials().catch(() => undefined);
    if (credentials) {
      this.#renew(credentials);
    }
  }
}
