import { history } from "./history.js";
import { changed, stored } from "./log.js";
import { marks, typing } from "./marks.js";
import { written } from "./notebook.js";
import { views } from "./views.js";

/** @typedef {import("./frames.js").Entry} Entry */
/** @typedef {import("./log.js").Stored} Stored */
/** @typedef {import("./outbox.js").Item} Item */

/** @typedef {import("./contract.js").Conversation} Conversation */
/** @typedef {import("./contract.js").Members} Members */
/** @typedef {import("./contract.js").Message} Message */

/**
 * What a conversation needs of its client.
 *
 * @typedef {object} Host
 * @property {() => string} user
 * @property {import("./outbox.js").Outbox} outbox
 * @property {import("./notebook.js").Notebook} notebook
 * @property {import("./link.js").Clock} clock
 * @property {Map<string, import("./cursors.js").Cursor>} cursors
 * @property {(command: object) => Promise<any>} ask waits for the answer, over reconnects
 * @property {(command: object) => void} tell now or never
 * @property {() => void} onChange
 * @property {() => Promise<void>} onLoaded lists until it is known how far this conversation was read
 * @property {(conversation: Conversation, message: Message) => void} onMessage
 */

/** @typedef {ReturnType<typeof talk>} Talk */

/** Up to so many entries back, all that is unread is loaded at once, so that one can begin at the first. */
const MOST_UNREAD = 2000;

/**
 * A conversation, and what its client tells it.
 *
 * @param {string} peer
 * @param {Host} host
 */
