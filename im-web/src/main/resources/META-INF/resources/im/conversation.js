import { History } from "./history.js";
import { changed, stored } from "./log.js";
import { Marks } from "./marks.js";
import { Messages } from "./message.js";
import { Typing } from "./typing.js";
import { Unread } from "./unread.js";

/** @import { Typed } from "./events.js" */
/** @typedef {import("./frames.js").Entry} Entry */
/** @typedef {import("./message.js").Message} Message */
/** @typedef {import("./item.js").Item} Item */

/**
 * @typedef {object} Events
 * @property {null} change
 * @property {{conversation: Conversation, message: Message}} message
 * @property {{kind: string, of: number | undefined, body: string | undefined, code: string}} rejected
 */

/**
 * What a conversation needs of its client.
 *
 * @typedef {object} Host
 * @property {string | undefined} user
 * @property {import("./outbox.js").Outbox} outbox
 * @property {import("./notebook.js").Notebook} notebook
 * @property {import("./link.js").Clock} clock
 * @property {Map<string, import("./cursors.js").Cursor>} cursors
 * @property {(command: object) => Promise<any>} ask waits for the answer, over reconnects
 * @property {(command: object) => boolean} tell now or never
 * @property {() => void} onChange
 * @property {() => Promise<void>} onLoaded lists until it is known how far this conversation was read
 * @property {(conversation: Conversation, message: Message) => void} onMessage
 */

const MOST_UNREAD = 500;

/**
 * The log of a pair, as far as it has come here, and what is on its way into it.
 *
 * Events: `change` after anything in it has changed, once for all that changed together; `message` with `{message}` for
 * each that is new to this browser, in order; `rejected` with `{kind, of, body, code}` for a change that the server has
 * refused, and that is taken back.
 */
export class Conversation extends /** @type {Typed<typeof EventTarget, Events>} */ (EventTarget) {
  /** @readonly */
  peer;
  #host;
  #history;
  #marks;
  #typing;
  #made = new Messages();
  /** The newest message as the list told it. @type {import("./log.js").Stored | undefined} */
  #listed;
  #isListed = false;
  #isLoaded = false;
  /** @type {Promise<void> | undefined} */
  #loading;
  /** @type {() => void} */
  #settle = () => {};
  /** Whatever the list had to say has come. @type {Promise<void>} */
  #settled = new Promise((resolve) => (this.#settle = resolve));
  #unread;
  #isOnline = false;
  /** @type {number | undefined} */
  #lastSeen;
  #activity = 0;
  /** @type {readonly Message[] | undefined} */
  #messages;
  /** @type {readonly Message[] | undefined} */
  #pending;
  #isChanging = false;
  /** The ids of another history's messages, which may be sent again. @type {Set<string>} */
  #told = new Set();

