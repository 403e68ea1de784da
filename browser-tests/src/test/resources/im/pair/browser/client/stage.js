import { Client } from "/im/im-client.js";
import { FakeSocket } from "./fake-socket.js";
import { ManualClock, settle } from "./manual-clock.js";
import { MemoryCursors, MemoryStorage } from "./memory.js";

export const LIMITS = { bodyBytes: 16_384, frameBytes: 65_536, dataBytes: 8_192 };

/** A client and all that it touches, in the hands of the test. */
export class Stage {
  storage = new MemoryStorage();
  cursors = new MemoryCursors();
  /** What chance says. */
  dice = 0;
  /** @type {FakeSocket[]} */
  sockets = [];
  /** What the client has told of itself. @type {string[]} */
  states = [];
  /** The messages that it has announced. @type {string[]} */
  messages = [];

  /**
   * @param {Partial<import("/im/im-client.js").Options>} options
   * @param {ManualClock} clock
   */
  constructor(options = { user: "alice" }, clock = new ManualClock()) {
    this.clock = clock;
    this.client = this.another(options);
    this.client.addEventListener("state", ({ detail }) => {
      this.states.push(detail.reason ? `${detail.state} ${detail.reason}` : detail.state);
    });
    this.client.addEventListener("message", ({ detail }) => this.messages.push(detail.message.body));
  }

  /** A client of the same browser: another tab, or the same one after a reload. */
  another(options = { user: "alice" }) {
    const { clock, storage, cursors, sockets } = this;
    return new Client({
      url: "ws://chat.example/ws",
      clock,
      random: () => this.dice,
      storage,
      cursors,
      WebSocket: class extends FakeSocket {
        constructor(url, protocol) {
          super(url, protocol);
          sockets.push(this);
        }
      },
      ...options,
    });
  }

  /** The newest. */
  get socket() {
    return this.sockets.at(-1);
  }

  /** Connects, and the hello is there. */
  async hello() {
    this.client.connect();
    await settle();
    this.socket.open();
    return this.socket.take("hello")[0];
  }

  /** Connects, and everything is there. */
  async online({ welcome = {}, replay = [], items = [], next = undefined } = {}) {
    await this.hello();
    await this.welcomed({ welcome, replay, items, next });
  }

  async welcomed({ welcome = {}, replay = [], items = [], next = undefined } = {}) {
    this.socket.say(this.welcome(welcome), ...replay, { type: "synced" });
    await this.listed(items, next);
  }

  /** The list is asked for, and answered. */
  async listed(items = [], next = undefined) {
    await settle();
    const [{ ref }] = this.socket.take("conversations");
    this.socket.say({ type: "conversations", ref, items, next });
    await settle();
  }

  welcome(fields = {}) {
    const now = this.clock.now();
    const user = this.client.user ?? "alice";
    return { type: "welcome", user, session: "s", epoch: "e1", now, limits: LIMITS, resumed: false, ...fields };
  }

  /** The connection ends, and the next is there. */
  async again(code = 1006) {
    this.socket.end(code);
    await this.clock.advance(0);
    this.socket.open();
    return this.socket.take("hello")[0];
  }
}
