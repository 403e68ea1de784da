import { extended } from "./conversation.js";
import { browserCursors, place } from "./cursors.js";
import { directory } from "./directory.js";
import { readFrame } from "./frames.js";
import { identity } from "./identity.js";
import { address, link, questions, systemClock } from "./link.js";
import { notebook } from "./notebook.js";
import { outbox } from "./outbox.js";
import { isUser } from "./user.js";

export { isUser };

/** @typedef {import("./contract.js").Conversation} Conversation */
/** @typedef {import("./contract.js").Message} Message */
/** @typedef {import("./client-contract.js").Members} Members */
/** @typedef {import("./client-contract.js").Options} Options */
/** @typedef {import("./client-contract.js").State} State */
/** @typedef {import("./frames.js").Limits} Limits */

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
 *
 * @typedef {Readonly<Members> & import("./events.js").Listens<import("./client-contract.js").Events> & EventTarget} Client
 */

const TOKEN_REFUSED = 4401;

/** Its constructor throws a TypeError if the url is none. @type {new (options: Options) => Client} */
export const Client = /** @type {any} */ (
  class extends EventTarget {
    /** @param {Options} options */
    constructor(options) {
      super();
      extended(this, client(options, this));
    }
  }
);

/**
 * @param {Options} options
 * @param {EventTarget} target of its events
 * @returns {Members}
 */
