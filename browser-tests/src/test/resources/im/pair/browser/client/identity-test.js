import { identity } from "/im/identity.js";
import { check } from "./check.js";
import { ManualClock, settle } from "./manual-clock.js";
import { Stage } from "./stage.js";

const REFUSED = 4401;
const DAY_MS = 86_400_000;

/** A getToken that gives these, one after the other, and then the last again and again. */
function tokens(...texts) {
  const get = () => {
    get.asked++;
    return texts.length > 1 ? texts.shift() : texts[0];
  };
  get.asked = 0;
  return get;
}

export async function aTokenThatIsRefusedAndTheOnlyOneEndsIt() {
  const stage = new Stage({ token: "t1" });
  check.equal(await stage.hello(), { type: "hello", token: "t1" });
  stage.socket.say({ type: "rejected", code: "unauthenticated", reason: "no" });
  stage.socket.end(REFUSED);
  check.equal(stage.states, ["connecting", "stopped unauthenticated"]);
  await stage.clock.advance(100_000);
  check.equal(stage.sockets.length, 1);

  stage.client.hurry();
  await settle();
  check.equal([stage.client.state, stage.client.reason, stage.sockets.length], ["stopped", "unauthenticated", 1]);
}

export async function aClaimThatIsRefusedEndsItToo() {
  const stage = new Stage({ user: "alice" });
  await stage.hello();
  stage.socket.end(REFUSED);
  check.equal([stage.client.state, stage.client.reason], ["stopped", "unauthenticated"]);
}

export async function aRefusedTokenIsReplacedByAnother() {
  const getToken = tokens("t1", "t2");
  const stage = new Stage({ getToken });
  check.equal((await stage.hello()).token, "t1");
  check.equal((await stage.again(REFUSED)).token, "t2");
  await stage.welcomed();
  check.equal([stage.client.state, getToken.asked], ["online", 2]);
}

export async function aTokenIsNotAskedForAgainWhileItIsGood() {
  const getToken = tokens("t1", "t2");
  const stage = new Stage({ getToken });
  await stage.online();
  check.equal((await stage.again(1006)).token, "t1");
  check.equal(getToken.asked, 1);
}

export async function theSameTokenAgainEndsItUntilAnotherIsThere() {
  const stage = new Stage({ getToken: tokens("t1", "t1", "t2") });
  await stage.hello();
  stage.socket.end(REFUSED);
  await stage.clock.advance(0);
  check.equal([stage.client.state, stage.client.reason, stage.sockets.length], ["stopped", "unauthenticated", 1]);

  stage.client.hurry();
  await settle();
  stage.socket.open();
  check.equal(stage.socket.take("hello")[0].token, "t2");
}

export async function noTokenAtAllEndsIt() {
  for (const getToken of [() => undefined, async () => undefined, () => ""]) {
    const stage = new Stage({ user: "alice", getToken });
    stage.client.connect();
    await settle();
    check.equal(stage.states, ["connecting", "stopped unauthenticated"]);
    check.equal(stage.sockets.length, 0);
  }
}

export async function aTokenThatCannotBeGotNowIsTriedAgainAfterTheBackOff() {
  let isBroken = true;
  const stage = new Stage({
    getToken: () => {
      if (isBroken) {
        throw new Error("the backend is away");
      }
      return "t1";
    },
  });
  stage.dice = 0.5;
  stage.client.connect();
  await settle();
  check.equal([stage.client.state, stage.clock.next], ["waiting", 500]);
  await stage.clock.advance(500);
  check.equal([stage.client.state, stage.clock.next], ["waiting", 1000]);

  isBroken = false;
  await stage.clock.advance(1000);
  stage.socket.open();
  check.equal(stage.socket.take("hello")[0].token, "t1");
}

export async function aTokenThatNeverComesIsAFailedAttempt() {
  const stage = new Stage({ getToken: () => new Promise(() => undefined) });
  stage.client.connect();
  stage.dice = 0.999;
  await stage.clock.advance(20_000);
  check.equal(stage.client.state, "waiting");
}

