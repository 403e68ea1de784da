/** @typedef {import("./frames.js").Rejected} Rejected */

const AGAIN_MS = 2_000;

/** Commands that are asked until they are answered, over any number of connections. */
export class Questions {
  #clock;
  #send;
  #isOpen = false;
  #ref = 0;
  /** @type {(() => void)[]} */
  #waiting = [];
  /** Of those that are asked: whom to tell the answer, or that it was lost. @type {Map<unknown, (answer?: any) => void>} */
  #asked = new Map();

  /**
   * @param {import("./link.js").Clock} clock
   * @param {(command: object) => void} send
   */
  constructor(clock, send) {
    this.#clock = clock;
    this.#send = send;
  }

  /** We are connected. */
  open() {
    this.#isOpen = true;
    this.#waiting.splice(0).forEach((ask) => ask());
  }

  /** What was asked has to be asked again. */
  close() {
    this.#isOpen = false;
    const lost = [...this.#asked.values()];
    this.#asked.clear();
    lost.forEach((tell) => tell());
  }

  /**
   * @param {object} command without a `ref`
   * @returns {Promise<any>} the answer; nothing if it was refused
   */
  async ask(command) {
    for (;;) {
      const answer = await this.#askOnce(command);
      if (answer?.type !== "rejected") {
        if (answer) {
          return answer;
        }
      } else if (answer.code === "store") {
        await new Promise((resolve) => this.#clock.setTimeout(() => resolve(undefined), AGAIN_MS));
      } else {
        return undefined;
      }
    }
  }

  /**
   * @param {{ref?: unknown}} frame
   * @returns whether it was asked for here
   */
  answer(frame) {
    const tell = this.#asked.get(frame.ref);
    this.#asked.delete(frame.ref);
    tell?.(frame);
    return tell !== undefined;
  }

  /** @param {object} command */
  async #askOnce(command) {
    if (!this.#isOpen) {
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    }
    return new Promise((resolve) => {
      const ref = ++this.#ref;
      this.#asked.set(ref, resolve);
      this.#send({ ...command, ref });
    });
  }
}
