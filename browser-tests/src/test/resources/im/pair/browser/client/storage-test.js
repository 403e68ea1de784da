import { check } from "./check.js";
import { settle } from "./manual-clock.js";
import { MemoryStorage } from "./memory.js";
import { accepted, bodies, entryOf, load, online, rejected, sent, storeAll } from "./sending.js";
import { Stage } from "./stage.js";

const PREFIX = "im ws://chat.example/ws alice outbox ";

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

export async function anEditThatWasBegunOutlivesAReloadBesideTheDraft() {
  const stage = new Stage();
  const bob = stage.client.conversation("bob");
  bob.draft = "a new one";
  bob.editing = { id: "m 8", body: "two words" };
  const again = stage.another().conversation("bob");
  check.equal([again.draft, again.editing], ["a new one", { id: "m 8", body: "two words" }]);
  check.equal(stage.another().conversation("carol").editing, undefined);

  again.editing = undefined;
  check.equal([stage.another().conversation("bob").editing, bob.draft, stage.storage.length], [undefined, "a new one", 1]);
}

export async function whatIsWrittenInAnotherTabIsToldAtOnce() {
  const stage = new Stage();
  const { client } = stage;
  const told = [];
  const bob = client.conversation("bob");
  bob.addEventListener("change", () => told.push(bob.draft));
  client.connect();
  await settle();
  bob.draft = "one";
  stage.another().conversation("bob").draft = "one more";
  dispatchEvent(new StorageEvent("storage", { key: "im ws://chat.example/ws alice draft bob" }));
  await settle();
  check.equal(told, ["one more"]);
}

export async function theTextOfARefusedEditIsInTheDraftBelowWhatWasThere() {
  for (const [draft, both] of [["", "two words"], ["another", "another\ntwo words"]]) {
    const { stage, bob } = await online();
    bob.draft = draft;
    bob.edit(1, "two words");
    stage.socket.say(rejected(sent(stage)[0], "deleted"));
    check.equal(bob.draft, both);
    bob.react(1, "👍");
    stage.socket.say(rejected(sent(stage)[0], "deleted"));
    check.equal(bob.draft, both);
  }
}