export function talk(peer, host) {
  const { outbox, notebook } = host;
  const past = history(peer, host, received, hasChanged);
  const seen = marks(host.clock, (mark) => host.tell({ type: "mark", peer, ...mark }));
  const show = views(host.user, seen);
  const input = typing(host.clock, (on) => host.tell({ type: "typing", to: peer, on }), hasChanged);
  /** The newest message as the list told it. @type {Stored | undefined} */
  let listed;
  let isListed = false;
  let isLoaded = false;
  /** @type {Promise<void> | undefined} */
  let loading;
  let settle = () => {};
  /** Whatever the list had to say has come. @type {Promise<void>} */
  const isSettled = new Promise((resolve) => (settle = resolve));
  /** Counted where all of them are here, else what the list said and what has come since. */
  let unread = 0;
  /** What has come is in the count up to this entry. */
  let counted = 0;
  let online = false;
  /** @type {number | undefined} */
  let lastSeen;
  let activity = 0;
  /** @type {readonly Message[] | undefined} */
  let messages;
  /** @type {readonly Message[] | undefined} */
  let pending;
  let isChanging = false;
  /** The ids of another history's messages, which may be sent again. @type {Set<string>} */
  const told = new Set();

  const items = () => outbox.of(peer);
  const changes = () => items().filter(isChange);
  const kept = () => past.log?.messages ?? [];

  function hasChanged() {
    messages = pending = undefined;
    if (!isChanging) {
      isChanging = true;
      queueMicrotask(() => {
        isChanging = false;
        conversation.dispatchEvent(new CustomEvent("change"));
      });
      host.onChange();
    }
  }

  async function load() {
    await past.load();
    await isSettled;
    if (lacksMarks()) {
      await host.onLoaded();
    }
    if (past.head - seen.own.read <= MOST_UNREAD) {
      while (!past.isAtStart && past.log && past.log.low > seen.own.read) {
        await past.loadOlder();
      }
    }
    isLoaded = true;
    hasChanged();
  }

  const lacksMarks = () => past.isLoaded && !isListed && past.head > 0;

  /**
   * @param {Entry} entry
   * @param {boolean} isNew it was not there before; else it is older than what we have
   */
  function received(entry, isNew) {
    const { kind, of = 0, body = "", from, id, seq } = entry;
    const isPeers = from === peer;
    if (!isPeers) {
      outbox.settle(peer, id);
    }
    forgetAccepted();
    if (!isNew) {
      return;
    }
    if (isPeers) {
      seen.move(seq);
      if (seq > counted) {
        counted = seq;
        unread += kind === "message" ? 1 : kind === "delete" && of > seen.own.read ? -1 : 0;
      }
    }
    if (kind !== "message") {
      if (listed && listed.seq === of && listed.asOf < seq) {
        listed = changed(listed, kind, body, from);
      }
      return;
    }
    if (isPeers) {
      input.peerIs(false);
    }
    const found = kept().findLast((one) => one.seq === seq);
    if (found && !told.has(id)) {
      host.onMessage(conversation, show.stored(found, []));
    }
  }

  /** What was accepted is shown as on its way until its entry is here. */
  function forgetAccepted() {
    const { isLoaded, log } = past;
    for (const { id, seq } of items()) {
      if (seq !== undefined && (!isLoaded || !log || seq <= log.high)) {
        outbox.settle(peer, id);
      }
    }
  }

  /** @param {number} seq */
  const unreadAfter = (seq) =>
    past.isStale ? 0 : kept().filter((one) => one.seq > seq && one.from === peer && !one.deleted).length;

  function count() {
    const { read } = seen.own;
    if (read >= past.head) {
      unread = 0;
    } else if (!past.isStale && past.log && past.log.low <= read + 1) {
      unread = unreadAfter(read);
    }
    return unread;
  }

  /** @param {Omit<Item, "id" | "at" | "to">} draft */
  const add = (draft) => outbox.add({ ...draft, to: peer });

  /** @type {Members} */
  const members = {
    peer,
    get messages() {
      if (!messages) {
        const own = changes();
        messages = kept().map((one) => show.stored(one, own));
      }
      return messages;
    },
    get pending() {
      pending ??= items().filter((item) => !isChange(item)).map(show.waiting);
      return pending;
    },
    get loaded() {
      return isLoaded;
    },
    get atStart() {
      return past.isAtStart;
    },
    get last() {
      const newest = kept().at(-1) ?? listed;
      return conversation.pending.at(-1) ?? (newest && show.stored(newest, changes()));
    },
    get activity() {
      return Math.max(activity, conversation.last?.at ?? 0);
    },
    get unread() {
      return count();
    },
    get read() {
      return seen.own.read;
    },
    get online() {
      return online;
    },
    get lastSeen() {
      return lastSeen;
    },
    get typing() {
      return input.peer;
    },
    load: () => (loading ??= load()),
    loadOlder: past.loadOlder,
    trim: past.trim,
    send(body, data) {
      input.sent();
      return show.waiting(add({ kind: "message", body, data }));
    },
    edit(seq, body) {
      input.own(false);
      add({ kind: "edit", of: seq, body });
    },
    remove: (seq) => void add({ kind: "delete", of: seq }),
    react: (seq, text) => void add({ kind: "react", of: seq, body: text }),
    retry: (id) => outbox.retry(peer, id),
    discard: (id) => outbox.settle(peer, id),
    markRead(seq) {
      if (seq > seen.own.read && !past.isStale) {
        const read = Math.min(seq, past.head);
        seen.move(read, read);
        count();
        hasChanged();
      }
    },
    setTyping: input.own,
  };
  /** @type {Conversation} */
  const conversation = extended(extended(new EventTarget(), members), written(notebook, peer));

  return {
    conversation,
    changed: hasChanged,
    lacksMarks,
    isEmpty: () => past.head === 0 && items().length === 0,

    /** @param {import("./frames.js").Frame} frame what the server says of this conversation */
    receive(frame) {
      switch (frame.type) {
        case "entry":
          activity = Math.max(activity, frame.at);
          past.receive(frame);
          break;
        case "accepted":
          outbox.accepted(frame);
          forgetAccepted();
          break;
        case "mark":
          if (frame.from === peer) {
            seen.peersIs(frame);
          } else {
            seen.ownIs(frame);
            count();
          }
          break;
        case "typing":
          if (frame.from === peer) {
            input.peerIs(frame.on);
          }
          return;
        case "presence":
          ({ online, lastSeen } = frame);
          break;
        case "truncated":
          past.truncated(frame.before);
          break;
      }
      hasChanged();
    },

    /**
     * @param {import("./frames.js").Item} item
     * @returns whether there is something new in it
     */
    list({ head, unread: its, delivered, read, peerDelivered, peerRead, last }) {
      const isNew = head > past.head;
      seen.ownIs({ delivered, read });
      seen.peersIs({ delivered: peerDelivered, read: peerRead });
      isListed = true;
      listed = last && stored(last, head);
      unread = its + unreadAfter(head);
      counted = Math.max(counted, head);
      past.reaches(head, last);
      if (its > 0) {
        seen.move(head);
      }
      hasChanged();
      return isNew;
    },

    /** We are connected and have what we missed. */
    live() {
      seen.tellSoon();
      past.fetch();
    },

    /** The numbers that we know mean nothing any more. */
    stale() {
      conversation.messages.forEach(({ id }) => told.add(id));
      past.stale();
      seen.stale();
      items().forEach(({ id, seq }) => seq !== undefined && outbox.settle(peer, id));
      isListed = false;
      listed = undefined;
      unread = counted = activity = 0;
    },

    /** The list has come as far as it is wanted. */
    settled() {
      settle();
      seen.settled();
      if (!past.isStale) {
        seen.move(kept().findLast(({ from }) => from === peer)?.seq ?? 0);
      }
      hasChanged();
    },

    /** The connection is gone. */
    lost() {
      input.peerIs(false);
      input.sent();
    },
  };
}

/** @param {Item} item */
const isChange = (item) => item.kind !== "message";

/**
 * @param {EventTarget} target
 * @param {object} members getters stay getters
 * @returns {any} the target, with these members
 */
export function extended(target, members) {
  return Object.defineProperties(target, Object.getOwnPropertyDescriptors(members));
}
