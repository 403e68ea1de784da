import { Client } from "/im/im-client.js";
import { browserCursors } from "/im/cursors.js";
import { check } from "./check.js";
import { FakeSocket } from "./fake-socket.js";
import { settle } from "./manual-clock.js";
import { Stage } from "./stage.js";

const KEY = "ws://chat.example/ws alice";

async function saved() {
  return browserCursors().load(KEY);
}

/** Runs it where the browser's database is another. */
async function withDatabase(fake, action) {
  const original = Object.getOwnPropertyDescriptor(globalThis, "indexedDB");
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, ...fake });
  try {
    await action();
  } finally {
    Object.defineProperty(globalThis, "indexedDB", original);
  }
}

export async function theyCanBeWipedWhileAClientIsThere() {
  const cursors = browserCursors();
  await cursors.save(KEY, { epoch: "e1", cursors: new Map([["bob", [1, 2]]]) }, true);
  await new Promise((resolve, reject) => {
    const wiping = indexedDB.deleteDatabase("im");
    wiping.onsuccess = resolve;
    wiping.onblocked = () => reject(new Error("blocked"));
  });
  check.equal(await browserCursors().load(KEY), undefined);
}

export async function whatIsSavedIsThereAfterAReload() {
  const cursors = browserCursors();
  check.equal(await cursors.load("nobody"), undefined);
  await cursors.save(KEY, { epoch: "e1", cursors: { bob: [3, 30] } }, true);
  check.equal(await saved(), { epoch: "e1", cursors: { bob: [3, 30] } });
  check.equal(await browserCursors().load("ws://chat.example/ws carol"), undefined);
}

export async function aTabThatWritesLateSetsNothingBack() {
  const [one, other] = [browserCursors(), browserCursors()];
  await one.save(KEY, { epoch: "e1", cursors: { bob: [5, 50], carol: [1, 10] } }, true);
  await Promise.all([
    one.save(KEY, { epoch: "e1", cursors: { bob: [9, 90], carol: [1, 10] } }, false),
    other.save(KEY, { epoch: "e1", cursors: { bob: [3, 30], dave: [2, 20] } }, false),
  ]);
  check.equal((await saved()).cursors, { bob: [9, 90], carol: [1, 10], dave: [2, 20] });
}

export async function anotherEpochReplacesEverything() {
  const cursors = browserCursors();
  await cursors.save(KEY, { epoch: "e1", cursors: { bob: [9, 90], carol: [1, 10] } }, true);
  await cursors.save(KEY, { epoch: "e2", cursors: { bob: [2, 99] } }, false);
  check.equal(await saved(), { epoch: "e2", cursors: { bob: [2, 99] } });
  await cursors.save(KEY, { epoch: "e2", cursors: { carol: [1, 98] } }, true);
  check.equal(await saved(), { epoch: "e2", cursors: { carol: [1, 98] } }, "what is saved afresh");
}

export async function theFiveHundredNewestAreKept() {
  const cursors = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`p${i}`, [1, i + 1]]));
  await browserCursors().save(KEY, { epoch: "e1", cursors }, true);
  const kept = Object.keys((await saved()).cursors);
  check.equal([kept.length, kept.includes("p100"), kept.includes("p99")], [500, true, false]);
}

export async function aClientResumesFromWhatAnotherSaved() {
  const stage = new Stage({ user: "alice", cursors: browserCursors() });
  await helloOf(stage, stage.client);
  await stage.welcomed();
  stage.socket.say({ type: "entry", from: "bob", to: "alice", seq: 1, id: "m1", at: 10, kind: "message", body: "hi" });
  await stage.clock.advance(500);
  check.equal(await saved(), { epoch: "e1", cursors: { bob: [1, 10] } });

  stage.socket.say({ type: "entry", from: "bob", to: "alice", seq: 2, id: "m2", at: 20, kind: "message", body: "ho" });
  dispatchEvent(new Event("pagehide"));
  const second = stage.another({ user: "alice", cursors: browserCursors() });
  check.equal(await helloOf(stage, second), {
    type: "hello",
    user: "alice",
    epoch: "e1",
    cursors: { bob: [2, 20] },
  });
}

export async function aBrokenDatabaseCostsNothingButAReplay() {
  const refuses = () => {
    throw new DOMException("no", "SecurityError");
  };
  const fails = () => {
    const request = {};
    queueMicrotask(() => request.onerror());
    return request;
  };
  for (const fake of [{ value: undefined }, { get: refuses }, { value: { open: refuses } }, { value: { open: fails } }]) {
    await withDatabase(fake, async () => {
      const stage = new Stage({ user: "alice", cursors: browserCursors() });
      check.equal(await helloOf(stage, stage.client), { type: "hello", user: "alice" });
      await stage.welcomed();
      stage.socket.say({ type: "entry", from: "bob", to: "alice", seq: 1, id: "m", at: 10, kind: "message", body: "x" });
      await stage.clock.advance(500);
      check.equal([stage.client.state, stage.messages], ["online", ["x"]]);
      stage.client.close();
    });
  }
}

export async function aDatabaseThatNeverAnswersIsNotWaitedFor() {
  await withDatabase({ value: { open: () => ({}) } }, async () => {
    const stage = new Stage({ user: "alice", cursors: browserCursors() });
    stage.client.connect();
    await stage.clock.advance(5_000);
    check.equal(stage.sockets.length, 1);
    stage.socket.open();
    check.equal(stage.socket.take("hello"), [{ type: "hello", user: "alice" }]);
  });
}

export async function aDatabaseThatTheBrowserClosesIsOpenedAgain() {
  const { transaction } = IDBDatabase.prototype;
  const cursors = browserCursors();
  await cursors.save(KEY, { epoch: "e1", cursors: { bob: [1, 10] } }, true);
  IDBDatabase.prototype.transaction = function (...args) {
    this.close();
    return transaction.apply(this, args);
  };
  await cursors.save(KEY, { epoch: "e1", cursors: { bob: [2, 20] } }, false);
  IDBDatabase.prototype.transaction = transaction;
  await cursors.save(KEY, { epoch: "e1", cursors: { bob: [3, 30] } }, false);
  check.equal((await saved()).cursors, { bob: [3, 30] });
}

export async function theBrowsersOwnStorageAndSocketAreTheDefault() {
  const sockets = [];
  const original = globalThis.WebSocket;
  globalThis.WebSocket = class extends FakeSocket {
    constructor(url, protocol) {
      super(url, protocol);
      sockets.push(this);
    }
  };
  const client = new Client({ url: "/ws", user: "alice" });
  globalThis.WebSocket = original;
  client.conversation("bob").draft = "half";
  client.conversation("bob").send("one");
  client.connect();
  await until(() => sockets.length === 1);
  sockets[0].open();
  check.equal(sockets[0].take("hello"), [{ type: "hello", user: "alice" }]);
  client.close();

  const bob = new Client({ url: "/ws", user: "alice" }).conversation("bob");
  check.equal([bob.draft, bob.pending.map(({ body }) => body)], ["half", ["one"]]);
  bob.draft = "";
  bob.discard(bob.pending[0].id);
  check.equal(localStorage.length, 0);
}

/** Connects; the database answers when it likes. */
async function helloOf(stage, client) {
  const { length } = stage.sockets;
  client.connect();
  await until(() => stage.sockets.length > length);
  stage.socket.open();
  return stage.socket.take("hello")[0];
}

async function until(condition) {
  while (!condition()) {
    await settle();
  }
}
