import { check } from "./check.js";
import { settle } from "./manual-clock.js";
import { accepted, bodies, entryOf, load, online, rejected, sent, storeAll } from "./sending.js";
import { Stage } from "./stage.js";
import { Talk } from "./talk.js";

export async function whatIsSentIsPendingUntilItsEntryIsThere() {
  const { stage, bob } = await online();
  await load(stage, bob);
  const message = bob.send("hi", { x: 1 });
  check.equal(message.changing, false);
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
  check.equal(bob.messages[0].changing, false);
  bob.edit(1, "ho");
  bob.react(1, "👍");
  const [{ body, edited, reactions, changing }] = bob.messages;
  check.equal([body, edited, reactions, changing, bob.pending], ["ho", true, { alice: "👍" }, true, []]);

  stage.socket.say(rejected(sent(stage)[0], "not_yours"));
  check.equal([bob.messages[0].body, bob.messages[0].reactions], ["hi", { alice: "👍" }]);
  check.equal(bob.messages[0].changing, true);
  stage.socket.say(rejected(sent(stage)[0], "deleted"));
  check.equal([bob.messages[0].reactions, bob.messages[0].changing], [{}, false]);
  check.equal(refused, [
    { kind: "edit", of: 1, body: "ho", code: "not_yours" },
    { kind: "react", of: 1, body: "👍", code: "deleted" },
  ]);
  check.equal([bob.draft, stage.storage.length], ["ho", 1]);
}

export async function aDeletionIsShownAtOnce() {
  const { stage, bob } = await online();
  await load(stage, bob, [entryOf({ to: "bob", id: "m1", kind: "message", body: "hi", data: { x: 1 } }, 1)]);
  bob.remove(1);
  check.equal([bob.messages[0].deleted, bob.messages[0].body, bob.messages[0].data], [true, "", undefined]);
  check.equal([bob.messages[0].changing, bob.last.changing], [true, true]);
  stage.socket.say(entryOf(sent(stage)[0], 2));
  check.equal(bob.messages.map(({ deleted, body, changing }) => [deleted, body, changing]), [[true, "", false]]);
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

export async function changesOfAnotherHistoryAreNotSentSinceTheirNumbersMeanSomethingElseNow() {
  const talk = new Talk();
  talk.write(3, "alice");
  await talk.online();
  await talk.load();
  talk.stage.socket.end(1006);
  const refused = [];
  talk.bob.addEventListener("rejected", ({ detail }) => refused.push(`${detail.kind} ${detail.of} ${detail.code}`));
  talk.bob.remove(3);
  talk.bob.edit(2, "two");
  talk.bob.send("still to be sent");
  await talk.stage.clock.advance(0);
  talk.stage.socket.open();
  await talk.stage.welcomed({ welcome: { epoch: "e2" } });
  await talk.serve();
  check.equal(refused, ["delete 3 not_found", "edit 2 not_found"]);
  check.equal(talk.stage.socket.take("send").map(({ body }) => body), ["still to be sent"]);
}