export async function aTokenIsRenewedAMinuteBeforeItExpires() {
  const stage = new Stage({ getToken: tokens("t1", "t2", "t3") });
  const ahead = 5_000_000; // the server's clock is not ours
  const now = stage.clock.now() + ahead;
  await stage.online({ welcome: { now, expires: now + 3_600_000 } });
  await quietly(stage, 3_539_999);
  check.equal(stage.socket.take("hello"), []);
  await quietly(stage, 1);
  const [{ token, ref }] = stage.socket.take("hello");
  check.equal(token, "t2");

  stage.socket.say({ type: "renewed", ref, expires: stage.clock.now() + ahead + 3_600_000 });
  await settle();
  await quietly(stage, 3_540_000);
  check.equal(stage.socket.take("hello")[0].token, "t3");
}

export async function aShortLivedTokenIsRenewedAfterFourFifthsOfItsTime() {
  const stage = new Stage({ getToken: tokens("t1", "t2") });
  await stage.online({ welcome: { expires: stage.clock.now() + 20_000 } });
  await stage.clock.advance(15_999);
  check.equal(stage.socket.take("hello"), []);
  await stage.clock.advance(1);
  check.equal(stage.socket.take("hello")[0].token, "t2");
}

export async function aTokenForMonthsIsNotRenewedAtOnce() {
  const clock = new ManualClock();
  const getToken = tokens("t1");
  const token = identity({ getToken }, clock, () => undefined);
  token.holdsFor(100 * DAY_MS);
  await clock.advance(24 * DAY_MS);
  check.equal(getToken.asked, 0);
  await clock.advance(DAY_MS); // a timer of a browser cannot wait longer
  check.equal(getToken.asked, 1);
}

export async function aTokenWithoutAnEndAndOneThatNobodyCanReplaceAreLeftAlone() {
  const getToken = tokens("t1", "t2");
  const endless = new Stage({ getToken });
  await endless.online();
  await quietly(endless, DAY_MS);
  check.equal(getToken.asked, 1);

  const alone = new Stage({ token: "t1" });
  await alone.online({ welcome: { expires: alone.clock.now() + 60_000 } });
  await quietly(alone, 70_000);
  check.equal(alone.socket.take("hello"), []);
}

export async function aRenewalThatFailsLeavesTheConnectionAsItIs() {
  let asked = 0;
  const stage = new Stage({
    getToken: () => {
      if (++asked > 1) {
        throw new Error("the backend is away");
      }
      return "t1";
    },
  });
  await stage.online({ welcome: { expires: stage.clock.now() + 20_000 } });
  await stage.clock.advance(17_000);
  check.equal([stage.client.state, stage.socket.take("hello")], ["online", []]);
}

export async function theSameTokenForARenewalIsNotAskedForOverAndOver() {
  const getToken = tokens("t1");
  const stage = new Stage({ getToken });
  const expires = stage.clock.now() + 60_000;
  await stage.online({ welcome: { expires } });
  for (let i = 0; i < 600; i++) {
    await quietly(stage, 100);
    stage.socket.take("hello").forEach(({ ref }) => stage.socket.say({ type: "renewed", ref, expires }));
  }
  check.that(getToken.asked < 15, `it was asked for ${getToken.asked} times`);
}

export async function aClockThatIsSetForwardDoesNotRenewWithoutEnd() {
  const getToken = tokens("t1", "t2");
  const stage = new Stage({ getToken });
  const start = stage.clock.now();
  await stage.online({ welcome: { expires: start + 60_000 } });
  let renewals = 0;
  let setForward = 0;
  const { now } = stage.clock;
  stage.clock.now = () => now() + setForward;
  setForward = DAY_MS;
  for (let i = 0; i < 600; i++) {
    await quietly(stage, 100);
    for (const { ref } of stage.socket.take("hello")) {
      renewals++;
      stage.socket.say({ type: "renewed", ref, expires: now() + 60_000 });
    }
  }
  check.that(renewals > 0 && renewals < 15, `it was renewed ${renewals} times in a minute`);
}

export async function renewSaysItAtOnceAndTheNextHelloToo() {
  const stage = new Stage({ token: "t1" });
  await stage.online();
  stage.client.renew("t2");
  check.equal(stage.socket.take("hello").map(({ token }) => token), ["t2"]);
  check.equal((await stage.again()).token, "t2");
}

