import { check, same } from "./check.js";
import { Fold } from "./fold.js";
import { settle } from "./manual-clock.js";
import { MemoryCursors } from "./memory.js";
import { Stage } from "./stage.js";

const PLACE = "ws://chat.example/ws ";

/** A client that acts out what a case's client does, as the same user and with the same frames. */
export class Actor {
  /** @type {Fold} */
  fold;
  #case;
  #stage;
  #client;
  #user;
  #socket;
  /** Peers of whom the newest page has been asked for. */
  #opened = new Set();
  isConnected = false;

  /**
   * @param {import("./acting.js").Case} golden
   * @param {string} user
   * @param {object} hello
   */
  constructor(golden, user, { token }) {
    this.#case = golden;
    this.#user = user;
    const { clock } = golden;
    this.#stage = new Stage(token === undefined ? { user } : { token }, clock);
    this.#client = this.#stage.client;
    this.fold = new Fold(user, clock);
  }

  get user() {
    return this.#user;
  }

  get client() {
    return this.#client;
  }

  /** @param {any} golden the hello that it should say */
  async connect(golden) {
    if (golden.token !== undefined && this.#stage.sockets.length > 0) {
      this.#client.renew(golden.token);
    }
    await this.#greet();
    if (!this.#said(golden, this.hello) && golden.epoch !== undefined) {
      await this.#reload(golden);
    }
    this.isConnected = true;
    check.that(this.#said(golden, this.hello), `the hello is ${JSON.stringify(this.hello)}`);
  }

  async #greet() {
    this.#client.connect();
    await this.#case.clock.advance(0);
    this.#socket = this.#stage.socket;
    this.#socket.open();
    [this.hello] = this.#socket.take("hello");
  }

  /** The same browser, but with these cursors. */
  async #reload({ user, epoch, cursors = {} }) {
    this.#client.close();
    this.#stage.cursors = new MemoryCursors();
    await this.#stage.cursors.save(PLACE + user, { epoch, cursors });
    this.#client = this.#stage.another({ user });
    this.fold = new Fold(user, this.#case.clock);
    this.#opened.clear();
    await this.#greet();
  }

  #said({ ref: _, cursors = {}, ...golden }, { cursors: said = {}, ...hello }) {
    return same(golden, hello) && same(cursors, said);
  }

  /** @param {number} code */
  async end(code) {
    this.isConnected = false;
    this.fold.pairs.forEach((pair) => (pair.typingUntil = 0));
    this.#socket.end(code);
    await settle();
  }

  /**
   * Does what makes the case's client send this frame.
   *
   * @param {any} golden
   * @returns {Promise<any>} what was sent for it
   */
  async act(golden) {
    const { type, to, peer } = golden;
    if (type !== "conversations") {
      this.#take(type); // what it has said by itself
    }
    switch (type) {
      case "send":
        this.#change(this.#client.conversation(to), golden);
        break;
      case "mark":
        if (golden.read !== undefined) {
          this.#client.conversation(peer).markRead(golden.read);
          this.fold.of(peer).own.read = golden.read;
        }
        await this.#case.clock.advance(200);
        break;
      case "typing":
        this.#client.conversation(to).setTyping(golden.on);
        break;
      case "history":
        check.that(!this.#opened.has(peer), `the log with ${peer} is open already`);
        this.#opened.add(peer);
        this.#client.conversation(peer).load();
        break;
      case "watch":
        golden.peers.forEach((user) => this.#client.conversation(user));
        break;
      case "conversations":
        this.#client.loadConversations();
        break;
      case "hello":
        this.#client.renew(golden.token);
        break;
      case "ping":
        await this.#case.clock.advance(30_000);
        break;
    }
    await settle();
    const frames = this.#take(type);
    check.equal(frames.length, 1, `number of ${type} frames`);
    return frames[0];
  }

  #change(conversation, { kind = "message", of, body = "", data }) {
    switch (kind) {
      case "message":
        conversation.send(body, data);
        break;
      case "edit":
        conversation.edit(of, body);
        break;
      case "delete":
        conversation.remove(of);
        break;
      case "react":
        conversation.react(of, body);
        break;
    }
  }

  /** @param {string} type */
  asks(type) {
    return this.#socket.sent.some((frame) => frame.type === type);
  }

  #take(type) {
    return this.#socket.take(type);
  }

  /** @param {any[]} frames of the server */
  async hear(...frames) {
    frames.forEach((frame) => this.fold.receive(frame));
    this.#socket.say(...frames);
    await settle();
  }

  /**
   * Answers what the client asks for by itself.
   *
   * @param {string[]} except what the case has an answer to
   */
  async serve(except = []) {
    for (const type of ["conversations", "history", "ping"]) {
      for (const question of !this.isConnected || except.includes(type) ? [] : this.#take(type)) {
        await this.hear(this.#case.answer(this.#user, question));
      }
    }
  }

  /** What the client shows is what it was told. */
  checkEnd() {
    for (const [peer, { failed, unread, last }] of this.fold.pairs) {
      const conversation = this.#client.conversation(peer);
      const { messages, read, typing, online, lastSeen, pending } = conversation;
      check.equal({ messages, read, typing, online, lastSeen }, this.fold.expected(peer), `${this.#user}'s with ${peer}`);
      const notSent = pending.filter(({ state }) => state === "failed").map(({ id, code }) => [id, code]);
      const kinds = failed.filter(([id]) => this.#case.kindOf(id) === "message");
      check.equal(notSent, kinds, `what failed to ${peer}`);
      if (messages.length === 0 && pending.length === 0) {
        check.equal(conversation.unread, unread ?? 0, `unread of ${peer}`);
        check.equal(conversation.last?.body, last && (last.body ?? ""), `the last of ${peer}`);
      }
    }
  }
}
