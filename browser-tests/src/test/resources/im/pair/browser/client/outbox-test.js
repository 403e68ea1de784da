import { check } from "./check.js";
import { settle } from "./manual-clock.js";
import { MemoryStorage } from "./memory.js";
import { Stage } from "./stage.js";

const PREFIX = "im ws://chat.example/ws alice outbox ";

/** A conversation whose client is online. */
async function online(options) {
  const stage = new Stage(options);
  await stage.online();
  return { stage, bob: stage.client.conversation("bob") };
}

function entryOf({ to, id, kind, of, body, data }, seq, from = "alice") {
  return { type: "entry", from, to, seq, id, at: 1_767_225_600_000 + seq, kind, of, body, data };
}

function rejected({ id, to }, code, more = {}) {
  return { type: "rejected", id, to, code, reason: code, ...more };
}

function accepted({ id, to }, seq) {
  return { type: "accepted", id, to, seq, at: 1_767_225_600_000 + seq };
}

function bodies(messages) {
  return messages.map(({ body }) => body);
}

function sent(stage) {
  return stage.socket.take("send");
}

/** The server stores whatever is sent, until nothing more is. */
async function storeAll(stage, seq = 0) {
  const stored = [];
  for (let frames = sent(stage); frames.length > 0; frames = sent(stage)) {
    for (const frame of frames) {
      stored.push(frame);
      stage.socket.say(entryOf(frame, ++seq));
    }
    await settle();
  }
  return bodies(stored);
}

export async function whatIsSentIsPendingUntilItsEntryIsThere() {
  const { stage, bob } = await online();
  await load(stage, bob);
  const message = bob.send("hi", { x: 1 });
  check.equal([message.state, message.seq, message.from, message.body, message.data], ["sending", undefined, "alice", "hi", { x: 1 }]);
  check.equal(bob.pending, [message]);
  check.equal(bob.last, message);

  const [frame] = sent(stage);
  check.equal(frame, { type: "send", to: "bob", id: message.id, kind: "message", body: "hi", data: { x: 1 } });
  stage.socket.say(entryOf(frame, 1));
  check.equal(bob.pending, []);
  check.equal(bob.messages.map(({ id, seq, state }) => [id, seq, state]), [[message.id, 1, "sent"]]);
  check.equal(stage.storage.length, 0);
}

export async function onePerPeerIsOnItsWayAndTheyKeepTheOrderOfWriting() {
  const { stage, bob } = await online();
  ["one", "two", "three"].forEach((body) => bob.send(body));
  check.equal(stage.socket.sent.filter(({ type }) => type === "send").length, 1);
  check.equal(await storeAll(stage), ["one", "two", "three"]);
}

export async function aPeersQueueDoesNotHoldUpAnothers() {
  const { stage, bob } = await online();
  bob.send("to bob");
  const [toBob] = sent(stage);
  stage.socket.say(rejected(toBob, "store"));
  stage.client.conversation("carol").send("to carol");
  check.equal(await storeAll(stage), ["to carol"]);
}

export async function whoSendsTooFastWaitsAsItIsToldAndIsNotOvertaken() {
  const { stage, bob } = await online();
  ["one", "two"].forEach((body) => bob.send(body));
  const [first] = sent(stage);
  stage.socket.say(rejected(first, "rate", { retryAfterMs: 700 }));
  await stage.clock.advance(699);
  check.equal(sent(stage), []);
  await stage.clock.advance(1);
  check.equal(sent(stage), [first]);
  stage.socket.say(rejected(first, "rate"));
  await stage.clock.advance(1000);
  check.equal(await storeAll(stage), ["one", "two"]);
}

export async function aStoreThatFailsIsAskedLessAndLessOften() {
  const { stage, bob } = await online();
  bob.send("one");
  const [frame] = sent(stage);
  for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
    stage.socket.say(rejected(frame, "store"), { type: "pong" });
    await stage.clock.advance(seconds * 1000 - 1);
    check.equal(sent(stage), [], `before ${seconds} s`);
    stage.socket.take("ping");
    stage.socket.say({ type: "pong" });
    await stage.clock.advance(1);
    check.equal(sent(stage), [frame], `after ${seconds} s`);
  }
}

