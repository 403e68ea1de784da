import { check } from "./check.js";
import { FakeSocket } from "./fake-socket.js";
import { settle } from "./manual-clock.js";
import { Stage } from "./stage.js";

const MOST_S = [1, 2, 4, 8, 16, 30, 30, 30];

export async function theFirstFrameIsTheHelloAndTheWelcomeIsWaitedFor() {
  const stage = new Stage();
  stage.client.conversation("bob").send("hi");

  check.equal(await stage.hello(), { type: "hello", user: "alice" });
  check.equal(stage.socket.protocol, "im.v1");
  check.equal(stage.socket.sent, []);

  await stage.welcomed();
  check.equal(stage.states, ["connecting", "online"]);
}

export async function aUrlIsRelativeToTheDocumentAndHttpBecomesWs() {
  const stage = new Stage({ user: "alice", url: "/ws" });
  await stage.hello();
  check.equal(String(stage.socket.url), `${location.origin.replace("http", "ws")}/ws`);
}

export async function theFragmentOfAUrlIsNotSaid() {
  const stage = new Stage({ user: "alice", url: "ws://chat.example/ws?at=1#here" });
  await stage.hello();
  check.equal(String(stage.socket.url), "ws://chat.example/ws?at=1");
}

export async function aUrlThatIsNoneOfAWebSocketIsNotTaken() {
  for (const url of [undefined, "", "ftp://chat.example/ws", "javascript:alert(1)", "httpx://chat.example/", "http://[/"]) {
    check.fails(() => new Stage({ user: "alice", url }), TypeError);
  }
}

export async function aSocketThatCannotBeMadeIsAFailedAttempt() {
  let isForbidden = true;
  const stage = new Stage();
  const { sockets } = stage;
  class Socket extends FakeSocket {
    constructor(url, protocol) {
      super(url, protocol);
      if (isForbidden) {
        throw new DOMException("forbidden", "SecurityError");
      }
      sockets.push(this);
    }
  }
  stage.client = stage.another({ user: "alice", WebSocket: Socket });
  stage.dice = 0.5;
  stage.client.connect();
  await settle();
  check.equal([stage.client.state, stage.clock.next], ["waiting", 500]);
  isForbidden = false;
  await stage.clock.advance(500);
  check.equal([stage.client.state, sockets.length], ["connecting", 1]);
}

export async function theLongestWaitDoublesUpToThirtySeconds() {
  for (const dice of [0, 0.5, 0.999]) {
    const stage = new Stage();
    stage.client.connect();
    await settle();
    stage.dice = dice;
    for (const most of MOST_S) {
      stage.socket.end(1006);
      check.equal(stage.clock.next, most * 1000 * dice);
      await stage.clock.advance(most * 1000 * dice);
    }
    check.equal(stage.sockets.length, 1 + MOST_S.length);
  }
}

export async function onlyAWelcomeMakesTheWaitsShortAgain() {
  const stage = new Stage();
  await stage.hello();
  stage.dice = 0.5;
  for (const ms of [500, 1000, 2000]) {
    stage.socket.end(1006);
    check.equal(stage.clock.next, ms);
    await stage.clock.advance(ms);
    stage.socket.open();
  }
  stage.socket.say(stage.welcome());
  stage.socket.end(1006);
  check.equal(stage.clock.next, 500);
}

export async function aBrowserThatComesOnlineOrIsShownCutsTheWaitShort() {
  for (const happens of [
    () => dispatchEvent(new Event("online")),
    () => document.dispatchEvent(new Event("visibilitychange")),
  ]) {
    const stage = new Stage();
    await stage.hello();
    stage.dice = 0.999;
    stage.socket.end(1006);
    await settle();
    check.equal(stage.sockets.length, 1);

    happens();
    happens();
    await settle();
    check.equal(stage.sockets.length, 2);
    stage.client.close();
  }
}

export async function aBrowserThatGoesOfflineGivesUpTheConnectionAtOnce() {
  const stage = new Stage();
  await stage.online();
  stage.dice = 0.999;
  dispatchEvent(new Event("offline"));
  check.equal(stage.client.state, "waiting");
  check.that(stage.socket.isClosed, "the socket is not closed");
}

export async function aClosedClientHearsNothingOfTheBrowserAndStaysClosed() {
  const stage = new Stage();
  await stage.online();
  stage.client.close();
  dispatchEvent(new Event("online"));
  stage.client.connect();
  stage.client.hurry();
  await stage.clock.advance(100_000);
  check.equal([stage.sockets.length, stage.clock.timers], [1, 0]);
  check.equal(stage.states, ["connecting", "online", "stopped closed"]);
}

export async function codesOfAMistakeEndItAndAllOthersDoNot() {
  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4408, 4429, 4503, 4508, 4999]) {
    const stage = new Stage();
    await stage.online();
    stage.socket.end(code);
    check.equal(stage.client.state, "waiting", `after ${code}`);
    await stage.clock.advance(0);
    check.equal(stage.sockets.length, 2, `after ${code}`);
  }
  for (const code of [1002, 1003, 1007, 1009, 4400]) {
    const stage = new Stage();
    await stage.online();
    stage.socket.end(code);
    check.equal([stage.client.state, stage.client.reason], ["stopped", "protocol"], `after ${code}`);
    await stage.clock.advance(100_000);
    dispatchEvent(new Event("online"));
    await settle();
    check.equal(stage.sockets.length, 1, `after ${code}`);

    stage.client.hurry();
    await settle();
    check.equal([stage.sockets.length, stage.client.state], [2, "connecting"], `after ${code} and a hurry`);
  }
}

