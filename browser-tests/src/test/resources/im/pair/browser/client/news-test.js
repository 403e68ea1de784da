import { check } from "./check.js";
import { settle } from "./manual-clock.js";
import { numbers, Talk } from "./talk.js";

export async function theLastLineOfAListedConversationFollowsItsChanges() {
  const talk = new Talk();
  talk.write(2);
  talk.change("edit", 2, "first");
  await talk.online();
  check.equal(talk.bob.last.body, "first");
  await talk.hear(talk.change("edit", 2, "second"));
  check.equal(talk.bob.last.body, "second");
  await talk.hear(talk.change("delete", 2));
  check.equal([talk.bob.last.body, talk.bob.last.deleted], ["", true]);
}

export async function aListThatIsAheadOfTheChangesIsNotSetBackByThem() {
  const talk = new Talk();
  talk.write(2);
  const changes = [talk.change("edit", 2, "first"), talk.change("edit", 2, "second"), talk.change("delete", 2)];
  await talk.online();
  const seen = [];
  talk.bob.addEventListener("change", () => seen.push(talk.bob.last.body));
  for (const change of changes) {
    await talk.hear(change);
  }
  check.equal(seen.filter((body) => body !== ""), []);
}

export async function duplicatesOfAReplayAreDropped() {
  const talk = new Talk();
  await talk.online();
  const all = talk.write(3);
  await talk.hear(...all);
  await talk.load();
  await talk.hear(...all, ...talk.write(), ...all);
  check.equal([talk.bodies, talk.stage.messages], [numbers(1, 4), numbers(1, 4)]);
  check.equal((await talk.again()).cursors.bob[0], 4);
}

export async function aConversationThatIsOpenStaysUntilTheOtherHistoryIsThere() {
  const talk = new Talk();
  talk.write(5);
  await talk.online();
  await talk.load();
  talk.log.entries = [];
  talk.append({ from: "bob", kind: "message", body: "new" });
  await talk.stage.again();
  talk.stage.socket.say(talk.stage.welcome({ epoch: "e2" }), { type: "synced" });
  check.equal(talk.bodies, numbers(1, 5));
  await talk.serve();
  check.equal(talk.bodies, ["new"]);
  await talk.stage.listed([talk.item()]);
  check.equal([talk.bodies, talk.bob.unread, talk.stage.messages], [["new"], 1, []]);
  const hello = await talk.again({ epoch: "e2", resumed: true });
  check.equal([hello.epoch, hello.cursors.bob[0]], ["e2", 1]);
}

export async function aConversationThatIsNotOpenForgetsTheOtherHistory() {
  const talk = new Talk();
  await talk.online();
  await talk.hear(...talk.write(5));
  talk.log.entries = [];
  talk.append({ from: "bob", kind: "message", body: "new" });
  await talk.again({ epoch: "e2" });
  check.equal([talk.bodies, talk.bob.last.body, talk.bob.unread], [[], "new", 1]);
  await talk.hear(...talk.write());
  check.equal(talk.bodies, ["2"]);
}

export async function whatComesLiveWhileAnotherHistoryIsFetchedIsAnnounced() {
  for (const isInThePage of [true, false]) {
    const talk = new Talk();
    talk.write(5);
    await talk.online();
    await talk.load();
    talk.log.entries = [];
    talk.append({ from: "bob", kind: "message", body: "old" });
    await talk.stage.again();
    talk.stage.socket.say(talk.stage.welcome({ epoch: "e2" }), { type: "synced" });
    const [question] = await talk.asked();
    const before = talk.answer(question);
    await talk.hear(talk.append({ from: "bob", kind: "message", id: "another", body: "live" }));
    await talk.hear(isInThePage ? talk.answer(question) : before);
    await talk.serve();
    check.equal([talk.bodies, talk.stage.messages], [["old", "live"], ["live"]]);
  }
}

export async function eachMessageIsAnnouncedOnceOverReconnectsAndReloads() {
  const talk = new Talk();
  await talk.online();
  await talk.hear(...talk.write(2));
  await talk.load();
  talk.write(2);
  await talk.again();
  await talk.hear(...talk.write());
  await talk.stage.clock.advance(500);
  talk.stage.client.close();
  check.equal(talk.stage.messages, numbers(1, 5));

  talk.write(2);
  const second = talk.stage.another();
  const announced = [];
  second.addEventListener("message", ({ detail }) => announced.push(detail.message.body));
  talk.stage.client = second;
  const hello = await talk.stage.hello();
  check.equal(hello.cursors.bob[0], 5);
  await talk.stage.welcomed({ welcome: { resumed: true }, replay: talk.log.entries.slice(5), items: [talk.item()] });
  check.equal(announced, ["6", "7"]);
  await talk.load();
  check.equal([announced, talk.bodies], [["6", "7"], numbers(1, 7)]);
}

export async function whatAListedConversationMissesIsAnnouncedToo() {
  const talk = new Talk();
  talk.write(3);
  talk.change("react", 3, "👍");
  await talk.online();
  talk.write(2);
  await talk.again();
  check.equal([talk.stage.messages, talk.bob.unread], [["5", "6"], 5]);

  const late = talk.write(2);
  await talk.load();
  await talk.hear(...late);
  check.equal(talk.stage.messages, ["5", "6", "7", "8"]);
}

export async function whatComesWhileALogIsFilledIsAnnouncedAfterAReload() {
  const talk = new Talk();
  await talk.online();
  talk.bob.load();
  const page = talk.answer((await talk.asked())[0]);
  await talk.hear(...talk.write(2));
  talk.bob.trim(0);
  await talk.hear(page, ...talk.write());
  talk.stage.client.close();
  talk.stage.client = talk.stage.another();
  talk.stage.client.addEventListener("message", ({ detail }) => talk.stage.messages.push(detail.message.body));
  const [seq] = (await talk.stage.hello()).cursors.bob;
  await talk.stage.welcomed({ welcome: { resumed: true }, replay: talk.log.entries.slice(seq), items: [talk.item()] });
  check.equal(talk.stage.messages, ["1", "2", "3"]);
}

export async function theMessageOfAnEventIsTheOneOfTheConversation() {
  const talk = new Talk();
  await talk.online();
  const told = [];
  talk.bob.addEventListener("message", ({ detail }) => told.push(detail.message === talk.bob.messages.at(-1)));
  talk.stage.client.addEventListener("message", ({ detail }) => told.push(detail.conversation === talk.bob));
  await talk.hear(...talk.write());
  check.equal(told, [true, true]);
}

export async function whatChangesTogetherIsToldOnce() {
  const talk = new Talk();
  await talk.online();
  let changes = 0;
  let lists = 0;
  talk.bob.addEventListener("change", () => changes++);
  talk.stage.client.addEventListener("conversations", () => lists++);
  await settle();
  [changes, lists] = [0, 0];
  await talk.hear(...talk.write(10));
  check.equal([changes, lists], [1, 1]);
}

export async function aMessageIsTheSameObjectAsLongAsNothingInItChanges() {
  const talk = new Talk();
  talk.write(3);
  await talk.online();
  await talk.load();
  const before = talk.bob.messages;
  await talk.hear(talk.change("edit", 2, "edited"), ...talk.write());
  const after = talk.bob.messages;
  check.equal([after[0] === before[0], after[1] === before[1], after[2] === before[2]], [true, false, true]);
  check.that(before !== after && talk.bob.messages === after, "the array is not made anew, or for nothing");
  check.that(Object.isFrozen(after[0]), "a message can be written to");
}
