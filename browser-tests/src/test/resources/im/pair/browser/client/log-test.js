import { check } from "./check.js";
import { numbers, Talk } from "./talk.js";

export async function whatIsOpenedIsTheNewestPageAndOlderOnesComeOneByOne() {
  const talk = new Talk();
  talk.write(170);
  talk.read();
  await talk.online();
  check.equal([talk.bob.loaded, talk.bodies, talk.bob.last.body], [false, [], "170"]);

  await talk.load();
  check.equal([talk.bob.loaded, talk.bob.atStart, talk.bodies], [true, false, numbers(121, 170)]);
  const older = talk.bob.loadOlder();
  check.that(older === talk.bob.loadOlder(), "two are asked for at once");
  await talk.serve();
  await older;
  check.equal([talk.bob.atStart, talk.bodies], [false, numbers(21, 170)]);
  talk.bob.loadOlder();
  await talk.serve();
  check.equal([talk.bob.atStart, talk.bodies], [true, numbers(1, 170)]);
  talk.bob.loadOlder();
  check.equal(await talk.asked(), []);
  check.equal(talk.stage.messages, [], "what is announced of history");
}

export async function anEmptyLogIsLoadedToo() {
  const talk = new Talk();
  await talk.online();
  await talk.load();
  check.equal([talk.bob.loaded, talk.bob.atStart, talk.bodies], [true, true, []]);
  await talk.hear(...talk.write());
  check.equal([talk.bodies, talk.stage.messages], [["1"], ["1"]]);
}

export async function loadingWaitsForAConnection() {
  const talk = new Talk();
  talk.write(3);
  let isThere = false;
  talk.bob.load().then(() => (isThere = true));
  await talk.online();
  check.equal(isThere, false);
  await talk.serve();
  check.equal([isThere, talk.bodies], [true, ["1", "2", "3"]]);
}

export async function aPageThatIsLostWithItsConnectionIsAskedForAgain() {
  const talk = new Talk();
  talk.write(60);
  talk.read();
  await talk.online();
  talk.bob.load();
  check.equal((await talk.asked()).length, 1);
  await talk.again();
  await talk.serve();
  check.equal(talk.bodies, numbers(11, 60));
}

export async function aPageThatCannotBeReadNowIsAskedForAgainLater() {
  const talk = new Talk();
  talk.write(2);
  await talk.online();
  talk.bob.load();
  const [{ ref }] = await talk.asked();
  await talk.hear({ type: "rejected", ref, code: "store", reason: "later" });
  await talk.stage.clock.advance(1_999);
  check.equal(await talk.asked(), []);
  await talk.stage.clock.advance(1);
  await talk.serve();
  check.equal(talk.bodies, ["1", "2"]);
}

export async function aGapIsFilledInSeveralPagesAndOverALostConnection() {
  const talk = new Talk();
  talk.write(5);
  await talk.online();
  await talk.load();
  talk.write(250);
  await talk.hear(...talk.write());
  check.equal(talk.bodies, numbers(1, 5));

  const [first] = await talk.asked();
  check.equal([first.after, first.limit], [5, 100]);
  await talk.hear(talk.answer(first, 30));
  const [second] = await talk.asked();
  check.equal(second.after, 35);
  const hello = await talk.stage.again();
  check.equal(hello.cursors.bob[0], 5);
  await talk.stage.welcomed({ welcome: { resumed: true }, items: [talk.item()] });
  await talk.serve(30);
  check.equal(talk.bodies, numbers(1, 256));
  check.equal(talk.stage.messages, numbers(6, 256));
}

export async function afterAGapTheReplayBringsNothingTwice() {
  const talk = new Talk();
  talk.write(5);
  await talk.online();
  await talk.load();
  talk.write(5);
  await talk.hear(...talk.write());
  await talk.serve();
  await talk.again();
  check.equal(talk.bodies, numbers(1, 11));
  check.equal(talk.stage.messages, numbers(6, 11));
  check.equal((await talk.again()).cursors.bob[0], 11);
}

