/** What a server has of a pair: the whole log, and both users' marks. */
export class PairLog {
  /** As they were appended. @type {any[]} */
  entries = [];
  /** By user. @type {Map<string, {delivered: number, read: number}>} */
  marks = new Map();

  get head() {
    return this.entries.at(-1)?.seq ?? 0;
  }

  /** @param {any} entry */
  append(entry) {
    if (entry.seq > this.head) {
      this.entries.push(entry);
    }
  }

  /** @param {string} user */
  mark(user) {
    return this.marks.get(user) ?? { delivered: 0, read: 0 };
  }

  /**
   * @param {string} user
   * @param {{delivered?: number, read?: number}} mark
   */
  moveMark(user, { delivered = 0, read = 0 }) {
    const old = this.mark(user);
    const upTo = (seq) => Math.min(seq, this.head);
    this.marks.set(user, {
      delivered: Math.max(old.delivered, upTo(delivered), upTo(read)),
      read: Math.max(old.read, upTo(read)),
    });
  }

  /** The entries as they are now. */
  get present() {
    const now = new Map(this.entries.map((entry) => [entry.seq, { ...entry }]));
    for (const { kind, of, from, body } of this.entries) {
      const message = now.get(of);
      if (message?.kind !== "message") {
        continue;
      }
      if (kind === "edit") {
        Object.assign(message, { body, edited: true });
      } else if (kind === "delete") {
        [message, ...[...now.values()].filter((entry) => entry.kind === "edit" && entry.of === of)].forEach((entry) => {
          ["body", "data", "edited", "reactions"].forEach((field) => delete entry[field]);
          entry.deleted = true;
        });
      } else {
        const { [from]: _, ...others } = message.reactions ?? {};
        message.reactions = body === "" ? others : { ...others, [from]: body };
      }
    }
    return [...now.values()];
  }

  /** @param {{before?: number, after?: number, limit?: number}} part */
  page({ before, after, limit = 50 }) {
    const all = this.present;
    const wanted = all.filter(({ seq }) => seq < (before ?? Infinity) && seq > (after ?? 0));
    const entries = after === undefined ? wanted.slice(-limit) : wanted.slice(0, limit);
    return { entries, head: this.head, more: entries.length < wanted.length };
  }

  /**
   * @param {string} user
   * @param {string} peer
   */
  item(user, peer) {
    const [own, peers] = [this.mark(user), this.mark(peer)];
    const messages = this.present.filter(({ kind }) => kind === "message");
    const unread = messages.filter(({ from, seq, deleted }) => from === peer && seq > own.read && !deleted).length;
    return {
      peer,
      head: this.head,
      delivered: own.delivered,
      read: own.read,
      peerDelivered: peers.delivered,
      peerRead: peers.read,
      unread,
      last: messages.at(-1),
    };
  }
}
