/** What a user has been told, put together in the plainest way: what a client must show at the end of a case. */
export class Fold {
  #user;
  #clock;
  /** By peer. @type {Map<string, any>} */
  pairs = new Map();

  /**
   * @param {string} user
   * @param {import("./manual-clock.js").ManualClock} clock
   */
  constructor(user, clock) {
    this.#user = user;
    this.#clock = clock;
  }

  /** @param {string} peer */
  of(peer) {
    if (!this.pairs.has(peer)) {
      const marks = { own: { read: 0 }, peers: { delivered: 0, read: 0 } };
      this.pairs.set(peer, { messages: new Map(), ...marks, failed: [], typingUntil: 0, online: false });
    }
    return this.pairs.get(peer);
  }

  /** @param {any} frame */
  receive(frame) {
    const { type, from, to } = frame;
    const pair = () => this.of(from === this.#user ? to : from);
    switch (type) {
      case "welcome":
        if (!frame.resumed) {
          this.pairs.clear();
        }
        break;
      case "entry":
        this.#entry(pair(), frame, frame.seq);
        break;
      case "mark": {
        const { own, peers } = pair();
        Object.assign(from === this.#user ? own : peers, { delivered: frame.delivered, read: frame.read });
        break;
      }
      case "typing":
        pair().typingUntil = frame.on ? this.#clock.now() + 6_000 : 0;
        break;
      case "presence":
        Object.assign(this.of(frame.user), { online: frame.online, lastSeen: frame.lastSeen });
        break;
      case "truncated":
        this.of(frame.peer).messages.clear();
        break;
      case "page":
        frame.entries.forEach((entry) => this.#entry(this.of(frame.peer), entry, frame.head));
        break;
      case "conversations":
        frame.items.forEach((item) => this.#item(item));
        break;
      case "rejected":
        if (frame.id !== undefined && !["rate", "store"].includes(frame.code)) {
          this.of(to).failed.push([frame.id, frame.code]);
        }
        break;
    }
  }

  /** @param {string} peer what the conversation of a client should be, in a form that can be compared */
  expected(peer) {
    const { messages, own, peers, typingUntil, online, lastSeen } = this.of(peer);
    return {
      messages: [...messages.values()].sort((a, b) => a.seq - b.seq).map((message) => this.#shown(message, peers)),
      read: own.read,
      typing: typingUntil > this.#clock.now(),
      online,
      lastSeen,
    };
  }

  #shown({ asOf: _, ...message }, peers) {
    const state = message.seq <= peers.read ? "read" : message.seq <= peers.delivered ? "delivered" : "sent";
    return { ...message, changing: false, state: message.from === this.#user ? state : "sent" };
  }

  #item({ peer, read, peerDelivered, peerRead, unread, last }) {
    Object.assign(this.of(peer), { own: { read }, peers: { delivered: peerDelivered, read: peerRead }, unread, last });
  }

  #entry(pair, { seq, from, id, at, kind, of, body = "", data, edited, deleted, reactions }, asOf) {
    if (kind === "message") {
      if (from !== this.#user && !pair.messages.has(seq)) {
        pair.typingUntil = 0;
      }
      const flags = { edited: edited ?? false, deleted: deleted ?? false, reactions: reactions ?? {} };
      pair.messages.set(seq, { id, seq, from, at, body, data, ...flags, asOf });
      return;
    }
    const message = pair.messages.get(of);
    if (!message || message.asOf >= seq) {
      return;
    }
    message.asOf = seq;
    if (kind === "edit") {
      Object.assign(message, { body, edited: true });
    } else if (kind === "delete") {
      Object.assign(message, { body: "", data: undefined, edited: false, deleted: true, reactions: {} });
    } else {
      const { [from]: _, ...others } = message.reactions;
      message.reactions = body === "" ? others : { ...others, [from]: body };
    }
  }
}