export async function whatTheListIsAheadOfIsFilled() {
  const talk = new Talk();
  talk.write(3);
  await talk.online();
  await talk.load();
  talk.write(4);
  await talk.stage.again();
  await talk.stage.welcomed({ welcome: { resumed: true }, items: [talk.item()] });
  await talk.serve();
  check.equal([talk.bodies, talk.stage.messages], [numbers(1, 7), numbers(4, 7)]);
}

export async function whatIsKeptNoLongerIsAGapAtTheStart() {
  const talk = new Talk();
  talk.write(5);
  await talk.online();
  await talk.load();
  talk.write(5);
  await talk.stage.again();
  const replay = [{ type: "truncated", peer: "bob", before: 9 }, ...talk.log.entries.slice(8)];
  await talk.stage.welcomed({ welcome: { resumed: true }, replay, items: [talk.item()] });
  check.equal([talk.bodies, talk.bob.atStart, await talk.asked()], [["9", "10"], true, []]);
  check.equal(talk.stage.messages, ["9", "10"]);
  check.equal((await talk.again()).cursors.bob[0], 10);
}

export async function aGapThatIsKeptNoLongerIsNotAskedForWithoutEnd() {
  const talk = new Talk();
  talk.write(5);
  await talk.online();
  await talk.load();
  talk.write(5);
  talk.log.entries.splice(0, 8);
  await talk.hear(...talk.write());
  await talk.serve();
  check.equal([talk.bodies, talk.bob.atStart], [["9", "10", "11"], true]);

  talk.log.entries.splice(0, 2);
  await talk.hear({ ...talk.log.entries[0], seq: 15 });
  const [question] = await talk.asked();
  await talk.hear({ type: "page", ref: question.ref, peer: "bob", entries: [], head: 15, more: false });
  check.equal(await talk.asked(), []);
}

export async function aPageThatWasReadBeforeAndComesAfterIsBroughtUpToDate() {
  const talk = new Talk();
  talk.write(60);
  talk.read();
  await talk.online();
  await talk.load();
  talk.bob.loadOlder();
  const page = talk.answer((await talk.asked())[0]);
  await talk.hear(talk.change("edit", 3, "edited"), talk.change("delete", 4), talk.change("react", 5, "👍"));
  await talk.hear(page);
  const [, , third, fourth, fifth] = talk.bob.messages;
  check.equal([third.body, third.edited], ["edited", true]);
  check.equal([fourth.body, fourth.deleted], ["", true]);
  check.equal(fifth.reactions, { bob: "👍" });
}

export async function aPageThatIsAheadOfWhatComesLiveDoesNotSetAnythingBack() {
  const talk = new Talk();
  const live = talk.write(3);
  await talk.online();
  talk.bob.load();
  const later = [...talk.write(), talk.change("edit", 2, "one"), talk.change("edit", 2, "two"), ...talk.write()];
  const page = talk.answer((await talk.asked())[0]);
  await talk.hear(page);
  check.equal(talk.bodies, ["1", "two", "3", "4", "7"]);
  await talk.hear(...later);
  check.equal(talk.bodies, ["1", "two", "3", "4", "7"]);
  check.equal(talk.stage.messages, ["4", "7"]);
  check.equal(live.length, 3);
}

export async function aChangeOfWhatIsNotLoadedChangesNothing() {
  const talk = new Talk();
  talk.write(60);
  talk.read();
  await talk.online();
  await talk.load();
  await talk.hear(talk.change("edit", 1, "edited"), talk.change("delete", 2));
  check.equal(talk.bodies, numbers(11, 60));
  talk.bob.loadOlder();
  await talk.serve();
  check.equal(talk.bodies.slice(0, 3), ["edited", "", "3"]);
}

