const AGAIN_MS = 3_000;
const IDLE_MS = 5_000;
const EXPIRES_MS = 6_000;

/** Who of the two types. It is told and forgotten: nobody waits for it. */
export class Typing {
  /** Whether the peer does. */
  peer = false;
  #clock;
  #tell;
  #onChange;
  /** When it was last told that we do. */
  #toldAt = -Infinity;
  /** @type {any} */
  #ownTimer;
  /** @type {any} */
  #peerTimer;

  /**
   * @param {import("./link.js").Clock} clock
   * @param {(on: boolean) => void} tell
   * @param {() => void} onChange of the peer's
   */
  constructor(clock, tell, onChange) {
    this.#clock = clock;
    this.#tell = tell;
    this.#onChange = onChange;
  }

  /** @param {boolean} on there was input; or the line is empty */
  own(on) {
    this.#clock.clearTimeout(this.#ownTimer);
    if (!on) {
      if (this.#toldAt > -Infinity) {
        this.#toldAt = -Infinity;
        this.#tell(false);
      }
      return;
    }
    this.#ownTimer = this.#clock.setTimeout(() => this.own(false), IDLE_MS);
    if (this.#clock.now() - this.#toldAt >= AGAIN_MS) {
      this.#toldAt = this.#clock.now();
      this.#tell(true);
    }
  }

  /** We have said what we typed, and the peer knows. */
  sent() {
    this.#clock.clearTimeout(this.#ownTimer);
    this.#toldAt = -Infinity;
  }

  /** @param {boolean} on */
  peerIs(on) {
    this.#clock.clearTimeout(this.#peerTimer);
    if (on) {
      this.#peerTimer = this.#clock.setTimeout(() => this.peerIs(false), EXPIRES_MS);
    }
    if (on !== this.peer) {
      this.peer = on;
      this.#onChange();
    }
  }
}