export async function whatIsWrittenOfflineIsSentOnceLater() {
  const stage = new Stage();
  const bob = stage.client.conversation("bob");
  ["one", "two"].forEach((body) => bob.send(body));
  check.equal(bodies(bob.pending), ["one", "two"]);
  await stage.online();
  check.equal(await storeAll(stage), ["one", "two"]);
  await stage.again();
  await stage.welcomed({ welcome: { resumed: true } });
  check.equal(sent(stage), []);
}

export async function aLostConnectionSendsItAgainUnderTheSameId() {
  const { stage, bob } = await online();
  bob.send("one");
  const [first] = sent(stage);
  await stage.again();
  stage.socket.say(stage.welcome({ resumed: true }));
  check.equal(sent(stage), [], "before synced");
  stage.socket.say({ type: "synced" });
  check.equal(sent(stage), [], "before the list");
  await stage.listed();
  check.equal(sent(stage), [first]);
}

export async function whatComesBackByTheReplayIsNotSentAgain() {
  const { stage, bob } = await online();
  bob.send("one");
  bob.send("two");
  const [first] = sent(stage);
  await stage.again();
  await stage.welcomed({ welcome: { resumed: true }, replay: [entryOf(first, 1)] });
  check.equal(await storeAll(stage, 1), ["two"]);
}

export async function whatComesBackInAPageIsNotSentAgain() {
  const { stage, bob } = await online();
  bob.send("one");
  const [first] = sent(stage);
  bob.load();
  await stage.again();
  stage.socket.say(stage.welcome({ epoch: "e2" }), { type: "synced" });
  await settle();
  const [{ ref }] = stage.socket.take("history");
  stage.socket.say({ type: "page", ref, peer: "bob", entries: [entryOf(first, 1)], head: 1, more: false });
  await stage.listed();
  check.equal([sent(stage), bob.pending, bodies(bob.messages)], [[], [], ["one"]]);
}

export async function acceptedAndTheEntryMayComeInAnyOrder() {
  for (const order of ["entry accepted", "accepted entry", "accepted", "entry", "accepted accepted entry"]) {
    const { stage, bob } = await online();
    await load(stage, bob);
    ["one", "two"].forEach((body) => bob.send(body));
    const [frame] = sent(stage);
    for (const what of order.split(" ")) {
      stage.socket.say(what === "entry" ? entryOf(frame, 1) : accepted(frame, 1));
    }
    const isThere = order.includes("entry");
    check.equal(bodies([...bob.messages, ...bob.pending]), ["one", "two"], `after ${order}`);
    check.equal(bob.messages.length, isThere ? 1 : 0, `messages after ${order}`);
    check.equal(bodies(sent(stage)), ["two"], `what follows ${order}`);
    check.equal(stage.storage.length, 1, `what is kept after ${order}`);
  }
}

export async function whatIsAcceptedInALogThatIsNotOpenIsDone() {
  const { stage, bob } = await online();
  bob.send("one");
  stage.socket.say(accepted(sent(stage)[0], 7));
  check.equal(bob.pending, []);
}

export async function whatWasAcceptedAndIsNotInAnotherHistoryDoesNotStayPending() {
  const { stage, bob } = await online();
  await load(stage, bob);
  bob.send("one");
  stage.socket.say(accepted(sent(stage)[0], 7));
  check.equal(bodies(bob.pending), ["one"]);

  await stage.again();
  stage.socket.say(stage.welcome({ epoch: "e2" }), { type: "synced" });
  await settle();
  const [{ ref }] = stage.socket.take("history");
  stage.socket.say({ type: "page", ref, peer: "bob", entries: [], head: 0, more: false });
  await stage.listed();
  check.equal(bodies(bob.pending), []);
}

