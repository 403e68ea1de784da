import { isUser } from "/im/user.js";
import { payloads } from "./payloads.js";

const EPOCH = "4c9b2f5e-8a1d-4a57-9a57-0d5cf2a9a3b1";
const LIMITS = { bodyBytes: 16_384, frameBytes: 65_536, dataBytes: 8_192 };
const AT = 1_767_225_600_000;
const NO_TEXTS = [null, true, -1, 0, 1.5, 2 ** 53 - 1, 1e300, [], {}, [null], { length: 1 }];

const entry = (seq) => ({
  ...{ from: "liar", to: "honest", seq, id: `l${seq}`, at: AT, kind: "message", body: `text ${seq}` },
  ...{ data: { text: "text" }, edited: true, reactions: { liar: "👍" } },
});
const item = (head) => ({
  ...{ peer: "liar", head, delivered: 0, read: 0, peerDelivered: 0, peerRead: 0, unread: 1, last: entry(head) },
});

/** A server's end of a WebSocket, in the place of the browser's class. It knows `honest`, and `liar`, who wrote once. */
class LyingServer extends EventTarget {
  static last;
  /** What a send, a question for the list, and one for a page are answered with, in the place of the truth. */
  static refusal;
  static list;
  static page;
  isOpen = false;
  #seq = 1;

  constructor() {
    super();
    LyingServer.last = this;
    setTimeout(() => this.onopen?.());
  }

  close() {}

  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** Our next entry. */
  write() {
    this.say({ type: "entry", ...entry(++this.#seq) });
    return this.#seq;
  }

  send(text) {
    const { type, ref, ...command } = JSON.parse(text);
    queueMicrotask(() => this.#answer(type, ref, command));
  }

  #answer(type, ref, { id, to, body, kind = "message", of }) {
    switch (type) {
      case "hello":
        this.say({ type: "welcome", user: "honest", session: "s", epoch: EPOCH, now: AT, limits: LIMITS, resumed: false });
        this.say({ type: "synced" });
        this.isOpen = true;
        break;
      case "conversations":
        this.say({ type, items: [item(this.#seq)], ...LyingServer.list, ref });
        break;
      case "history":
        this.say(LyingServer.page ? { ...LyingServer.page, ref } : { ...page, ref, entries: [entry(this.#seq)], head: this.#seq });
        break;
      case "send":
        if (LyingServer.refusal) {
          this.say({ type: "rejected", id, to, ...LyingServer.refusal });
        } else {
          this.say({ type: "entry", from: "honest", to, seq: ++this.#seq, id, at: AT, kind, of, body });
        }
    }
  }
}

const page = { type: "page", peer: "liar", entries: [entry(1)], head: 1, more: false };
const list = { type: "conversations", items: [item(1)], next: "1.liar" };
const isText = (value) => typeof value === "string";
const pause = () => new Promise(requestAnimationFrame);

/** Frames as they should be, one of each type, and of its forms. */
function frames() {
  const ids = { from: "liar", to: "honest" };
  return [
    { type: "welcome", user: "honest", session: "s", epoch: EPOCH, now: AT, expires: 0, limits: LIMITS, resumed: true },
    { type: "renewed", ref: "r", expires: 0 },
    { type: "entry", ...entry(2) },
    { type: "entry", ...ids, seq: 2, id: "l2", at: AT, kind: "edit", of: 1, body: "text" },
    { type: "entry", ...ids, seq: 2, id: "l2", at: AT, kind: "react", of: 1, body: "👍" },
    { type: "accepted", id: "l2", to: "liar", seq: 1, at: AT },
    { type: "rejected", ref: 1, id: "l2", to: "liar", code: "rate", reason: "text", retryAfterMs: 1 },
    { type: "error", code: "bad_frame", reason: "text" },
    { type: "mark", ...ids, delivered: 1, read: 1 },
    { type: "typing", ...ids, on: true },
    { type: "presence", user: "liar", online: false, lastSeen: AT },
    { type: "truncated", peer: "liar", before: 1 },
    { ...page, ref: 1 },
    { ...list, ref: 1 },
    { type: "pong", ref: "r" },
  ];
}

/** The same value with another one in each place where `fits` is true of what stands there. */
function* twisted(value, lie, fits) {
  for (const [name, old] of Object.entries(value)) {
    if (fits(old)) {
      const copy = structuredClone(value);
      copy[name] = lie;
      yield copy;
    }
    if (typeof old === "object" && old !== null) {
      for (const part of twisted(old, lie, fits)) {
        const copy = structuredClone(value);
        copy[name] = part;
        yield copy;
      }
    }
  }
}

/** Says every payload in the place of every text of every frame. Nobody has asked for any of them. */
export async function lieInTexts() {
  for (const [i, payload] of payloads.entries()) {
    // Another user's welcome would rightly be the end of it.
    const told = frames().filter(({ type }) => !isUser(payload) || type !== "welcome");
    for (const lie of told.flatMap((frame) => [...twisted(frame, payload, isText)])) {
      LyingServer.last.say(lie);
    }
    for (const user of [payload, "constructor"]) {
      const reactions = JSON.parse(`{${JSON.stringify(user)}: ${JSON.stringify(payload)}}`);
      LyingServer.last.say({ type: "entry", ...entry(LyingServer.last.write() + 1), reactions });
    }
    if (i % 5 === 0) {
      await pause();
    }
  }
}

/** The same in the answers to what was asked. */
export async function lieInAnswers() {
  const { client } = document.querySelector("pair-chat");
  for (const payload of payloads.filter((_, i) => i % 5 === 0)) {
    for (LyingServer.list of twisted(list, payload, isText)) {
      LyingServer.last.onclose({ code: 1006 });
      const before = LyingServer.last;
      client.hurry();
      while (LyingServer.last === before || LyingServer.last.isOpen === false) {
        await new Promise((done) => setTimeout(done));
      }
    }
  }
  LyingServer.list = undefined;
  let count = 0;
  for (const payload of payloads) {
    for (const lie of twisted(page, payload, isText)) {
      LyingServer.page = lie;
      client.conversation(`liar${count++}`).load();
      await Promise.resolve();
    }
    await pause();
  }
  LyingServer.page = undefined;
}

/** Something of another type, or out of bounds, in the place of everything. */
export async function lieInTypes() {
  for (const noText of NO_TEXTS) {
    for (const frame of frames()) {
      for (const lie of twisted(frame, noText, () => true)) {
        LyingServer.last.say(lie);
      }
    }
    await pause();
  }
}

/** Refuses a message and a change for every payload as the reason; and for names that all objects have. */
export async function refuseAll() {
  const conversation = document.querySelector("pair-chat").client.conversation("liar");
  const seen = (selector) => document.querySelector("pair-chat").shadowRoot.querySelector(selector);
  const notice = () => seen("[part~=notice]");
  const failure = () => seen(".failure:not(:empty)");
  const said = [];
  for (const code of [...payloads, "constructor", "toString", "valueOf"]) {
    LyingServer.refusal = { code, reason: code };
    conversation.edit(1, "changed");
    const before = notice();
    while (!notice() || notice() === before) {
      await pause();
    }
    said.push(notice().textContent);
    const { id } = conversation.send("failing");
    while (conversation.pending[0].state !== "failed") {
      await new Promise((done) => conversation.addEventListener("change", done, { once: true }));
    }
    while (!failure()) {
      await pause();
    }
    said.push(failure().firstChild.textContent.trim());
    conversation.discard(id);
  }
  LyingServer.refusal = undefined;
  return [...new Set(said)];
}

export const write = () => LyingServer.last.write();

window.WebSocket = LyingServer;
