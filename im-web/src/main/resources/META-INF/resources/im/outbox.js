const MOST = 20;
const ECHO_MS = 15_000;

/**
 * Texts on their way to the server, oldest first. Only the first is sent; the next goes when its echo has come, because
 * a refusal does not say which message it means. Nothing is sent twice: the classic wire would show it twice.
 */
export class Outbox {
  texts = [];
  #send;
  #onSilence;
  #clock;
  #timer;

  /** `send` hands a text to the connection; `onSilence` is told that no answer came. */
  constructor({ send, onSilence, clock = globalThis }) {
    this.#send = send;
    this.#onSilence = onSilence;
    this.#clock = clock;
  }

  /** Whether it takes the text: not beyond its bound. */
  add(text) {
    if (this.texts.length >= MOST) {
      return false;
    }
    if (this.texts.push(text) === 1) {
      this.#sendFirst();
    }
    return true;
  }

  /** One's own message has come back. It may be another tab's; the same text serves as well. */
  echoed(text) {
    if (this.texts[0] === text) {
      this.#clock.clearTimeout(this.#timer);
      this.texts.shift();
      if (this.texts.length > 0) {
        this.#sendFirst();
      }
    }
  }

  /** Empties it: what was refused or never confirmed is its writer's again. */
  takeBack() {
    this.#clock.clearTimeout(this.#timer);
    return this.texts.splice(0);
  }

  #sendFirst() {
    this.#timer = this.#clock.setTimeout(this.#onSilence, ECHO_MS);
    this.#send(this.texts[0]);
  }
}