export async function anEntryAfterARejectionIsSuccess() {
  for (const code of ["store", "rate", "blocked"]) {
    const { stage, bob } = await online();
    await load(stage, bob);
    bob.send("one");
    const [frame] = sent(stage);
    stage.socket.say(rejected(frame, code));
    stage.socket.say(entryOf(frame, 1));
    check.equal([bob.pending, bodies(bob.messages)], [[], ["one"]], `after ${code}`);
    await stage.clock.advance(2000);
    check.equal([sent(stage), stage.storage.length], [[], 0], `after ${code}`);
  }
}

export async function whatIsRefusedForGoodFailsAndWhatFollowsGoesOn() {
  for (const code of ["blocked", "too_large", "bad_frame", "bad_user", "self", "later"]) {
    const { stage, bob } = await online();
    ["one", "two"].forEach((body) => bob.send(body));
    stage.socket.say(rejected(sent(stage)[0], code));
    check.equal(bob.pending.map(({ state, code }) => [state, code]), [["failed", code], ["sending", undefined]]);
    check.equal(await storeAll(stage), ["two"]);
    check.equal(bodies(bob.pending), ["one"]);
  }
}

export async function whatHasFailedIsSentAgainWhenThatIsAskedFor() {
  const { stage, bob } = await online();
  ["one", "two", "three"].forEach((body) => bob.send(body));
  const [one] = sent(stage);
  stage.socket.say(rejected(one, "blocked"));
  const [two] = sent(stage);
  bob.retry(one.id);
  check.equal(bob.pending.map(({ state }) => state), ["sending", "sending", "sending"]);
  stage.socket.say(entryOf(two, 1));
  check.equal(await storeAll(stage, 1), ["one", "three"]);
}

export async function whatHasFailedIsForgottenWhenItIsDiscarded() {
  const { stage, bob } = await online();
  bob.send("one");
  const [one] = sent(stage);
  stage.socket.say(rejected(one, "blocked"));
  bob.discard(one.id);
  check.equal([bob.pending, stage.storage.length], [[], 0]);
  bob.retry(one.id);
  check.equal(sent(stage), []);
}

export async function whatIsTooLargeForAFrameFailsWithoutBeingSent() {
  const { stage, bob } = await online();
  bob.send("é".repeat(40_000));
  bob.send("two");
  check.equal(bob.pending.map(({ code }) => code), ["too_large", undefined]);
  check.equal(bodies(sent(stage)), ["two"]);
}

export async function aChangeIsShownAtOnceAndTakenBackIfItIsRefused() {
  const { stage, bob } = await online();
  await load(stage, bob, [entryOf({ to: "bob", id: "m1", kind: "message", body: "hi" }, 1)]);
  const refused = [];
  bob.addEventListener("rejected", ({ detail }) => refused.push(detail));
  bob.edit(1, "ho");
  bob.react(1, "👍");
  const [{ body, edited, reactions }] = bob.messages;
  check.equal([body, edited, reactions, bob.pending], ["ho", true, { alice: "👍" }, []]);

  stage.socket.say(rejected(sent(stage)[0], "not_yours"));
  check.equal([bob.messages[0].body, bob.messages[0].reactions], ["hi", { alice: "👍" }]);
  stage.socket.say(rejected(sent(stage)[0], "deleted"));
  check.equal(bob.messages[0].reactions, {});
  check.equal(refused, [
    { kind: "edit", of: 1, body: "ho", code: "not_yours" },
    { kind: "react", of: 1, body: "👍", code: "deleted" },
  ]);
  check.equal(stage.storage.length, 0);
}

export async function aDeletionIsShownAtOnce() {
  const { stage, bob } = await online();
  await load(stage, bob, [entryOf({ to: "bob", id: "m1", kind: "message", body: "hi", data: { x: 1 } }, 1)]);
  bob.remove(1);
  check.equal([bob.messages[0].deleted, bob.messages[0].body, bob.messages[0].data], [true, "", undefined]);
  stage.socket.say(entryOf(sent(stage)[0], 2));
  check.equal(bob.messages.map(({ deleted, body }) => [deleted, body]), [[true, ""]]);
}