  /**
   * @internal
   * @param {string} peer
   * @param {Host} host
   */
  constructor(peer, host) {
    super();
    this.peer = peer;
    this.#host = host;
    this.#unread = new Unread(peer);
    this.#history = new History(peer, {
      cursors: host.cursors,
      ask: host.ask,
      onEntry: (entry, isNew) => this.#received(entry, isNew),
      onChange: () => this.changed(),
    });
    this.#marks = new Marks(host.clock, (mark) => host.tell({ type: "mark", peer, ...mark }));
    this.#typing = new Typing(
      host.clock,
      (on) => host.tell({ type: "typing", to: peer, on }),
      () => this.changed(),
    );
  }

  /** What is stored and has been loaded, ascending, up to the newest. @returns {readonly Message[]} */
  get messages() {
    return (this.#messages ??= this.#show());
  }

  /** What is to be sent, in the order of writing. @returns {readonly Message[]} */
  get pending() {
    this.#pending ??= this.#items.filter(isMessage).map((item) => this.#made.ofItem(item, this.#user));
    return this.#pending;
  }

  /** Whether the newest messages have been loaded, and those that have not been read. */
  get loaded() {
    return this.#isLoaded;
  }

  /** Whether there are none before those that have been loaded. */
  get atStart() {
    return this.#history.isAtStart;
  }

  /** The newest message, one to be sent included. @returns {Message | undefined} */
  get last() {
    const newest = this.#history.log?.messages.at(-1) ?? this.#listed;
    return this.pending.at(-1) ?? (newest && this.#shown(newest, this.#changes));
  }

  /** When something happened here last, in milliseconds since 1970; 0 if that is not known. */
  get activity() {
    return Math.max(this.#activity, this.last?.at ?? 0);
  }

  /** How many of the peer's messages have not been read. */
  get unread() {
    this.#recount();
    return this.#unread.count;
  }

  /** The number up to which one has read; 0 for nothing. */
  get read() {
    return this.#marks.own.read;
  }

  /** Whether the peer is here. */
  get online() {
    return this.#isOnline;
  }

  /** When the peer was here last, in milliseconds since 1970, if that is known. */
  get lastSeen() {
    return this.#lastSeen;
  }

  /** Whether the peer types. */
  get typing() {
    return this.#typing.peer;
  }

  /** What is being written; it outlives the page. */
  get draft() {
    return this.#host.notebook.get(this.#draft) ?? "";
  }

  set draft(text) {
    this.#host.notebook.set(this.#draft, text || undefined);
  }

  /** Loads the newest messages, and up to 500 that have not been read, however long it takes to get a connection. */
  load() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Loads some that are older. One call at a time: others get the same promise. */
  loadOlder() {
    return this.#history.loadOlder();
  }

  /**
   * Forgets all but the newest messages, which can be loaded again.
   *
   * @param {number} count
   */
  trim(count) {
    this.#history.trim(count);
  }

  /**
   * Sends a message, now or when there is a connection.
   *
   * @param {string} body may be empty if there is data
   * @param {object} [data] means something to your program
   * @returns {Message}
   * @throws {RangeError} if a thousand are waiting already
   */
  send(body, data) {
    this.#typing.sent();
    return this.#made.ofItem(this.#add({ kind: "message", body, data }), this.#user);
  }

  /**
   * @param {number} seq of one's own message
   * @param {string} body
   */
  edit(seq, body) {
    this.setTyping(false);
    this.#add({ kind: "edit", of: seq, body });
  }

  /** @param {number} seq of one's own message */
  remove(seq) {
    this.#add({ kind: "delete", of: seq });
  }

  /**
   * @param {number} seq
   * @param {string} text takes the place of one's former reaction; empty takes that back
   */
  react(seq, text) {
    this.#add({ kind: "react", of: seq, body: text });
  }

  /** @param {string} id of a message that has failed */
  retry(id) {
    this.#host.outbox.retry(this.peer, id);
  }

  /** @param {string} id of a message that has failed, and is not to be sent */
  discard(id) {
    this.#host.outbox.discard(this.peer, id);
  }

  /** @param {number} seq of the newest message that the user has seen */
  markRead(seq) {
    if (seq > this.read && !this.#history.isStale) {
      this.#marks.read(Math.min(seq, this.#history.head));
      this.#recount();
      this.changed();
    }
  }

  /** @param {boolean} on call it at each input; false when the line is empty */
  setTyping(on) {
    this.#typing.own(on);
  }

  /**
   * What the server says of this conversation.
   *
   * @internal
   * @param {import("./frames.js").Frame} frame
   */
  receive(frame) {
    switch (frame.type) {
      case "entry":
        this.#activity = Math.max(this.#activity, frame.at);
        this.#history.receive(frame);
        this.changed();
        break;
      case "accepted":
        this.#host.outbox.accepted(this.peer, frame.id, frame.seq);
        this.#forgetAccepted();
        break;
      case "mark":
        if (frame.from === this.peer) {
          this.#marks.peersIs(frame);
        } else {
          this.#marks.ownIs(frame);
          this.#recount();
        }
        this.changed();
        break;
      case "typing":
        if (frame.from === this.peer) {
          this.#typing.peerIs(frame.on);
        }
        break;
      case "presence":
        this.#isOnline = frame.online;
        this.#lastSeen = frame.lastSeen;
        this.changed();
        break;
      case "truncated":
        this.#history.truncated(frame.before);
        break;
    }
  }

  /**
   * @internal
   * @param {import("./frames.js").Item} item
   * @returns whether there is something new in it
   */
  list({ head, unread, delivered, read, peerDelivered, peerRead, last }) {
    const isNew = head > this.#history.head;
    this.#marks.listed({ delivered, read }, { delivered: peerDelivered, read: peerRead });
    this.#isListed = true;
    this.#listed = last && stored(last, head);
    this.#unread.listed(unread, head, this.#freshLog);
    this.#history.reaches(head, last);
    if (unread > 0) {
      this.#marks.received(head);
    }
    this.changed();
    return isNew;
  }

  /** We are connected and have what we missed. @internal */
  live() {
    this.#marks.tell();
    this.#history.fetch();
  }

  /** The numbers that we know mean nothing any more. @internal */
  stale() {
    this.messages.forEach(({ id }) => this.#told.add(id));
    this.#history.stale();
    this.#marks.stale();
    this.#items.filter(({ seq }) => seq !== undefined).forEach(({ id }) => this.#host.outbox.settle(this.peer, id));
    this.#isListed = false;
    this.#listed = undefined;
    this.#unread.stale();
    this.#activity = 0;
  }

  /** The list has come as far as it is wanted. @internal */
  settled() {
    this.#settle();
    this.#marks.settled();
    if (!this.#history.isStale) {
      const newest = this.#history.log?.messages.findLast(({ from }) => from === this.peer);
      this.#marks.received(newest?.seq ?? 0);
    }
    this.changed();
  }

  /** The connection is gone. @internal */
  lost() {
    this.#typing.peerIs(false);
    this.#typing.sent();
  }

  /** Whether it is not known how far it was read. @internal */
  get lacksMarks() {
    return this.#history.isLoaded && !this.#isListed && this.#history.head > 0;
  }

  /** @internal */
  get isEmpty() {
    return this.#history.head === 0 && this.#items.length === 0;
  }

  /** @internal */
  changed() {
    this.#messages = this.#pending = undefined;
    if (!this.#isChanging) {
      this.#isChanging = true;
      queueMicrotask(() => {
        this.#isChanging = false;
        this.dispatchEvent(new CustomEvent("change"));
      });
      this.#host.onChange();
    }
  }

  get #user() {
    return this.#host.user ?? "";
  }

  get #draft() {
    return `draft ${this.peer}`;
  }

  get #items() {
    return this.#host.outbox.of(this.peer);
  }

  async #load() {
    const history = this.#history;
    await history.load();
    await this.#settled;
    if (this.lacksMarks) {
      await this.#host.onLoaded();
    }
    while (!history.isAtStart && history.log && history.log.low > this.read + 1 && this.messages.length < MOST_UNREAD) {
      await history.loadOlder();
    }
    this.#isLoaded = true;
    this.changed();
  }

  /** @param {Omit<Item, "id" | "at" | "to">} draft */
  #add(draft) {
    return this.#host.outbox.add({ ...draft, to: this.peer });
  }

  /**
   * @param {Entry} entry
   * @param {boolean} isNew it was not there before; else it is older than what we have
   */
  #received(entry, isNew) {
    const { kind, of, body = "", from, id, seq } = entry;
    if (from !== this.peer) {
      this.#host.outbox.settle(this.peer, id);
    }
    this.#forgetAccepted();
    if (!isNew) {
      return;
    }
    if (from === this.peer) {
      this.#marks.received(seq);
      this.#unread.came(entry, this.read);
    }
    if (kind !== "message") {
      if (this.#listed && this.#listed.seq === of && this.#listed.asOf < seq) {
        this.#listed = changed(this.#listed, kind, body, from);
      }
      return;
    }
    if (from === this.peer) {
      this.#typing.peerIs(false);
    }
    const { log } = this.#history;
    const message = log?.messages[log.indexOf(seq)];
    if (message?.seq === seq && !this.#told.has(id)) {
      this.#host.onMessage(this, this.#shown(message, []));
    }
  }

  #recount() {
    this.#unread.recount(this.read, this.#history.head, this.#freshLog);
  }

  get #freshLog() {
    return this.#history.isStale ? undefined : this.#history.log;
  }

  /** What was accepted is shown as on its way until its entry is here. */
  #forgetAccepted() {
    const { isLoaded, log } = this.#history;
    for (const { id, seq } of this.#items) {
      if (seq !== undefined && (!isLoaded || !log || seq <= log.high)) {
        this.#host.outbox.settle(this.peer, id);
      }
    }
  }

  #show() {
    const changes = this.#changes;
    return (this.#history.log?.messages ?? []).map((message) => this.#shown(message, changes));
  }

  get #changes() {
    return this.#items.filter((item) => !isMessage(item));
  }

  /**
   * @param {import("./log.js").Stored} message
   * @param {readonly Item[]} changes of any message, that are on their way
   */
  #shown(message, changes) {
    const own = changes.filter(({ of }) => of === message.seq);
    return this.#made.ofStored(message, own, this.#user, this.#marks.peers);
  }
}

/** @param {Item} item */
function isMessage(item) {
  return item.kind === "message";
}
