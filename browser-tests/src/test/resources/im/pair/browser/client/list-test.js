import { check } from "./check.js";
import { settle } from "./manual-clock.js";
import { Stage } from "./stage.js";

const START = 1_767_225_600_000;

function peer(i) {
  return `peer${String(i).padStart(3, "0")}`;
}

/** A conversation as the server lists it: the lower its number, the newer. */
function item(i, fields = {}) {
  const name = peer(i);
  const last = { from: name, to: "alice", seq: 1, id: "m1", at: START - i, kind: "message", body: `from ${name}` };
  return { peer: name, head: 1, delivered: 1, read: 1, peerDelivered: 0, peerRead: 0, unread: 0, last, ...fields };
}

function items(from, to) {
  return Array.from({ length: to - from }, (_, i) => item(from + i));
}

function names(stage) {
  return stage.client.conversations.map((conversation) => conversation.peer);
}

function entry(i, seq, body) {
  return { type: "entry", from: peer(i), to: "alice", seq, id: `m${seq}`, at: START + seq, kind: "message", body };
}

/** Answers the questions for the list from these, so many at a time. */
async function serveList(stage, all, part = 50) {
  for (let asked = 0; asked < 100; ) {
    await settle();
    const questions = stage.socket.take("conversations");
    if (questions.length === 0) {
      return asked;
    }
    asked += questions.length;
    for (const { ref, cursor = "0" } of questions) {
      const end = Number(cursor) + part;
      const next = end < all.length ? String(end) : undefined;
      stage.socket.say({ type: "conversations", ref, items: all.slice(Number(cursor), end), next });
    }
  }
  throw new Error("the list is asked for without end");
}

export async function theListIsThereWhenTheClientIsOnlineAndGoesOnWhenThatIsAskedFor() {
  const stage = new Stage();
  const all = items(0, 120);
  await stage.online({ items: all.slice(0, 50), next: "50" });
  check.equal([stage.client.state, stage.client.moreConversations, names(stage).length], ["online", true, 50]);
  stage.client.loadConversations();
  stage.client.loadConversations();
  check.equal(await serveList(stage, all), 1);
  check.equal([names(stage).length, stage.client.moreConversations], [100, true]);
  stage.client.loadConversations();
  await serveList(stage, all);
  check.equal([names(stage), stage.client.moreConversations], [all.map((one) => one.peer), false]);
  await stage.client.loadConversations();
  check.equal(await serveList(stage, all), 0);
}

export async function afterAReconnectTheListIsReadAsFarAsThereIsNews() {
  const stage = new Stage();
  const all = items(0, 200);
  await stage.online({ items: all.slice(0, 50), next: "50" });
  for (let i = 0; i < 2; i++) {
    stage.client.loadConversations();
    await serveList(stage, all);
  }
  await stage.again();
  stage.socket.say(stage.welcome({ resumed: true }), { type: "synced" });
  check.equal(await serveList(stage, all), 1, "parts without news");
  check.equal([names(stage).length, stage.client.moreConversations], [150, true]);

  await stage.again();
  stage.socket.say(stage.welcome({ resumed: true }), { type: "synced" });
  const news = all.map((one, i) => (i < 60 ? { ...one, head: 2, unread: 1 } : one));
  check.equal(await serveList(stage, news), 3, "parts with news");
  check.equal(stage.client.unread, 60);
  stage.client.loadConversations();
  await serveList(stage, news);
  check.equal([names(stage).length, stage.client.moreConversations], [200, false]);
}

export async function aListThatIsLostWithItsConnectionIsAskedForAgain() {
  const stage = new Stage();
  await stage.hello();
  stage.socket.say(stage.welcome(), { type: "synced" });
  await settle();
  check.equal(stage.socket.take("conversations").length, 1);
  await stage.again();
  await stage.welcomed({ items: items(0, 2) });
  check.equal([stage.client.state, names(stage)], ["online", [peer(0), peer(1)]]);
}

export async function aConversationThatIsOpenAndNotListedYetIsListed() {
  const stage = new Stage();
  const all = items(0, 180);
  all[170] = item(170, { read: 0, unread: 1, peerRead: 1 });
  await stage.online({ items: all.slice(0, 50), next: "50" });
  const conversation = stage.client.conversation(peer(170));
  conversation.load();
  await settle();
  const [{ ref }] = stage.socket.take("history");
  stage.socket.say({ type: "page", ref, peer: peer(170), entries: [all[170].last], head: 1, more: false });
  await serveList(stage, all);
  check.equal([conversation.unread, conversation.read, stage.client.moreConversations], [1, 0, false]);
}