export async function aServerThatDoesNotAnswerForTwentySecondsIsLeft() {
  const { stage, bob } = await online();
  bob.send("one");
  const [frame] = sent(stage);
  await stage.clock.advance(10_000);
  stage.socket.say({ type: "pong" });
  await stage.clock.advance(9_999);
  check.equal(stage.client.state, "online");
  await stage.clock.advance(1);
  check.equal(stage.sockets.length, 2);
  stage.socket.open();
  await stage.welcomed({ welcome: { resumed: true } });
  check.equal(sent(stage), [frame]);
}

export async function aReloadKeepsItInEveryState() {
  const states = {
    written: () => undefined,
    sent: async (stage) => stage.online(),
    waiting: async (stage) => {
      await stage.online();
      stage.socket.say(rejected(sent(stage)[0], "store"));
    },
    failed: async (stage) => {
      await stage.online();
      stage.socket.say(rejected(sent(stage)[0], "blocked"));
    },
  };
  for (const [state, reach] of Object.entries(states)) {
    const stage = new Stage();
    const message = stage.client.conversation("bob").send("one");
    await reach(stage);
    stage.client.close();

    stage.client = stage.another();
    const bob = stage.client.conversation("bob");
    check.equal(bob.pending.map(({ id, body, at }) => [id, body, at]), [[message.id, "one", message.at]], state);
    check.equal(stage.client.conversations, [bob], state);
    await stage.online();
    if (state === "failed") {
      check.equal([bob.pending[0].state, bob.pending[0].code, sent(stage)], ["failed", "blocked", []]);
      bob.retry(message.id);
    }
    check.equal(await storeAll(stage), ["one"], state);
  }
}

export async function twoWrittenWithinAMillisecondKeepTheirOrderOverAReload() {
  const stage = new Stage();
  for (let i = 0; i < 50; i++) {
    stage.client.conversation("bob").send(String(i));
  }
  stage.client = stage.another();
  check.equal(bodies(stage.client.conversation("bob").pending), Array.from({ length: 50 }, (_, i) => String(i)));
}

export async function anotherUserOfThisBrowserDoesNotGetIt() {
  const stage = new Stage();
  stage.client.conversation("bob").send("one");
  check.equal(stage.another({ user: "carol" }).conversation("bob").pending, []);
  check.equal(stage.another({ user: "alice", url: "ws://other.example/ws" }).conversation("bob").pending, []);
}

export async function whatIsWrittenBeforeItIsKnownWhoWritesIsKeptFromTheWelcomeOn() {
  const stage = new Stage({ token: "t1" });
  const bob = stage.client.conversation("bob");
  bob.draft = "half";
  bob.send("one");
  check.equal([stage.storage.length, bob.draft], [0, "half"]);
  await stage.online();
  check.equal(stage.storage.length, 2);
  check.equal(bodies(sent(stage)), ["one"]);
  check.equal(stage.another().conversation("bob").draft, "half");
}

export async function ofTwoTabsBothMaySendItAndTheOtherForgetsWhatIsSettled() {
  const stage = new Stage();
  stage.client.conversation("bob").send("one");
  const other = stage.another();
  check.equal(bodies(other.conversation("bob").pending), ["one"]);

  await stage.online();
  check.equal(await storeAll(stage), ["one"]);
  other.connect();
  dispatchEvent(new StorageEvent("storage", { key: PREFIX }));
  check.equal(other.conversation("bob").pending, []);
}

export async function whatBothTabsSendIsThereOnce() {
  const stage = new Stage();
  const first = stage.client;
  first.conversation("bob").send("one");
  await stage.online();
  const socket = stage.socket;
  stage.client = stage.another();
  await stage.online();
  const [frame] = socket.take("send");
  check.equal(sent(stage), [frame]);
  socket.say(entryOf(frame, 1));
  stage.socket.say(accepted(frame, 1), entryOf(frame, 1));
  for (const client of [first, stage.client]) {
    const { messages, pending } = client.conversation("bob");
    check.equal([bodies(messages), pending], [["one"], []]);
  }
  check.equal(stage.storage.length, 0);
}

