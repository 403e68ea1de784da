/** A WebSocket whose other end is the test. */
export class FakeSocket {
  /** Frames that were sent and have not been taken. @type {any[]} */
  sent = [];
  isClosed = false;
  onopen = null;
  onmessage = null;
  onclose = null;

  /**
   * @param {URL} url
   * @param {string} protocol
   */
  constructor(url, protocol) {
    this.url = url;
    this.protocol = protocol;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
    this.onsent?.();
  }

  close() {
    this.isClosed = true;
    this.onleft?.();
  }

  /** The server has taken the connection. */
  open() {
    this.onopen?.();
  }

  /** @param {object[]} frames that the server sends */
  say(...frames) {
    frames.forEach((frame) => this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) }));
  }

  /** @param {number} code with which the connection ends */
  end(code) {
    this.onclose?.({ code });
  }

  /**
   * The frames of a type that were sent, once.
   *
   * @param {string} type
   */
  take(type) {
    const taken = this.sent.filter((frame) => frame.type === type);
    this.sent = this.sent.filter((frame) => frame.type !== type);
    return taken;
  }
}