function client(options, target) {
  const { WebSocket = globalThis.WebSocket, random = Math.random, clock = systemClock } = options;
  const url = address(options.url);
  /** @type {Limits} */
  let limits = { bodyBytes: 16_384, frameBytes: 65_536, dataBytes: 8_192 };
  /** @type {string | undefined} */
  let user;
  /** @type {State} */
  let state = "waiting";
  /** @type {string | undefined} */
  let reason;
  let isStarted = false;
  /** How far the server's clock is ahead of ours, in milliseconds. */
  let ahead = 0;
  const ending = new AbortController();
  const { signal } = ending;

  const wire = link({ open: () => new WebSocket(url, "im.v1"), hello, onFrame, onState, clock, random });
  const asked = questions(clock, wire.send);
  const who = identity(options, clock, (credentials) => wire.isWelcome && wire.send({ type: "hello", ...credentials }));
  const where = place(options.cursors ?? browserCursors(), clock);
  const notes = notebook(options.storage);
  const toSend = outbox(notes, clock, {
    send,
    onSilence: wire.drop,
    onChange: (peer) => talks.get(peer).changed(),
    onRefused({ to, kind, of, body }, code) {
      const { conversation } = talks.get(to);
      if (kind === "edit") {
        conversation.addToDraft(body ?? "");
      }
      emit("rejected", { kind, of, body, code }, conversation);
    },
  });
  const talks = directory(
    {
      user: () => user ?? "",
      outbox: toSend,
      notebook: notes,
      clock,
      cursors: where.cursors,
      ask: asked.ask,
      tell: asked.tell,
      onMessage(conversation, message) {
        emit("message", { conversation, message }, conversation);
        emit("message", { conversation, message });
      },
    },
    () => emit("conversations"),
  );

  /**
   * @param {string} type
   * @param {object} [detail]
   * @param {EventTarget} on
   */
  function emit(type, detail, on = target) {
    on.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async function hello() {
    const credentials = await who.introduction();
    if (!credentials) {
      stop("unauthenticated");
    }
    return JSON.stringify({ type: "hello", ...credentials, ...(await where.toResume()) });
  }

  /**
   * @param {import("./link.js").LinkState} next
   * @param {number} [code]
   */
  function onState(next, code) {
    if (next === "open") {
      return;
    }
    if (next !== "connecting") {
      who.end();
      asked.close();
      toSend.close();
      talks.close();
    }
    if (code === TOKEN_REFUSED && !who.refused()) {
      stop("unauthenticated");
    } else {
      become(next, next === "stopped" ? (reason ?? "protocol") : undefined);
    }
  }

  /** @param {string} why */
  function stop(why) {
    reason = why;
    wire.stop();
  }

  /**
   * @param {State} next
   * @param {string} [why]
   */
  function become(next, why) {
    reason = why;
    if (next !== state) {
      state = next;
      emit("state", { state, reason });
    }
  }

  /** @param {unknown} text */
  function onFrame(text) {
    const frame = readFrame(text);
    switch (frame?.type) {
      case "welcome":
        welcomed(frame);
        break;
      case "synced":
        synced();
        break;
      case "entry":
      case "mark":
      case "typing":
        about(frame.from === user ? frame.to : frame.from, frame);
        break;
      case "presence":
        about(frame.user, frame);
        break;
      case "accepted":
        about(frame.to, frame);
        break;
      case "truncated":
        about(frame.peer, frame);
        break;
      case "rejected":
        rejected(frame);
        break;
      case "error":
        refused();
        break;
      case "renewed":
        expires(frame.expires);
        break;
      case "page":
      case "conversations":
        asked.answer(frame);
        where.moved();
        break;
    }
  }

  /**
   * @param {string} peer
   * @param {import("./frames.js").Frame} frame
   */
  function about(peer, frame) {
    if (peer !== user) {
      talks.get(peer).receive(frame);
      where.moved();
    }
  }

  /** @param {import("./frames.js").Welcome} frame */
  function welcomed(frame) {
    if (user !== undefined && frame.user !== user) {
      stop("identity");
      return;
    }
    becomes(frame.user);
    wire.welcomed();
    limits = frame.limits;
    ahead = frame.now - clock.now();
    expires(frame.expires);
    if (where.welcomed(frame.epoch, frame.resumed)) {
      toSend.dropChanges();
    }
    if (!frame.resumed) {
      talks.all().forEach(({ stale }) => stale());
    }
  }

  async function synced() {
    asked.open();
    if (await talks.open()) {
      become("online");
      toSend.open(user);
    }
  }

  /** @param {import("./frames.js").Rejected} frame */
  function rejected(frame) {
    if (asked.answer(frame)) {
      return;
    }
    if (frame.id !== undefined && frame.to !== undefined) {
      toSend.rejected(frame);
    } else if (frame.code !== "unauthenticated") {
      refused();
    }
  }

  /** Of a hello what was stored may be the reason; otherwise another attempt would mend nothing. */
  function refused() {
    if (wire.isWelcome) {
      return;
    }
    if (where.forget()) {
      wire.drop();
    } else {
      stop("protocol");
    }
  }

  /** @param {number} [at] */
  function expires(at) {
    who.holdsFor(at && at - clock.now() - ahead);
  }

  /**
   * It is known who we are.
   *
   * @param {string} name
   */
  function becomes(name) {
    if (name !== user) {
      user = name;
      where.belongTo(`${url} ${user}`);
      notes.belongTo(`im ${url} ${user} `);
      toSend.load(user);
      changed();
    }
  }

  /**
   * @param {import("./outbox.js").Item} item
   * @returns whether it may be sent at all
   */
  function send({ to, id, kind, of, body, data }) {
    const frame = { type: "send", to, id, kind, of, body, data };
    if (new TextEncoder().encode(JSON.stringify(frame)).length > limits.frameBytes) {
      return false;
    }
    wire.send(frame);
    return true;
  }

  /**
   * @param {EventTarget | undefined} source
   * @param {string} type
   * @param {() => void} listener
   */
  function on(source, type, listener) {
    source?.addEventListener?.(type, listener, { signal });
  }

  /** What this browser keeps is another's now, or was changed by another tab. */
  function changed() {
    talks.all().forEach((talk) => talk.changed());
  }

  function hurry() {
    if (isStarted && !signal.aborted) {
      wire.hurry();
      wire.restart();
    }
  }

  if (options.user !== undefined) {
    becomes(options.user);
  }

  return {
    get limits() {
      return limits;
    },
    get state() {
      return state;
    },
    get reason() {
      return reason;
    },
    get user() {
      return user;
    },
    get conversations() {
      return talks.listed();
    },
    get moreConversations() {
      return talks.isMore();
    },
    get unread() {
      return talks.all().reduce((sum, { conversation }) => sum + conversation.unread, 0);
    },
    connect() {
      if (!isStarted && !signal.aborted) {
        isStarted = true;
        on(globalThis, "online", wire.hurry);
        on(globalThis, "offline", wire.drop);
        on(globalThis, "pagehide", where.save);
        on(globalThis, "storage", () => {
          toSend.review();
          changed();
        });
        on(globalThis.document, "visibilitychange", () => document.hidden || wire.hurry());
        wire.hurry();
      }
    },
    hurry,
    close() {
      ending.abort();
      where.save();
      stop("closed");
    },
    renew(token) {
      who.is(token);
      hurry();
    },
    conversation: (peer) => talks.get(peer).conversation,
    async loadConversations() {
      await talks.loadMore();
    },
  };
}
