const STAY_AWAY = new Set([1003, 1007, 1009, 4400]);
const CONNECT_MS = 10_000;
const STEADY_MS = 5_000;
const LONGEST_WAIT_S = 30;

/**
 * One WebSocket after another to the same server, for as long as it wants us back. States: `connecting`, `open`,
 * `waiting` (for the next attempt) and `stopped` (for good).
 */
export class Connection {
  state = "waiting";
  #open;
  #onState;
  #onFrame;
  #clock;
  #random;
  #socket;
  #timer;
  #failures = 0;

  /** `open` makes a new WebSocket; `clock` and `random` are there to be replaced. */
  constructor({ open, onState, onFrame, clock = globalThis, random = Math.random }) {
    this.#open = open;
    this.#onState = onState;
    this.#onFrame = onFrame;
    this.#clock = clock;
    this.#random = random;
  }

  /** Begins, or cuts a wait short. */
  hurry() {
    if (this.state === "waiting") {
      this.#connect();
    }
  }

  /** Whether the frame was handed to the socket; only an answer says that it arrived. */
  send(frame) {
    if (this.state !== "open") {
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives up a socket that has gone silent. Its own close could take minutes, so nobody waits for it. */
  drop() {
    const socket = this.#socket;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#lost();
  }

  #connect() {
    const socket = (this.#socket = this.#open());
    socket.onopen = () => {
      // A server that accepts and soon hangs up must still see the waits grow.
      this.#after(STEADY_MS, () => (this.#failures = 0));
      this.#enter("open");
    };
    socket.onmessage = ({ data }) => this.#onFrame(data);
    socket.onclose = ({ code }) => this.#lost(code);
    this.#after(CONNECT_MS, () => this.drop());
    this.#enter("connecting");
  }

  #lost(code) {
    this.#clock.clearTimeout(this.#timer);
    if (STAY_AWAY.has(code)) {
      this.#enter("stopped");
      return;
    }
    const longest = Math.min(LONGEST_WAIT_S, 2 ** this.#failures++);
    this.#after(this.#random() * longest * 1000, () => this.#connect());
    this.#enter("waiting");
  }

  #after(ms, action) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(action, ms);
  }

  #enter(state) {
    this.state = state;
    this.#onState(state);
  }
}