export async function whatWasAcceptedIsNotSentAgainAfterAReload() {
  const { stage, bob } = await online();
  await load(stage, bob);
  bob.send("one");
  stage.socket.say(accepted(sent(stage)[0], 1));
  stage.client = stage.another();
  await stage.online();
  check.equal([sent(stage), stage.client.conversation("bob").pending], [[], []]);
}

export async function whatAnotherTabHasDiscardedIsNotSent() {
  const stage = new Stage();
  stage.client.conversation("bob").send("one");
  stage.client.conversation("bob").send("two");
  const other = stage.another();
  other.conversation("bob").discard(other.conversation("bob").pending[0].id);
  await stage.online();
  check.equal(await storeAll(stage), ["two"]);
}

export async function aFullOrForbiddenStorageCostsNothingButTheReload() {
  const full = new MemoryStorage();
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const forbidden = new Proxy({}, {
    get() {
      throw new DOMException("no", "SecurityError");
    },
  });
  for (const storage of [full, forbidden]) {
    const { stage, bob } = await online({ user: "alice", storage });
    bob.draft = "half";
    ["one", "two", "three"].forEach((body) => bob.send(body));
    check.equal([bodies(bob.pending), bob.draft], [["one", "two", "three"], "half"]);
    stage.socket.say(rejected(sent(stage)[0], "blocked"));
    await stage.again();
    await stage.welcomed({ welcome: { resumed: true } });
    bob.retry(bob.pending[0].id);
    check.equal((await storeAll(stage)).sort(), ["one", "three", "two"]);
    bob.draft = "";
    check.equal([bob.pending, bob.draft], [[], ""]);
  }
}

export async function garbageInTheStorageIsPassedOver() {
  const good = { id: "good", to: "bob", kind: "message", body: "good", at: 5 };
  const garbage = [
    "",
    "{",
    "null",
    "7",
    "[]",
    "{}",
    { ...good, to: "a b" },
    { ...good, to: "alice" },
    { ...good, kind: "shout" },
    { ...good, body: 7 },
    { ...good, at: "now" },
    { ...good, at: undefined },
    { ...good, kind: "edit", of: "1" },
    { ...good, data: "x" },
    { ...good, code: 7 },
    { ...good, id: "another" },
  ];
  const stage = new Stage();
  garbage.forEach((value, i) => {
    const name = `g${i}`;
    const item = typeof value === "string" ? value : JSON.stringify({ ...value, id: value.id === "good" ? name : value.id });
    stage.storage.setItem(PREFIX + name, item);
  });
  stage.storage.setItem(`${PREFIX}good`, JSON.stringify(good));
  stage.client = stage.another();
  await stage.online();
  const bob = stage.client.conversation("bob");
  check.equal(bodies(bob.pending), ["good"]);
  bob.send("next");
  check.equal(bob.pending.every(({ at }) => Number.isSafeInteger(at)), true);
  check.equal(await storeAll(stage), ["good", "next"]);
}

export async function aThousandMayWaitAndNoMore() {
  const stage = new Stage();
  const bob = stage.client.conversation("bob");
  for (let i = 0; i < 999; i++) {
    bob.send(String(i));
  }
  bob.react(1, "👍");
  check.fails(() => bob.send("one too many"), RangeError);
  check.fails(() => stage.client.conversation("carol").send("one too many"), RangeError);
  bob.discard(bob.pending[0].id);
  bob.send("there is room again");
  check.equal(bob.pending.length, 999);
}

export async function aDraftOutlivesAReloadAndIsForgottenWhenItIsEmpty() {
  const stage = new Stage();
  stage.client.conversation("bob").draft = "half a th";
  check.equal(stage.another().conversation("bob").draft, "half a th");
  check.equal(stage.another().conversation("carol").draft, "");
  stage.client.conversation("bob").draft = "";
  check.equal([stage.another().conversation("bob").draft, stage.storage.length], ["", 0]);
}

/** The newest page is there. */
async function load(stage, conversation, entries = []) {
  conversation.load();
  await settle();
  const [{ ref }] = stage.socket.take("history");
  const { peer } = conversation;
  stage.socket.say({ type: "page", ref, peer, entries, head: entries.at(-1)?.seq ?? 0, more: false });
  await settle();
}
