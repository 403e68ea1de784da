import { check } from "./check.js";
import { ManualClock, settle } from "./manual-clock.js";
import { ModelServer } from "./model-server.js";
import { Random } from "./random.js";
import { Stage } from "./stage.js";

const SEEDS = 300;
const STEPS = 120;

/** One of the two, in a browser that is closed and opened again. */
class Talker {
  /** @param {string} user */
  constructor(user, clock, random, server) {
    this.user = user;
    this.peer = user === "alice" ? "bob" : "alice";
    this.random = random;
    this.server = server;
    /** By each client that there was. @type {string[][]} */
    this.lives = [];
    this.written = 0;
    this.stage = new Stage({ user }, clock);
    this.stage.client.close();
    this.#open();
  }

  get conversation() {
    return this.client.conversation(this.peer);
  }

  #open() {
    this.client = this.stage.another({ user: this.user, random: () => this.random.next() });
    const announced = [];
    this.lives.push(announced);
    this.client.addEventListener("message", ({ detail }) => announced.push(detail.message.id));
    this.client.connect();
  }

  reload() {
    this.client.close();
    this.#open();
  }

  /** What the network does with the socket that was opened last. */
  meet() {
    const { socket } = this.stage;
    if (socket && !socket.isClosed && !socket.isMet) {
      socket.isMet = true;
      this.server.accept(socket);
    }
  }

  act() {
    const { random, conversation } = this;
    const message = conversation.messages.length > 0 ? random.of(conversation.messages) : undefined;
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
        conversation.send(`${this.user} ${++this.written}`);
        break;
      case 3:
        message && message.from === this.user && conversation.edit(message.seq, `edited ${++this.written}`);
        break;
      case 4:
        message && message.from === this.user && random.chance(0.3) && conversation.remove(message.seq);
        break;
      case 5:
        message && conversation.react(message.seq, random.of(["👍", "❤️", ""]));
        break;
      case 6:
        message && conversation.markRead(message.seq);
        break;
      case 7:
        conversation.load();
        break;
      case 8:
        conversation.loadOlder();
        break;
      default:
        conversation.loaded && random.chance(0.3) && conversation.trim(random.below(20));
    }
  }
}

/** A server, two clients, and chance. */
class World {
  /** @param {number} seed */
  constructor(seed) {
    this.clock = new ManualClock();
    this.random = new Random(seed);
    this.server = new ModelServer(this.clock, this.random);
    this.server.log.append({ ...START, at: this.clock.now() });
    this.talkers = ["alice", "bob"].map((user) => new Talker(user, this.clock, this.random, this.server));
  }

  async run(isRestored) {
    const { random, server } = this;
    await this.calm(); // both have seen the beginning
    for (let i = 0; i < STEPS; i++) {
      const talker = random.of(this.talkers);
      const session = server.sessions.length > 0 ? random.of(server.sessions) : undefined;
      const dice = random.below(100);
      if (dice < 25) {
        talker.act();
      } else if (dice < 55) {
        session && server.read(session);
      } else if (dice < 85) {
        session && server.deliver(session);
      } else if (dice < 90) {
        await this.clock.advance(random.below(1500));
        this.talkers.forEach((one) => one.meet());
      } else if (dice < 95) {
        session && server.lose(session);
      } else if (dice < 97) {
        talker.reload();
      } else if (isRestored && dice < 98) {
        server.restore();
      }
      await settle();
    }
    server.isMoody = false;
    await this.calm();
  }

  /** Everything that is under way arrives. */
  async calm() {
    for (let quiet = 0; quiet < 3; ) {
      quiet++;
      await this.clock.advance(1_000);
      this.talkers.forEach((talker) => talker.meet());
      await settle();
      while (this.server.sessions.some(({ socket, live, answers }) => socket.sent.length + live.length + answers.length)) {
        quiet = 0;
        for (const session of this.server.sessions) {
          this.server.read(session);
          this.server.deliver(session);
        }
        await settle();
      }
      if (this.talkers.some(({ client }) => client.state !== "online")) {
        quiet = 0;
      }
    }
  }

  /** Everything is loaded. */
  async loadAll() {
    for (const { conversation } of this.talkers) {
      conversation.load();
      await this.calm();
      for (let i = 0; i < 10 && !conversation.atStart; i++) {
        conversation.loadOlder();
        await this.calm();
      }
    }
  }
}

const START = { type: "entry", from: "bob", to: "alice", seq: 1, id: "start", kind: "message", body: "start" };

function inLog({ seq, id, from, body = "", edited = false, deleted = false, reactions = {} }) {
  return { seq, id, from, body, edited, deleted, reactions };
}

async function runAll(isRestored, more) {
  let entries = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const world = new World(seed);
    try {
      await world.run(isRestored);
      const { log } = world.server;
      entries += log.head;
      for (const { user, conversation, client } of world.talkers) {
        check.equal(conversation.pending, [], `what ${user} has not sent`);
        check.equal(client.state, "online", `${user}'s state`);
      }
      more?.(world);
      await world.loadAll();
      const messages = log.present.filter(({ kind }) => kind === "message").map(inLog);
      for (const { user, conversation, peer } of world.talkers) {
        check.equal(conversation.messages.map(inLog), messages, `what ${user} shows`);
        check.equal(conversation.read, log.mark(user).read, `what ${user} has read`);
        check.equal(conversation.unread, log.item(user, peer).unread, `what ${user} has not read`);
        const own = conversation.messages.filter(({ from }) => from === user);
        const { delivered, read } = log.mark(peer);
        const states = own.map(({ seq }) => (seq <= read ? "read" : seq <= delivered ? "delivered" : "sent"));
        check.equal(own.map(({ state }) => state), states, `the states of ${user}'s`);
      }
      world.talkers.forEach(({ client }) => client.close());
      check.equal(world.clock.timers, 0, "timers that are left");
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
  return entries;
}

export async function whateverHappensBothHaveTheLogAndHeardOfEachMessageOnce() {
  const entries = await runAll(false, ({ server, talkers }) => {
    const ids = server.log.entries.filter(({ kind }) => kind === "message").map(({ id }) => id);
    for (const { user, lives } of talkers) {
      check.equal([...new Set(lives.flat())], ids.slice(1), `what was announced to ${user}`);
      lives.forEach((announced) => check.equal(new Set(announced).size, announced.length, `what ${user} heard twice`));
    }
  });
  return `${SEEDS} random schedules of two clients, ${entries} entries, each message once on both sides`;
}

export async function alsoIfTheServerIsPutBackToABackup() {
  await runAll(true);
}