export async function aPageOfChangesAloneIsNotTheEndOfLoading() {
  const talk = new Talk();
  talk.write(3);
  const react = () => talk.change("react", 3, talk.log.head % 2 ? "👍" : "");
  Array.from({ length: 120 }, react);
  await talk.online();
  await talk.load();
  check.equal([talk.bodies, talk.bob.atStart], [["1", "2", "3"], true]);

  talk.write(1);
  Array.from({ length: 180 }, react);
  await talk.again();
  talk.bob.trim(1);
  check.equal(talk.bodies, ["124"]);
  talk.bob.loadOlder();
  await talk.serve();
  check.equal(talk.bodies, ["1", "2", "3", "124"]);
}

export async function changesComeInOrderAndADeletedMessageStaysDeleted() {
  const talk = new Talk();
  talk.write(2);
  await talk.online();
  await talk.load();
  await talk.hear(
    talk.change("react", 1, "👍"),
    talk.change("react", 1, ":)", "alice"),
    talk.change("react", 1, "❤️"),
    talk.change("edit", 1, "edited"),
  );
  check.equal(talk.bob.messages[0].reactions, { bob: "❤️", alice: ":)" });
  await talk.hear(talk.change("react", 1, ""));
  check.equal(talk.bob.messages[0].reactions, { alice: ":)" });
  await talk.hear(talk.change("delete", 1), talk.change("edit", 1, "from the dead"));
  const [{ body, deleted, reactions }] = talk.bob.messages;
  check.equal([body, deleted, reactions], ["", true, {}]);
}

export async function trimmingForgetsTheOldestUntilTheyAreLoadedAgain() {
  const talk = new Talk();
  talk.write(60);
  await talk.online();
  await talk.load();
  talk.bob.trim(10);
  check.equal([talk.bodies, talk.bob.atStart], [numbers(51, 60), false]);
  await talk.hear(talk.change("edit", 20, "edited"), talk.change("edit", 55, "edited too"));
  check.equal(talk.bodies.length, 10);
  talk.bob.loadOlder();
  await talk.serve();
  check.equal(talk.bodies.slice(18, 21), ["19", "edited", "21"]);
  talk.bob.trim(1000);
  check.equal(talk.bodies.length, 60);
  talk.bob.trim(0);
  check.equal(talk.bodies, []);
  await talk.hear(...talk.write());
  check.equal(talk.bodies, ["63"]);
}

export async function ofALogThatNobodyHasOpenedOnlyTheNewestAreKept() {
  const talk = new Talk();
  await talk.online();
  await talk.hear(...talk.write(500));
  check.equal(talk.bodies, numbers(301, 500));
  check.equal(talk.stage.messages.length, 500);
  talk.bob.markRead(500);
  await talk.load();
  talk.bob.loadOlder();
  await talk.serve();
  check.equal(talk.bodies, numbers(201, 500));
}

export async function aConversationIsLoadedWhenItIsKnownHowFarItWasRead() {
  const talk = new Talk();
  talk.write(3);
  let isThere = false;
  talk.bob.load().then(() => (isThere = true));
  await talk.stage.hello();
  talk.stage.socket.say(talk.stage.welcome(), { type: "synced" });
  await talk.serve();
  check.equal([isThere, talk.bob.loaded, talk.bodies], [false, false, ["1", "2", "3"]]);

  await talk.stage.listed([talk.item()]);
  check.equal([isThere, talk.bob.loaded, talk.bob.unread], [true, true, 3]);
}

export async function whatIsUnreadIsLoadedFromItsBeginning() {
  const talk = new Talk();
  talk.write(320);
  await talk.online();
  const loading = talk.bob.load();
  await talk.hear(...(await talk.asked()).map((question) => talk.answer(question)));
  check.equal(talk.bob.loaded, false);
  await talk.serve();
  await loading;
  check.equal([talk.bob.loaded, talk.bodies], [true, numbers(1, 320)]);
}

export async function butNotIfThatIsVeryFar() {
  const talk = new Talk();
  talk.write(2400);
  await talk.online();
  await talk.load();
  check.equal([talk.bob.loaded, talk.bodies], [true, numbers(2351, 2400)]);
}
