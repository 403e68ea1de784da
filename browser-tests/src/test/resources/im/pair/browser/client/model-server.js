import { PairLog } from "./pair-log.js";
import { LIMITS } from "./stage.js";

/**
 * The server of one pair, alice's and bob's, as docs/protocol.md tells it. What it reads and what arrives is decided
 * by the test, one frame at a time; answers and what comes by itself are two queues, whose frames may come in between
 * each other in any way.
 */
export class ModelServer {
  log = new PairLog();
  epoch = "epoch 1";
  /** @type {Session[]} */
  sessions = [];
  #clock;
  #random;
  /** Whether sends may be refused for a while. */
  isMoody = true;

  /**
   * @param {import("./manual-clock.js").ManualClock} clock
   * @param {import("./random.js").Random} random
   */
  constructor(clock, random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** @param {import("./fake-socket.js").FakeSocket} socket */
  accept(socket) {
    const session = { socket, user: undefined, live: [], answers: [] };
    this.sessions.push(session);
    socket.onleft = () => this.#forget(session);
    socket.open();
  }

  /** The connection breaks; what is under way is lost. */
  lose(session) {
    this.#forget(session);
    session.socket.end(1006);
  }

  /** The data is replaced by a backup. */
  restore() {
    this.epoch = `epoch ${this.log.head + this.#random.next()}`;
    this.log.entries.splice(this.#random.below(this.log.head) + 1);
    this.log.marks.clear();
    [...this.sessions].forEach((session) => this.lose(session));
  }

  #forget(session) {
    this.sessions = this.sessions.filter((other) => other !== session);
  }

  /** Reads one frame. */
  read({ socket, ...session }) {
    const whole = this.sessions.find((other) => other.socket === socket);
    const frame = socket.sent.shift();
    switch (frame?.type) {
      case "hello":
        this.#hello(whole, frame);
        break;
      case "send":
        this.#send(whole, frame);
        break;
      case "mark":
        this.#mark(session.user, frame);
        break;
      case "history":
        whole.answers.push({ type: "page", ref: frame.ref, peer: frame.peer, ...this.log.page(frame) });
        break;
      case "conversations": {
        const items = this.log.head > 0 ? [this.log.item(session.user, peerOf(session.user))] : [];
        whole.answers.push({ type: "conversations", ref: frame.ref, items });
        break;
      }
      case "ping":
        whole.live.push({ type: "pong" });
        break;
    }
  }

  /** One frame arrives. */
  deliver(session) {
    const { live, answers, socket } = session;
    const queue = answers.length === 0 || (live.length > 0 && this.#random.chance(0.5)) ? live : answers;
    const frame = queue.shift();
    if (frame?.type === "entry" && this.#random.chance(0.5)) {
      socket.say({ type: "entry", ...this.log.present[frame.seq - this.log.entries[0].seq] });
    } else if (frame) {
      socket.say(frame);
    }
  }

  #hello(session, { user, epoch, cursors = {} }) {
    const [seq, at] = cursors[peerOf(user)] ?? [];
    const isKnown = seq === undefined || seq === 0 || this.log.entries[seq - 1]?.at === at;
    const resumed = epoch === this.epoch && isKnown;
    session.user = user;
    const now = this.#clock.now();
    session.live.push({ type: "welcome", user, session: "s", epoch: this.epoch, now, limits: LIMITS, resumed });
    if (resumed && seq !== undefined) {
      session.live.push(...this.log.entries.slice(seq), ...["alice", "bob"].map((name) => this.#markOf(name)));
    }
    session.live.push({ type: "synced" });
  }

  #send({ user, answers }, { to, id, kind, of, body, data }) {
    const { log } = this;
    const refuse = (code, more) => answers.push({ type: "rejected", id, to, code, reason: code, ...more });
    if (this.isMoody && this.#random.chance(0.1)) {
      refuse("rate", { retryAfterMs: 300 });
      return;
    }
    const known = log.entries.find((entry) => entry.from === user && entry.id === id);
    const message = log.present.find(({ seq }) => seq === of);
    if (known) {
      answers.push({ type: "accepted", id, to, seq: known.seq, at: known.at });
    } else if (kind !== "message" && message?.kind !== "message") {
      refuse("not_found");
    } else if ((kind === "edit" || kind === "delete") && message.from !== user) {
      refuse("not_yours");
    } else if (kind !== "message" && message.deleted) {
      refuse("deleted");
    } else if (this.isMoody && this.#random.chance(0.1)) {
      refuse("store");
      if (this.#random.chance(0.5)) {
        this.#append({ from: user, to, id, kind, of, body, data }); // it was stored all the same
      }
    } else {
      this.#append({ from: user, to, id, kind, of, body, data });
    }
  }

  #append(fields) {
    const entry = { type: "entry", ...fields, seq: this.log.head + 1, at: this.#clock.now() };
    this.log.append(entry);
    this.#tellAll(entry);
  }

  #mark(user, mark) {
    if (this.log.head > 0) {
      this.log.moveMark(user, mark);
      this.#tellAll(this.#markOf(user));
    }
  }

  #markOf(user) {
    return { type: "mark", from: user, to: peerOf(user), ...this.log.mark(user) };
  }

  #tellAll(frame) {
    this.sessions.filter(({ user }) => user !== undefined).forEach(({ live }) => live.push(frame));
  }
}

/** @typedef {{socket: import("./fake-socket.js").FakeSocket, user: string | undefined, live: any[], answers: any[]}} Session */

/** @param {string} user */
function peerOf(user) {
  return user === "alice" ? "bob" : "alice";
}
