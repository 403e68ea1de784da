/** Time that goes on when a test says so. */
export class ManualClock {
  #now = 1_767_225_600_000;
  #last = 0;
  /** @type {Map<number, {at: number, action: () => void}>} */
  #timers = new Map();

  now = () => this.#now;

  /**
   * @param {() => void} action
   * @param {number} ms
   */
  setTimeout = (action, ms) => {
    // As browsers have it: what does not fit into 31 bits is due at once.
    const wait = ms > 2 ** 31 - 1 ? 0 : Math.max(0, ms);
    this.#timers.set(++this.#last, { at: this.#now + wait, action });
    return this.#last;
  };

  /** @param {number} timer */
  clearTimeout = (timer) => {
    this.#timers.delete(timer);
  };

  /** How many timers are set. */
  get timers() {
    return this.#timers.size;
  }

  /** How long it is until the next timer is due. */
  get next() {
    return Math.min(...[...this.#timers.values()].map(({ at }) => at)) - this.#now;
  }

  /** @param {number} ms what is due in them is done, each at its time */
  async advance(ms) {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].action();
      await settle();
    }
    this.#now = end;
  }
}

const channel = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Until all that has been promised is done: a task comes after all microtasks. */
export function settle() {
  return new Promise((resolve) => {
    waiting.push(() => resolve(undefined));
    channel.port2.postMessage(undefined);
  });
}
