import { Conversation } from "./conversation.js";
import { Cursors } from "./cursors.js";
import { Directory } from "./directory.js";
import { readFrame } from "./frames.js";
import { Identity, SignedOut } from "./identity.js";
import { Link, systemClock } from "./link.js";
import { browserStorage, Notebook } from "./notebook.js";
import { Outbox } from "./outbox.js";
import { Place } from "./place.js";
import { Questions } from "./questions.js";
import { isUser } from "./user.js";

export { Conversation, isUser };

/** @import { Typed } from "./events.js" */
/** @typedef {import("./message.js").Message} Message */
/** @typedef {import("./frames.js").Limits} Limits */
/** @typedef {"waiting" | "connecting" | "online" | "stopped"} State */

/**
 * @typedef {object} Events
 * @property {{state: State, reason: string | undefined}} state
 * @property {null} conversations
 * @property {{conversation: Conversation, message: Message}} message
 */

/**
 * @typedef {object} Options
 * @property {string | URL} url of the server's WebSocket, absolute or relative to the document
 * @property {string} [user] who we are: proof enough in demo mode; beside a token it is what that must prove, and then
 *     what is kept in this browser is there at once, before the server has answered
 * @property {string} [token] proves who we are
 * @property {() => string | undefined | Promise<string | undefined>} [getToken] gets one whenever one is needed: at
 *     first, before it expires, after it was refused; nothing means that there will be none. A rejection counts as a
 *     failed attempt to connect
 * @property {import("./link.js").Clock} [clock] for tests
 * @property {() => number} [random] from 0 to 1, for tests
 * @property {new (url: URL, protocol: string) => WebSocket} [WebSocket] where there is none, or another is wanted
 * @property {Pick<Cursors, "load" | "save">} [cursors] where there is no IndexedDB, or another place is wanted
 * @property {import("./notebook.js").Shelf} [storage] in the place of localStorage
 */

const TOKEN_REFUSED = 4401;

/**
 * A user's connection to a server, and the conversations that come through it. It stays connected by itself. What is
 * sent is kept in this browser until the server has it, and each message arrives once.
 *
 * States: `waiting` to connect, `connecting`, `online`, and `stopped` for good, with a `reason`: `unauthenticated` (the
 * token was refused and there is no other), `identity` (it is another user's than was said), `protocol` (the server and
 * this program do not understand each other) or `closed`.
 *
 * Events: `state` with `{state, reason}`; `conversations` after anything in one of them has changed; `message` with
 * `{conversation, message}` for each message that is new to this browser, one's own from other devices too.
 */
export class Client extends /** @type {Typed<typeof EventTarget, Events>} */ (EventTarget) {
  /** The bounds of the server; its defaults until it has told them. @type {Limits} */
  limits = { bodyBytes: 16_384, frameBytes: 65_536, dataBytes: 8_192 };
  #url;
  #clock;
  #identity;
  #link;
  #questions;
  #notebook;
  #outbox;
  #place;
  #directory;
  /** @type {string | undefined} */
  #user;
  /** @type {State} */
  #state = "waiting";
  /** @type {string | undefined} */
  #reason;
  #isStarted = false;
  #isWelcome = false;
  /** Given what was missed. */
  #isSynced = false;
  /** How far the server's clock is ahead of ours, in milliseconds. */
  #ahead = 0;
  #ending = new AbortController();

