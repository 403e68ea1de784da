import { check } from "./check.js";
import { settle } from "./manual-clock.js";
import { Talk } from "./talk.js";

function mark(from, delivered, read) {
  return { type: "mark", from, to: from === "alice" ? "bob" : "alice", delivered, read };
}

function states(talk) {
  return talk.bob.messages.map(({ state }) => state);
}

/** What the client says of its marks when the time for it has come. */
async function told(talk) {
  await talk.stage.clock.advance(200);
  return talk.stage.socket.take("mark").map(({ peer, delivered, read }) => [peer, delivered, read]);
}

export async function aMessageGoesFromSendingToReadAndNeverBack() {
  const talk = new Talk();
  await talk.online();
  await talk.load();
  talk.bob.send("hi");
  const seen = [talk.bob.pending[0].state];
  const [{ id }] = talk.stage.socket.take("send");
  const look = () => seen.push(...states(talk));
  await talk.hear(talk.append({ from: "alice", id, kind: "message", body: "hi" }));
  look();
  for (const [delivered, read] of [[1, 0], [0, 0], [1, 1], [1, 0], [0, 0]]) {
    await talk.hear(mark("bob", delivered, read));
    look();
  }
  check.equal(seen, ["sending", "sent", "delivered", "delivered", "read", "read", "read"]);
}

export async function thePeersMessagesAreSentWhateverTheMarks() {
  const talk = new Talk();
  talk.write(2);
  await talk.online();
  await talk.load();
  await talk.hear(mark("alice", 2, 2), mark("bob", 2, 2));
  check.equal(states(talk), ["sent", "sent"]);
}

export async function whatHasComeIsMarkedAsDeliveredOnceForAll() {
  const talk = new Talk();
  await talk.online();
  await talk.hear(...talk.write(5));
  check.equal(await told(talk), [["bob", 5, 0]]);
  await talk.hear(mark("alice", 5, 0), ...talk.write(1, "alice"));
  check.equal(await told(talk), [], "for one's own message");
  await talk.hear(...talk.write());
  check.equal(await told(talk), [["bob", 7, 0]]);
}

export async function whatTheListSaysIsUnreadIsMarkedAsDelivered() {
  const talk = new Talk();
  talk.write(3);
  await talk.online();
  check.equal(await told(talk), [["bob", 3, 0]]);
}

export async function whatIsReadIsToldTogetherAndOnlyForward() {
  const talk = new Talk();
  talk.write(10);
  await talk.online();
  await talk.load();
  await told(talk);
  [3, 7, 5].forEach((seq) => talk.bob.markRead(seq));
  check.equal(talk.bob.read, 7);
  check.equal(await told(talk), [["bob", 10, 7]]);
  talk.bob.markRead(6);
  check.equal([talk.bob.read, await told(talk)], [7, []]);
  talk.bob.markRead(99);
  check.equal([talk.bob.read, await told(talk)], [10, [["bob", 10, 10]]]);
}

export async function whatIsReadOfflineIsToldLater() {
  const talk = new Talk();
  talk.write(3);
  await talk.online();
  await talk.load();
  await told(talk);
  talk.log.moveMark("alice", { delivered: 3 });
  talk.stage.socket.end(1006);
  talk.bob.markRead(2);
  await talk.stage.clock.advance(0);
  talk.stage.socket.open();
  await talk.stage.welcomed({ welcome: { resumed: true }, items: [talk.item()] });
  check.equal(talk.bob.read, 2);
  check.equal(await told(talk), [["bob", 3, 2]]);
}

export async function anotherDeviceMayHaveRead() {
  const talk = new Talk();
  talk.write(3);
  await talk.online();
  await talk.load();
  await told(talk);
  check.equal(talk.stage.client.unread, 3);
  await talk.hear(mark("alice", 3, 3));
  check.equal([talk.bob.read, talk.bob.unread, talk.stage.client.unread, await told(talk)], [3, 0, 0, []]);
}

export async function marksOfAnotherHistoryAreForgotten() {
  const talk = new Talk();
  talk.write(9);
  await talk.online();
  await talk.load();
  talk.bob.markRead(9);
  await told(talk);
  talk.log = new Talk().log;
  talk.write(2);
  talk.write(1, "alice");
  await talk.stage.again();
  talk.stage.socket.say(talk.stage.welcome({ epoch: "e2" }), { type: "synced" });
  await settle();
  await talk.stage.listed([talk.item()]);
  check.equal([talk.bob.read, talk.bob.unread], [0, 2]);
  check.equal(await told(talk), [["bob", 3, 0]], "before the page is there");
  await talk.serve();
  check.equal([talk.bob.read, talk.bob.unread, states(talk)], [0, 2, ["sent", "sent", "sent"]]);
}

export async function aMarkThatWaitsWhileTheHistoryChangesIsNotTold() {
  const talk = new Talk();
  talk.write(9);
  await talk.online();
  await talk.load();
  await told(talk);
  talk.bob.markRead(9);
  talk.log = new Talk().log;
  talk.write(5);
  await talk.stage.again();
  talk.stage.socket.say(talk.stage.welcome({ epoch: "e2" }), { type: "synced" });
  await talk.stage.clock.advance(200);
  check.equal(talk.stage.socket.take("mark"), [], "before the list is there");
  await talk.stage.listed([talk.item()]);
  talk.bob.markRead(9);
  check.equal(await told(talk), [["bob", 5, 0]], "of what is shown of the other history");
}