export async function aSilentConnectionIsAskedAfterThirtySecondsAndGivenUpTenLater() {
  const stage = new Stage();
  await stage.online();
  await stage.clock.advance(29_999);
  check.equal(stage.socket.take("ping"), []);
  await stage.clock.advance(1);
  check.equal(stage.socket.take("ping"), [{ type: "ping" }]);
  await stage.clock.advance(9_999);
  check.equal(stage.client.state, "online");
  stage.dice = 0.999;
  await stage.clock.advance(1);
  check.equal(stage.client.state, "waiting");
}

export async function whateverComesIsASignOfLife() {
  const stage = new Stage();
  await stage.online();
  await stage.clock.advance(35_000);
  stage.socket.say({ type: "pong" });
  await stage.clock.advance(29_999);
  stage.socket.say("not even a frame");
  stage.socket.take("ping");
  await stage.clock.advance(29_999);
  check.equal([stage.client.state, stage.socket.take("ping")], ["online", []]);
}

export async function anOpenConnectionThatIsHurriedMustProveThatItLives() {
  const stage = new Stage();
  await stage.online();
  stage.client.hurry();
  check.equal(stage.socket.take("ping"), [], "what was heard of just now");

  await stage.clock.advance(5_001);
  stage.client.hurry();
  check.equal(stage.socket.take("ping").length, 1);
  stage.dice = 0.999;
  await stage.clock.advance(5_000);
  check.equal(stage.client.state, "waiting");
}

export async function aHurryBeforeTheWelcomeSendsNothing() {
  const stage = new Stage();
  await stage.hello();
  await stage.clock.advance(10_000);
  stage.client.hurry();
  check.equal(stage.socket.sent, []);
}

export async function aConnectionThatNeverOpensIsGivenUp() {
  const stage = new Stage();
  stage.client.connect();
  await stage.clock.advance(19_999);
  check.equal(stage.client.state, "connecting");
  await stage.clock.advance(1);
  check.that(stage.sockets[0].isClosed, "the socket is not closed");
  check.equal(stage.sockets.length, 2);
}

export async function aWelcomeThatNeverComesIsNotWaitedForLonger() {
  const stage = new Stage();
  await stage.hello();
  await stage.clock.advance(20_000);
  check.equal([stage.sockets[0].isClosed, stage.sockets.length], [true, 2]);
}

export async function whatAnAbandonedSocketSaysIsNotHeard() {
  const stage = new Stage();
  await stage.online();
  const [first] = stage.sockets;
  const { onmessage, onclose } = first;
  await stage.again();
  check.that(onmessage && onclose && !first.onmessage && !first.onclose, "it still listens");
}

export async function timersDoNotPileUpOverReconnects() {
  const stage = new Stage();
  await stage.online();
  const timers = stage.clock.timers;
  for (let i = 0; i < 20; i++) {
    await stage.again();
    await stage.welcomed({ welcome: { resumed: true } });
  }
  check.equal(stage.clock.timers, timers);
}

export async function aListenerMayCloseTheClientAtAnyChangeOfState() {
  for (const state of ["connecting", "online", "waiting"]) {
    const stage = new Stage();
    stage.client.addEventListener("state", ({ detail }) => detail.state === state && stage.client.close());
    await stage.hello().catch(() => undefined);
    if (stage.client.state !== "stopped") {
      await stage.welcomed();
      stage.socket.end(1006);
    }
    await stage.clock.advance(100_000);
    check.equal([stage.client.state, stage.client.reason], ["stopped", "closed"], `closed when ${state}`);
    check.that(stage.sockets.length <= 1 && stage.clock.timers === 0, `something goes on, closed when ${state}`);
  }
}

export async function aHelloThatIsRefusedForItsCursorsIsSaidAgainWithout() {
  for (const refusal of [
    { type: "rejected", code: "too_large", reason: "too many" },
    { type: "rejected", code: "self", reason: "a cursor of oneself" },
    { type: "error", code: "bad_frame", reason: "no cursors at all" },
  ]) {
    const stage = new Stage();
    await stage.cursors.save("ws://chat.example/ws alice", { epoch: "e1", cursors: { bob: [1, 1] } });
    const hello = await stage.hello();
    check.equal([hello.epoch, hello.cursors], ["e1", { bob: [1, 1] }]);
    stage.socket.say(refusal);
    await stage.clock.advance(0);
    check.equal(stage.sockets.length, 2, `connections after ${refusal.code}`);
    stage.socket.open();
    check.equal(stage.socket.take("hello")[0], { type: "hello", user: "alice" });
    await stage.welcomed();
    check.equal(stage.client.state, "online");
  }
}

export async function aHelloThatIsRefusedForAnythingElseEndsIt() {
  const stage = new Stage({ user: "-" });
  await stage.hello();
  stage.socket.say({ type: "rejected", code: "bad_user", reason: "no name" });
  check.equal([stage.client.state, stage.client.reason], ["stopped", "protocol"]);
}