export async function renewAfterARefusalConnectsAgain() {
  const stage = new Stage({ token: "t1" });
  await stage.hello();
  stage.socket.end(REFUSED);
  stage.client.renew("t2");
  await settle();
  stage.socket.open();
  check.equal(stage.socket.take("hello")[0].token, "t2");
  await stage.welcomed();
  check.equal(stage.client.state, "online");
}

export async function aTokenThatCameWhileTheOldOneWasJudgedIsNotTakenForTheRefusedOne() {
  const stage = new Stage({ token: "t1" });
  await stage.hello();
  stage.client.renew("t2");
  check.equal((await stage.again(REFUSED)).token, "t2");

  stage.socket.end(REFUSED);
  check.equal([stage.client.state, stage.client.reason], ["stopped", "unauthenticated"]);
}

export async function aRenewalThatWasLostWithItsConnectionIsNotRepeatedOnTheNext() {
  const stage = new Stage({ getToken: tokens("t1", "t2", "t3") });
  await stage.online({ welcome: { expires: stage.clock.now() + 20_000 } });
  await stage.clock.advance(16_000);
  check.equal(stage.socket.take("hello").length, 1);
  check.equal((await stage.again(1006)).token, "t2");
  check.equal((await stage.again(REFUSED)).token, "t3");
  await stage.welcomed({ welcome: { expires: stage.clock.now() + 20_000 } });
  stage.socket.take("hello").forEach(({ ref }) => {
    stage.socket.say({ type: "rejected", ref, code: "unauthenticated", reason: "it has expired" });
  });
  await stage.clock.advance(16_000);
  check.equal(stage.socket.take("hello").length, 1, "renewals of the third");
}

export async function aTokenOfAnotherUserIsNotTakenForOurs() {
  const stage = new Stage({ user: "alice", token: "t-bob" });
  await stage.hello();
  stage.socket.say(stage.welcome({ user: "bob" }), { type: "synced" });
  await settle();
  check.equal([stage.client.state, stage.client.reason, stage.client.user], ["stopped", "identity", "alice"]);
  check.that(stage.socket.isClosed, "the socket is not closed");
}

export async function whoWeAreIsKnownFromTheWelcomeOrFromTheOptions() {
  const stage = new Stage({ token: "t1" });
  check.equal(stage.client.user, undefined);
  await stage.online({ welcome: { user: "carol" } });
  check.equal(stage.client.user, "carol");
  check.equal(new Stage({ user: "alice", token: "t1" }).client.user, "alice");
}

export async function whatCanBeNoTokenIsLikeOneThatIsRefused() {
  for (const bad of [42, {}, "\0", "two\nlines", "\ud800", "x".repeat(100_000)]) {
    const about = String(bad).slice(0, 10);
    const alone = new Stage({ token: bad });
    alone.client.connect();
    await settle();
    check.equal([alone.states, alone.sockets.length], [["connecting", "stopped unauthenticated"], 0], about);

    const getToken = tokens(bad, "t2");
    const stage = new Stage({ getToken });
    stage.client.connect();
    await settle();
    await stage.clock.advance(0);
    stage.socket.open();
    check.equal([stage.socket.take("hello")[0].token, getToken.asked], ["t2", 2], about);

    const same = new Stage({ getToken: tokens(bad) });
    same.client.connect();
    await settle();
    await same.clock.advance(0);
    check.equal([same.client.reason, same.sockets.length], ["unauthenticated", 0], about);

    await stage.welcomed();
    stage.client.renew(bad);
    await settle();
    check.equal([stage.client.state, stage.socket.take("hello")], ["online", []], about);
  }
}

/** Time goes on, and the server answers every ping. */
async function quietly(stage, ms) {
  for (let left = ms; left > 0; ) {
    const step = Math.min(stage.clock.next, left);
    await stage.clock.advance(step);
    left -= step;
    if (stage.socket.take("ping").length > 0) {
      stage.socket.say({ type: "pong" });
    }
  }
}