  /**
   * @param {Options} options
   * @throws {TypeError} if the url is none
   */
  constructor(options) {
    super();
    const { WebSocket = globalThis.WebSocket, random = Math.random, clock = systemClock } = options;
    const url = new URL(options.url, globalThis.document?.baseURI);
    url.protocol = url.protocol.replace("http", "ws");
    this.#url = url;
    this.#clock = clock;
    this.#link = new Link({
      open: () => new WebSocket(url, "im.v1"),
      hello: () => this.#hello(),
      onFrame: (text) => this.#received(text),
      onState: (state, code) => this.#linkIs(state, code),
      clock,
      random,
    });
    this.#questions = new Questions(clock, (command) => this.#link.send(command));
    this.#identity = new Identity(options, clock, (credentials) => this.#renew(credentials));
    this.#place = new Place(options.cursors ?? new Cursors(), clock);
    this.#notebook = new Notebook(options.storage ?? browserStorage());
    this.#outbox = new Outbox(this.#notebook, clock, {
      send: (item) => this.#send(item),
      onSilence: () => this.#link.drop(),
      onChange: (peer) => this.conversation(peer).changed(),
      onRefused: ({ to, kind, of, body }, code) =>
        this.conversation(to).dispatchEvent(new CustomEvent("rejected", { detail: { kind, of, body, code } })),
    });
    this.#directory = new Directory(this.#host(), this.#questions, {
      watch: (peers) => this.#link.send({ type: "watch", peers }),
      onChange: () => this.dispatchEvent(new CustomEvent("conversations")),
    });
    if (options.user !== undefined) {
      this.#becomes(options.user);
    }
  }

  /** @returns {State} */
  get state() {
    return this.#state;
  }

  /** Why it has stopped. */
  get reason() {
    return this.#reason;
  }

  /** Who we are, as soon as that is known. */
  get user() {
    return this.#user;
  }

  /** Those that have anything in them, the newest first. @returns {Conversation[]} */
  get conversations() {
    return this.#directory.listed;
  }

  /** Whether the server has more than have been loaded. */
  get moreConversations() {
    return this.#directory.isMore;
  }

  /** How many messages have not been read, in all conversations that have been loaded. */
  get unread() {
    return this.#directory.all.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** Connects, and stays connected. */
  connect() {
    const { signal } = this.#ending;
    if (this.#isStarted || signal.aborted) {
      return;
    }
    this.#isStarted = true;
    globalThis.addEventListener?.("online", () => this.#link.hurry(), { signal });
    globalThis.addEventListener?.("offline", () => this.#link.drop(), { signal });
    globalThis.addEventListener?.("pagehide", () => this.#place.save(), { signal });
    globalThis.addEventListener?.("storage", () => this.#outbox.review(), { signal });
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.#link.hurry(), { signal });
    this.#link.hurry();
  }

  /** Tries at once: now rather than after a wait, and also where it had stopped. */
  hurry() {
    if (this.#isStarted && !this.#ending.signal.aborted) {
      this.#link.hurry();
      this.#link.restart();
    }
  }

  /** Ends it for good. What was not sent is sent by the next client of this user in this browser. */
  close() {
    this.#ending.abort();
    this.#place.save();
    this.#stop("closed");
  }

  /** @param {string} token in the place of the one before */
  renew(token) {
    this.#identity.token = token;
    this.#renew({ token });
    this.hurry();
  }

  /**
   * The conversation with a user, whether there is anything in it yet or not.
   *
   * @param {string} peer
   * @returns {Conversation}
   * @throws {TypeError} if that is no user's id, or one's own
   */
  conversation(peer) {
    return this.#directory.get(peer);
  }

  /** Loads the next part of the list. */
  async loadConversations() {
    await this.#directory.loadMore();
  }

  #host() {
    const client = this;
    return {
      get user() {
        return client.#user;
      },
      outbox: this.#outbox,
      notebook: this.#notebook,
      clock: this.#clock,
      cursors: this.#place.cursors,
      ask: (/** @type {object} */ command) => this.#questions.ask(command),
      tell: (/** @type {object} */ command) => this.#isSynced && this.#link.send(command),
      onMessage: (/** @type {Conversation} */ conversation, /** @type {Message} */ message) => {
        const detail = { conversation, message };
        conversation.dispatchEvent(new CustomEvent("message", { detail }));
        this.dispatchEvent(new CustomEvent("message", { detail }));
      },
    };
  }

  async #hello() {
    const credentials = await this.#identity.introduction().catch((error) => {
      if (error instanceof SignedOut) {
        this.#stop("unauthenticated");
      }
      throw error;
    });
    return JSON.stringify({ type: "hello", ...credentials, ...(await this.#place.toResume()) });
  }

  /** @param {object} credentials */
  #renew(credentials) {
    if (this.#isWelcome) {
      this.#link.send({ type: "hello", ...credentials });
    }
  }

  /**
   * @param {Link["state"]} state
   * @param {number} [code]
   */
  #linkIs(state, code) {
    if (state === "open") {
      return;
    }
    if (state !== "connecting") {
      this.#isWelcome = this.#isSynced = false;
      this.#identity.end();
      this.#questions.close();
      this.#outbox.close();
      this.#directory.close();
    }
    if (code === TOKEN_REFUSED && !this.#identity.refused()) {
      this.#stop("unauthenticated");
    } else if (state === "stopped") {
      this.#become(state, this.#reason ?? "protocol");
    } else {
      this.#become(state);
    }
  }

  /** @param {string} reason */
  #stop(reason) {
    this.#reason = reason;
    this.#link.stop();
  }

  /**
   * @param {State} state
   * @param {string} [reason]
   */
  #become(state, reason) {
    this.#reason = reason;
    if (state !== this.#state) {
      this.#state = state;
      this.dispatchEvent(new CustomEvent("state", { detail: { state, reason } }));
    }
  }

  /** @param {unknown} text */
  #received(text) {
    const frame = readFrame(text);
    switch (frame?.type) {
      case "welcome":
        this.#welcomed(frame);
        break;
      case "synced":
        this.#synced();
        break;
      case "entry":
      case "mark":
      case "typing":
        this.#of(frame.from === this.#user ? frame.to : frame.from)?.receive(frame);
        this.#place.moved();
        break;
      case "presence":
        this.#of(frame.user)?.receive(frame);
        break;
      case "accepted":
        this.#of(frame.to)?.receive(frame);
        break;
      case "truncated":
        this.#of(frame.peer)?.receive(frame);
        break;
      case "rejected":
        this.#rejected(frame);
        break;
      case "error":
        this.#refused();
        break;
      case "renewed":
        this.#expires(frame);
        break;
      case "page":
      case "conversations":
        this.#questions.answer(frame);
        this.#place.moved();
        break;
    }
  }

  /** @param {import("./frames.js").Welcome} frame */
  #welcomed({ user, epoch, resumed, limits, now, expires }) {
    if (this.#user !== undefined && user !== this.#user) {
      this.#stop("identity");
      return;
    }
    this.#becomes(user);
    this.#isWelcome = true;
    this.#link.welcomed();
    this.limits = limits;
    this.#ahead = now - this.#clock.now();
    this.#expires({ expires });
    if (this.#place.welcomed(epoch, resumed)) {
      this.#outbox.dropChanges();
    }
    if (!resumed) {
      this.#directory.stale();
    }
  }

  async #synced() {
    this.#isSynced = true;
    this.#questions.open();
    if (await this.#directory.open()) {
      this.#become("online");
      this.#outbox.open();
    }
  }

  /** @param {import("./frames.js").Rejected} frame */
  #rejected(frame) {
    if (this.#questions.answer(frame)) {
      return;
    }
    if (frame.id !== undefined && frame.to !== undefined) {
      this.#outbox.rejected(frame);
    } else if (frame.code !== "unauthenticated") {
      this.#refused();
    }
  }

  /** Of a hello what was stored may be the reason; otherwise another attempt would mend nothing. */
  #refused() {
    if (this.#isWelcome) {
      return;
    }
    if (this.#place.forget()) {
      this.#link.drop();
    } else {
      this.#stop("protocol");
    }
  }

  /** @param {{expires?: number}} frame */
  #expires({ expires }) {
    this.#identity.holdsFor(expires && expires - this.#clock.now() - this.#ahead);
  }

  /**
   * It is known who we are.
   *
   * @param {string} user
   */
  #becomes(user) {
    if (user !== this.#user) {
      this.#user = user;
      this.#place.key = `${this.#url} ${user}`;
      this.#notebook.belongTo(`im ${this.#place.key} `);
      this.#outbox.belongTo(user);
      this.#directory.all.forEach((conversation) => conversation.changed());
    }
  }

  /**
   * @param {string} peer
   * @returns {Conversation | undefined} none with oneself
   */
  #of(peer) {
    return peer === this.#user ? undefined : this.conversation(peer);
  }

  /**
   * @param {import("./item.js").Item} item
   * @returns whether it may be sent at all
   */
  #send({ to, id, kind, of, body, data }) {
    const frame = { type: "send", to, id, kind, of, body, data };
    if (new TextEncoder().encode(JSON.stringify(frame)).length > this.limits.frameBytes) {
      return false;
    }
    this.#link.send(frame);
    return true;
  }
}