export async function aMarkThatComesBeforeTheListOfAnotherHistoryHolds() {
  const talk = new Talk();
  talk.write(9, "alice");
  await talk.online();
  await talk.load();
  talk.log = new Talk().log;
  talk.write(2, "alice");
  const item = talk.item();
  await talk.stage.again();
  talk.stage.socket.say(talk.stage.welcome({ epoch: "e2" }), { type: "synced" });
  await talk.serve();
  await talk.hear(mark("bob", 2, 1));
  await talk.stage.listed([item]);
  check.equal(states(talk), ["read", "delivered"]);
}

export async function unreadIsWhatAPlainModelCounts() {
  const talk = new Talk();
  talk.write(10);
  await talk.online();
  await talk.load();
  let seed = 7;
  const random = (below) => (seed = (seed * 16_807) % 2_147_483_647) % below;
  for (let i = 0; i < 300; i++) {
    const of = 1 + random(talk.log.head);
    const message = talk.log.present[of - 1];
    switch (random(5)) {
      case 0:
        await talk.hear(...talk.write(1, random(2) ? "alice" : "bob"));
        break;
      case 1:
        if (message.kind === "message" && !message.deleted) {
          await talk.hear(talk.change("delete", of, undefined, message.from));
        }
        break;
      case 2:
        if (message.kind === "message" && !message.deleted) {
          await talk.hear(talk.change("react", of, "👍"));
        }
        break;
      case 3:
        if (random(4) === 0) {
          talk.bob.markRead(of);
          talk.log.moveMark("alice", { read: of });
        }
        break;
      default:
        await talk.again();
    }
    check.equal(talk.bob.unread, talk.item().unread, `unread after step ${i}`);
  }
}

export async function unreadOfALogThatIsNotOpenFollowsWhatComes() {
  const talk = new Talk();
  talk.write(300);
  await talk.online();
  await talk.hear(...talk.write(2), ...talk.write(1, "alice"));
  check.equal(talk.bob.unread, 302);
  await talk.hear(talk.change("delete", 301), talk.change("delete", 7), talk.change("edit", 8, "edited"));
  check.equal(talk.bob.unread, 300);
}

export async function unreadStaysRightWhenWhatWasReadIsForgotten() {
  const talk = new Talk();
  talk.write(20);
  await talk.online();
  await talk.load();
  talk.bob.markRead(5);
  talk.bob.trim(3);
  check.equal(talk.bob.unread, 15);
}

export async function whatComesAroundTheListIsCountedOnce() {
  const talk = new Talk();
  talk.write(300);
  await talk.stage.hello();
  talk.stage.socket.say(talk.stage.welcome(), { type: "synced" });
  await settle();
  const before = talk.item();
  const live = talk.write(2);
  await talk.hear(...live);
  await talk.stage.listed([before]);
  check.equal(talk.bob.unread, 302, "what comes before a list that was read earlier");

  await talk.stage.again();
  talk.stage.socket.say(talk.stage.welcome({ resumed: true }), { type: "synced" });
  await settle();
  const late = talk.write(2);
  await talk.stage.listed([talk.item()]);
  await talk.hear(...late);
  check.equal(talk.bob.unread, 304, "what comes after a list that was read later");
}

export async function thePeerTypesForSixSecondsOrUntilSomethingComes() {
  const talk = new Talk();
  talk.write(1);
  await talk.online();
  const typing = (on) => talk.hear({ type: "typing", from: "bob", to: "alice", on });
  const ends = {
    "6 seconds": () => talk.stage.clock.advance(6_000),
    "its end": () => typing(false),
    "a message": () => talk.hear(...talk.write()),
    "a lost connection": () => talk.again(),
  };
  for (const [what, end] of Object.entries(ends)) {
    await typing(true);
    await talk.stage.clock.advance(4_000);
    await typing(true);
    await talk.stage.clock.advance(5_999);
    check.equal(talk.bob.typing, true, `before ${what}`);
    await typing(true);
    await end();
    check.equal(talk.bob.typing, false, `after ${what}`);
    talk.stage.socket.say({ type: "pong" });
  }
}

export async function oneTypesAsLongAsThereIsInput() {
  const talk = new Talk();
  await talk.online();
  const told = () => talk.stage.socket.take("typing").map(({ on }) => on);
  for (let i = 0; i < 7; i++) {
    talk.bob.setTyping(true);
    await talk.stage.clock.advance(1_000);
  }
  check.equal(told(), [true, true, true]);
  await talk.stage.clock.advance(3_999);
  check.equal(told(), []);
  await talk.stage.clock.advance(1);
  check.equal(told(), [false]);
  talk.bob.setTyping(false);
  check.equal(told(), []);

  talk.bob.setTyping(true);
  talk.bob.setTyping(false);
  check.equal(told(), [true, false]);
  talk.bob.setTyping(true);
  talk.bob.send("hi");
  await talk.stage.clock.advance(6_000);
  check.equal(told(), [true], "the message says that one has stopped");
}

export async function anEditEndsOnesTyping() {
  const talk = new Talk();
  talk.write(1, "alice");
  await talk.online();
  await talk.load();
  talk.bob.setTyping(true);
  talk.bob.edit(1, "edited");
  check.equal(talk.stage.socket.take("typing").map(({ on }) => on), [true, false]);
}
