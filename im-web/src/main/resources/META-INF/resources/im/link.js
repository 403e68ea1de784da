/** Close codes after which nothing gets better by coming back. */
const STAY_AWAY = new Set([1002, 1003, 1007, 1009, 4400]);
const WELCOME_MS = 20_000;
const SILENCE_MS = 30_000;
const ANSWER_MS = 10_000;
const HURRIED_ANSWER_MS = 5_000;
const LONGEST_WAIT_S = 30;

/** @typedef {{now(): number, setTimeout(action: () => void, ms: number): any, clearTimeout(timer: any): void}} Clock */

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  setTimeout: (action, ms) => globalThis.setTimeout(action, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};

/**
 * One WebSocket after another to the same server, for as long as it wants us back. The waits between them are random,
 * and longer after each attempt that got no welcome.
 */
export class Link {
  /** @type {"waiting" | "connecting" | "open" | "stopped"} */
  state = "waiting";
  #options;
  /** @type {WebSocket | undefined} */
  #socket;
  /** @type {any} */
  #timer;
  /** Since the last welcome. */
  #attempts = 0;
  #isWelcome = false;
  #run = 0;
  #heardAt = 0;

  /**
   * @param {object} options
   * @param {() => WebSocket} options.open makes the next socket
   * @param {() => Promise<string>} options.hello the first frame of the next socket; a rejection is a failed attempt
   * @param {(text: unknown) => void} options.onFrame
   * @param {(state: "waiting" | "connecting" | "open" | "stopped", code?: number) => void} options.onState
   *     the code with which the socket closed, if it did; from inside, `stop` may be called
   * @param {Clock} options.clock
   * @param {() => number} options.random from 0 to 1
   */
  constructor(options) {
    this.#options = options;
  }

  /** Begins, or cuts a wait short; an open socket that has been silent must prove that it lives. */
  hurry() {
    if (this.state === "waiting") {
      this.#connect();
    } else if (this.#isWelcome && this.#options.clock.now() - this.#heardAt > HURRIED_ANSWER_MS) {
      this.#ask(HURRIED_ANSWER_MS);
    }
  }

  /** Begins again after `stopped`. */
  restart() {
    if (this.state === "stopped") {
      this.#attempts = 0;
      this.#connect();
    }
  }

  /** The server has welcomed us: the next waits begin short again. */
  welcomed() {
    this.#attempts = 0;
    this.#isWelcome = true;
    this.#listen();
  }

  /**
   * @param {object} frame
   * @returns whether it was handed to the socket; only an answer says that it arrived
   */
  send(frame) {
    if (this.state !== "open") {
      return false;
    }
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  /** Gives up the socket and comes back. Its own close could take minutes, so nobody waits for it. */
  drop() {
    if (this.state === "connecting" || this.state === "open") {
      this.#leave();
      this.#lost();
    }
  }

  /** Stays away until `restart`. */
  stop() {
    if (this.state !== "stopped") {
      this.#leave();
      this.#enter("stopped");
    }
  }

  #connect() {
    const run = ++this.#run;
    this.#after(WELCOME_MS, () => this.drop());
    this.#enter("connecting");
    this.#options.hello().then(
      (hello) => run === this.#run && this.#open(hello),
      () => run === this.#run && this.drop(),
    );
  }

  /** @param {string} hello */
  #open(hello) {
    const socket = (this.#socket = this.#options.open());
    socket.onopen = () => {
      socket.send(hello);
      this.#enter("open");
    };
    socket.onmessage = ({ data }) => {
      if (this.#isWelcome) {
        this.#listen();
      }
      this.#options.onFrame(data);
    };
    socket.onclose = ({ code }) => this.#lost(code);
  }

  /** @param {number} [code] */
  #lost(code) {
    this.#leave();
    if (code !== undefined && STAY_AWAY.has(code)) {
      this.#enter("stopped", code);
      return;
    }
    const longest = Math.min(LONGEST_WAIT_S, 2 ** this.#attempts++);
    this.#after(this.#options.random() * longest * 1000, () => this.#connect());
    this.#enter("waiting", code);
  }

  #leave() {
    this.#run++;
    this.#isWelcome = false;
    this.#options.clock.clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket) {
      this.#socket = undefined;
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #listen() {
    this.#heardAt = this.#options.clock.now();
    this.#after(SILENCE_MS, () => this.#ask(ANSWER_MS));
  }

  /** @param {number} ms how long the answer may take */
  #ask(ms) {
    this.send({ type: "ping" });
    this.#after(ms, () => this.drop());
  }

  /**
   * @param {number} ms
   * @param {() => void} action
   */
  #after(ms, action) {
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(action, ms);
  }

  /**
   * @param {"waiting" | "connecting" | "open" | "stopped"} state
   * @param {number} [code]
   */
  #enter(state, code) {
    this.state = state;
    this.#options.onState(state, code);
  }
}