export async function aPartThatIsRefusedIsNotAskedForWithoutEnd() {
  const stage = new Stage();
  await stage.online({ items: items(0, 2), next: "2" });
  const conversation = stage.client.conversation(peer(7));
  conversation.load();
  await settle();
  const [{ ref }] = stage.socket.take("history");
  stage.socket.say({ type: "page", ref, peer: peer(7), entries: [item(7).last], head: 1, more: false });
  await settle();
  const [list] = stage.socket.take("conversations");
  stage.socket.say({ type: "rejected", ref: list.ref, code: "bad_frame", reason: "no such place" });
  await settle();
  check.equal(stage.socket.take("conversations"), []);
}

export async function theNewestActivityComesFirst() {
  const stage = new Stage();
  await stage.online({ items: items(0, 4) });
  stage.socket.say(entry(2, 2, "news"));
  check.equal(names(stage), [peer(2), peer(0), peer(1), peer(3)]);
  stage.client.conversation(peer(3)).send("mine");
  check.equal(names(stage)[0], peer(2), "an older clock of ours");
  await stage.clock.advance(10);
  stage.client.conversation(peer(1)).send("mine");
  check.equal(names(stage)[0], peer(1));
  stage.client.conversation("nobody");
  check.equal(names(stage).length, 4, "without those that have nothing in them");
}

export async function atTheSameTimeTheNamesDecide() {
  const stage = new Stage();
  const same = items(0, 3).map((one) => ({ ...one, last: { ...one.last, at: START } }));
  await stage.online({ items: same.reverse() });
  check.equal(names(stage), [peer(0), peer(1), peer(2)]);
}

export async function peersAreWatchedOnceAndAgainOnEachConnection() {
  const stage = new Stage();
  const watched = () => stage.socket.take("watch").map(({ peers }) => peers);
  await stage.online({ items: items(0, 2) });
  check.equal(watched(), [[peer(0), peer(1)]]);
  stage.socket.say(entry(0, 2, "more"));
  await settle();
  check.equal(watched(), []);
  stage.client.conversation("carol");
  await settle();
  check.equal(watched(), [["carol", peer(0), peer(1)]]);
  await stage.again();
  await stage.welcomed({ welcome: { resumed: true }, items: items(0, 2) });
  check.equal(watched().length, 1);
}

export async function noMoreThanTwoHundredAreWatched() {
  const stage = new Stage();
  await stage.online({ items: items(0, 250) });
  check.equal(stage.socket.take("watch").map(({ peers }) => peers.length), [200]);
}

export async function presenceIsShownAndTold() {
  const stage = new Stage();
  await stage.online({ items: items(0, 1) });
  const conversation = stage.client.conversation(peer(0));
  let changes = 0;
  conversation.addEventListener("change", () => changes++);
  stage.socket.say({ type: "presence", user: peer(0), online: true });
  check.equal([conversation.online, conversation.lastSeen], [true, undefined]);
  await settle();
  stage.socket.say({ type: "presence", user: peer(0), online: false, lastSeen: 7 });
  check.equal([conversation.online, conversation.lastSeen], [false, 7]);
  await settle();
  check.equal(changes, 2);
}

export async function thereIsNoConversationWithOneselfOrWithNobody() {
  const stage = new Stage();
  for (const bad of ["alice", "", "a b", "-a", "<b>", undefined, null, 7]) {
    check.fails(() => stage.client.conversation(bad), TypeError);
  }
  check.that(stage.client.conversation("bob") === stage.client.conversation("bob"), "it is another one each time");
}

export async function whatAServerSaysOfOneselfIsPassedOver() {
  const stage = new Stage();
  const own = item(0, { peer: "alice" });
  await stage.online({ items: [own, item(1)] });
  stage.socket.say({ ...entry(0, 1, "x"), from: "alice", to: "alice" }, { type: "presence", user: "alice", online: true });
  check.equal([names(stage), stage.client.state], [[peer(1)], "online"]);
}
