import { settle } from "./manual-clock.js";
import { PairLog } from "./pair-log.js";
import { Stage } from "./stage.js";

const START = 1_767_225_600_000;

/** Alice's client, and her conversation with bob, whose log is in the hands of the test. */
export class Talk {
  log = new PairLog();
  stage = new Stage();

  get bob() {
    return this.stage.client.conversation("bob");
  }

  get bodies() {
    return this.bob.messages.map(({ body }) => body);
  }

  /**
   * Bob writes so many messages, "1", "2" and so on after their numbers, and alice is not told.
   *
   * @param {number} count
   * @returns {any[]} the frames
   */
  write(count = 1, from = "bob") {
    return Array.from({ length: count }, () => {
      const seq = this.log.head + 1;
      return this.append({ from, kind: "message", body: String(seq) });
    });
  }

  /** @param {any} fields of an entry */
  append(fields) {
    const seq = this.log.head + 1;
    const to = fields.from === "bob" ? "alice" : "bob";
    const frame = { type: "entry", to, seq, id: `id ${seq}`, at: START + seq, ...fields };
    this.log.append(frame);
    return frame;
  }

  change(kind, of, body, from = "bob") {
    return this.append({ from, kind, of, body });
  }

  /** Alice has read it all, elsewhere. */
  read() {
    this.log.moveMark("alice", { read: this.log.head });
  }

  item() {
    return this.log.item("alice", "bob");
  }

  async online() {
    await this.stage.online({ items: this.log.head > 0 ? [this.item()] : [] });
  }

  /** @param {any[]} frames live */
  async hear(...frames) {
    this.stage.socket.say(...frames);
    await settle();
  }

  /** What the client asks of the log now. */
  async asked() {
    await settle();
    return this.stage.socket.take("history");
  }

  /** The answer to a question as the log is now. */
  answer({ ref, before, after, limit }, most = Infinity) {
    const page = this.log.page({ before, after, limit: Math.min(most, limit ?? 50) });
    return { type: "page", ref, peer: "bob", ...page };
  }

  /**
   * Answers whatever is asked until nothing is.
   *
   * @param {number} [most] entries of a page
   */
  async serve(most) {
    for (let questions = await this.asked(); questions.length > 0; questions = await this.asked()) {
      await this.hear(...questions.map((question) => this.answer(question, most)));
    }
  }

  async load() {
    const loading = this.bob.load();
    await this.serve();
    await loading;
  }

  /** Her connection breaks, and she comes back, with what she missed. */
  async again(welcome = { resumed: true }) {
    const hello = await this.stage.again();
    const [seq] = hello.cursors?.bob ?? [this.log.head];
    const replay = welcome.resumed ? this.log.present.filter((entry) => entry.seq > seq) : [];
    await this.stage.welcomed({ welcome, replay, items: this.log.head > 0 ? [this.item()] : [] });
    return hello;
  }
}

/** The bodies of messages that were written one after the other. */
export function numbers(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}
