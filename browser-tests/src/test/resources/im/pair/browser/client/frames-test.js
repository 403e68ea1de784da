import { readFrame } from "/im/frames.js";
import { check } from "./check.js";
import { flat, goldenCases, Placeholders } from "./golden.js";

/** Fields that a client relies on; a name with a question mark may be absent. What is not here means nothing to it. */
const LIMITS = { bodyBytes: "count", frameBytes: "count", dataBytes: "count" };
const ENTRY = {
  from: "user",
  to: "user",
  seq: "count",
  id: "text",
  at: "count",
  kind: "text",
  "of?": "count",
  "body?": "text",
  "edited?": "flag",
  "deleted?": "flag",
  "reactions?": "reactions",
};
const ITEM = {
  peer: "user",
  head: "count",
  delivered: "count",
  read: "count",
  peerDelivered: "count",
  peerRead: "count",
  unread: "count",
  "last?": ENTRY,
};
const FRAMES = {
  welcome: { user: "user", epoch: "text", now: "count", "expires?": "count", limits: LIMITS, resumed: "flag" },
  synced: {},
  renewed: { "ref?": "ref", "expires?": "count" },
  entry: ENTRY,
  accepted: { id: "text", to: "user", seq: "count", at: "count" },
  rejected: { "ref?": "ref", "id?": "text", "to?": "text", code: "text", reason: "text", "retryAfterMs?": "count" },
  error: { code: "text", reason: "text" },
  mark: { from: "user", to: "user", delivered: "count", read: "count" },
  typing: { from: "user", to: "user", on: "flag" },
  presence: { user: "user", online: "flag", "lastSeen?": "count" },
  page: { ref: "ref", peer: "user", entries: [ENTRY], head: "count", more: "flag" },
  conversations: { ref: "ref", items: [ITEM], "next?": "text" },
  truncated: { peer: "user", before: "count" },
  pong: {},
};
const NOT = {
  text: [7, true, null, {}, []],
  user: ["", " ", "a b", "-a", "<b>", "a".repeat(65), 7, null, {}, ["bob"]],
  count: ["1", -1, 1.5, 2 ** 53, null, true, {}, [1]],
  flag: [0, 1, "true", null, {}, []],
  ref: [true, -1, 1.5, null, {}, []],
  reactions: [[], "👍", 7, null, { bob: 7 }, { "a b": "👍" }, { bob: null }],
};

async function serversFrames() {
  const frames = [];
  for (const [, { steps }] of await goldenCases()) {
    const placeholders = new Placeholders();
    const received = flat(steps).flatMap(({ receives = [], receivesInterleaved = [] }) => [
      receives,
      ...receivesInterleaved.flat(),
    ]);
    frames.push(...received.flat().map((frame) => placeholders.fill(frame)));
  }
  return frames.filter(({ type }) => type !== undefined);
}

/** Each copy of a value with one thing in it that its shape does not allow. */
function* broken(value, shape) {
  if (typeof shape === "string") {
    yield* NOT[shape];
    return;
  }
  yield* ["text", 7, null];
  if (Array.isArray(shape)) {
    yield {};
    for (const [index, element] of value.entries()) {
      for (const bad of broken(element, shape[0])) {
        yield value.with(index, bad);
      }
    }
    return;
  }
  yield [];
  for (const [key, inner] of Object.entries(shape)) {
    const name = key.replace("?", "");
    if (!key.endsWith("?")) {
      const { [name]: _, ...rest } = value;
      yield rest;
    }
    for (const bad of value[name] === undefined ? [null] : broken(value[name], inner)) {
      yield { ...value, [name]: bad };
    }
  }
}

export async function everyFrameThatAServerSendsIsRead() {
  const frames = await serversFrames();
  for (const frame of frames) {
    check.equal(readFrame(JSON.stringify(frame)), frame);
  }
  const types = new Set(frames.map(({ type }) => type));
  check.equal([...types].sort(), Object.keys(FRAMES).sort());
}

export async function whatTheProtocolMayAddLaterIsIgnored() {
  for (const frame of await serversFrames()) {
    const more = { ...frame, later: { a: [1] } };
    check.equal(readFrame(JSON.stringify(more)), more);
  }
  check.equal(readFrame('{"type":"later"}'), undefined);
}

export async function noFrameThatBreaksItsShapeIsRead() {
  const seen = new Set();
  for (const frame of await serversFrames()) {
    for (const bad of broken(frame, FRAMES[frame.type])) {
      const text = JSON.stringify(bad);
      if (!seen.has(text)) {
        seen.add(text);
        check.equal(readFrame(text), undefined, `what comes of ${text}`);
      }
    }
  }
  return `${seen.size} broken frames are not read`;
}

export async function whatIsNoFrameIsNotRead() {
  const { type, ...rest } = (await serversFrames())[0];
  const noTypes = [rest, ...["", "toString", "__proto__", "constructor", null, 7, ["entry"]].map((bad) => ({ ...rest, type: bad }))];
  for (const text of ["", "rubbish", "[]", "7", "null", '"entry"', "{}", ...noTypes.map((bad) => JSON.stringify(bad))]) {
    check.equal(readFrame(text), undefined, `what comes of ${text}`);
  }
  for (const binary of [new Blob(["{}"]), new ArrayBuffer(2), undefined, null]) {
    check.equal(readFrame(binary), undefined);
  }
}
