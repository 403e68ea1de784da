import { Actor } from "./actor.js";
import { check } from "./check.js";
import { flat, Placeholders } from "./golden.js";
import { ManualClock } from "./manual-clock.js";
import { PairLog } from "./pair-log.js";
import { LIMITS } from "./stage.js";

/** A golden case played the other way round: the clients are ours, and the test is the server. */
export class Case {
  clock = new ManualClock();
  #setup;
  #steps;
  #placeholders;
  /** By the names of the case's clients. @type {Map<string, Actor>} */
  #actors = new Map();
  /** @type {Actor[]} */
  #all = [];
  /** @type {Map<string, PairLog>} */
  #logs = new Map();
  /** What our clients call what the case calls something else. @type {Map<string, string>} */
  #ids = new Map();
  /** What the case sent, by the ids of our clients. @type {Map<string, any>} */
  #sent = new Map();
  /** The last question of each of the case's clients. @type {Map<string, {golden: any, frame: any}>} */
  #questions = new Map();
  #token = "";

  /** @param {any} golden */
  constructor({ setup = {}, steps }) {
    this.#setup = setup;
    this.#steps = flat(steps);
    this.#placeholders = new Placeholders({
      now: () => this.clock.now(),
      expires: () => this.clock.now() + setup.tokens[this.#token].expiresInMs,
      epoch: () => "epoch",
    });
  }

  /** Fails if a client does not send the same, or shows anything else in the end. */
  async play() {
    for (const [index, step] of this.#steps.entries()) {
      await this.#step(step, index);
      for (const actor of this.#all) {
        await actor.serve(this.#asksNext(actor, index + 1));
      }
    }
    await this.clock.advance(0);
    check.that(this.#all.length > 0, "there is nobody to act");
    this.#all.forEach((actor) => actor.checkEnd());
    this.#all.forEach((actor) => actor.client.close());
  }

  /** @param {string} id */
  kindOf(id) {
    return this.#sent.get(id)?.kind ?? "message";
  }

  /** What a server would say to a question that the case does not have. */
  answer(user, { type, ref, peer, ...part }) {
    switch (type) {
      case "history":
        return { type: "page", ref, peer, ...this.#log(user, peer).page(part) };
      case "conversations": {
        const logs = [...this.#logs].filter(([, { head }]) => head > 0);
        const pairs = logs.map(([key]) => key.split(" ")).filter((users) => users.includes(user));
        const peers = pairs.map(([one, other]) => (one === user ? other : one));
        return { type, ref, items: peers.map((name) => this.#log(user, name).item(user, name)) };
      }
      default:
        return { type: "pong", ref };
    }
  }

  async #step(step, index) {
    const { client, connect, enters, send, raw, receives, receivesInterleaved, closes, leaves, vanishes } = step;
    if (step.advance !== undefined) {
      await this.#advance(step.advance);
    } else if (step.server !== undefined || client?.endsWith("classic") || connect !== undefined) {
      return; // nothing that our clients do
    } else if (enters !== undefined) {
      await this.#enter(client, enters);
    } else if (send ?? raw) {
      await this.#send(client, this.#placeholders.fill(send ?? parsed(raw)), index);
    } else if (receives !== undefined) {
      await this.#receive(client, receives);
    } else if (receivesInterleaved !== undefined) {
      const longest = Math.max(...receivesInterleaved.map((frames) => frames.length));
      for (let i = 0; i < longest; i++) {
        for (const frames of receivesInterleaved.filter(({ length }) => length > i)) {
          await this.#receive(client, frames[i]);
        }
      }
    } else if (leaves ?? vanishes) {
      await this.#actors.get(client).end(leaves ? 1000 : 1006);
    } else {
      await this.#actors.get(client)?.end(closes);
    }
  }

  async #advance(ms) {
    for (let left = ms; left > 0; ) {
      const part = Math.min(this.clock.next, left);
      await this.clock.advance(part);
      left -= part;
      for (const actor of this.#all) {
        await actor.serve();
      }
    }
  }

  async #enter(name, user) {
    await this.#greet(name, { type: "hello", user });
    await this.#actors.get(name).hear(this.#welcome(user), { type: "synced" });
  }

  #welcome(user) {
    const epoch = this.#placeholders.fill("$epoch", "epoch");
    return { type: "welcome", user, session: "s", epoch, now: this.clock.now(), limits: LIMITS, resumed: false };
  }

  async #greet(name, hello) {
    this.#token = hello.token;
    const user = hello.user ?? this.#setup.tokens?.[hello.token]?.user ?? "nobody";
    let actor = this.#all.find((other) => other.user === user && !other.isConnected);
    if (!actor || hello.epoch === undefined) {
      actor = new Actor(this, user, hello);
      this.#all.push(actor);
    }
    this.#actors.set(name, actor);
    await actor.connect(hello);
  }

  async #send(name, golden, index) {
    let actor = this.#actors.get(name);
    if (golden.type === "hello") {
      this.#token = golden.token;
      if (!actor?.isConnected) {
        await this.#greet(name, golden);
        return;
      }
    }
    if (golden.type === "conversations" && golden.cursor === undefined && !actor.asks("conversations")) {
      actor = await this.#another(name, actor.user, index);
    }
    const frame = await actor.act(golden);
    this.#questions.set(name, { golden, frame });
    check.equal(normal(frame), normal(golden), "what is sent");
    if (golden.type === "send") {
      this.#ids.set(`${actor.user} ${golden.to} ${golden.id}`, frame.id);
      this.#sent.set(frame.id, golden);
    }
  }

  /** A list is asked for by who comes: so somebody comes. */
  async #another(name, user, index) {
    const actor = new Actor(this, user, { user });
    this.#all.push(actor);
    this.#actors.set(name, actor);
    await actor.connect({ type: "hello", user });
    await actor.hear(this.#welcome(user), { type: "synced" });
    await actor.serve(this.#asksNext(actor, index));
    return actor;
  }

  #asksNext(actor, index) {
    const next = this.#steps.slice(index).find((step) => step.send && this.#actors.get(step.client) === actor);
    return next?.send.type === "conversations" ? ["conversations"] : [];
  }

  async #receive(name, golden) {
    const actor = this.#actors.get(name);
    const frame = this.#translated(actor.user, this.#placeholders.fill(golden));
    if (golden.body === "$any") {
      frame.body = this.#sent.get(frame.id).body;
    }
    if (frame.type === "entry") {
      this.#log(frame.from, frame.to).append(frame);
    } else if (frame.type === "mark") {
      this.#log(frame.from, frame.to).moveMark(frame.from, frame);
    } else if (frame.type === "page" || frame.type === "conversations") {
      const { golden: asked, frame: question } = this.#questions.get(name);
      if (asked.before !== undefined || asked.after !== undefined) {
        await actor.hear(this.answer(actor.user, question));
        return;
      }
      frame.ref = question.ref;
    } else {
      delete frame.ref;
    }
    await actor.hear(frame);
  }

  /** The same with the ids that our clients have given. */
  #translated(user, frame) {
    const { id, from = user, to, entries, items, last } = frame;
    const known = this.#ids.get(`${from} ${to} ${id}`);
    return {
      ...frame,
      ...(known && { id: known }),
      ...(entries && { entries: entries.map((entry) => this.#translated(user, entry)) }),
      ...(items && { items: items.map((item) => this.#translated(user, item)) }),
      ...(last && { last: this.#translated(user, last) }),
    };
  }

  #log(one, other) {
    const key = [one, other].sort().join(" ");
    const log = this.#logs.get(key) ?? new PairLog();
    this.#logs.set(key, log);
    return log;
  }
}

/** A frame that a client sends, without what it may choose. */
function normal({ ref: _, id: __, limit: ___, before: ____, after: _____, ...frame }) {
  switch (frame.type) {
    case "send":
      return { kind: "message", ...frame, body: frame.data && frame.body === "" ? undefined : frame.body };
    case "mark": // of what was delivered it tells by itself
      return { ...frame, delivered: frame.read ? undefined : frame.delivered, read: frame.read || undefined };
    default:
      return frame;
  }
}

/** What stands in a raw text, if a client could have written it. */
function parsed(raw) {
  const { first = "", text, times, then = "" } = typeof raw === "string" ? { text: raw, times: 1 } : raw;
  return JSON.parse(first + text.repeat(times) + then);
}
