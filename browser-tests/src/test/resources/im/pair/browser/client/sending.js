import { settle } from "./manual-clock.js";
import { Stage } from "./stage.js";

/** A conversation whose client is online. */
export async function online(options) {
  const stage = new Stage(options);
  await stage.online();
  return { stage, bob: stage.client.conversation("bob") };
}

export function entryOf({ to, id, kind, of, body, data }, seq, from = "alice") {
  return { type: "entry", from, to, seq, id, at: 1_767_225_600_000 + seq, kind, of, body, data };
}

export function rejected({ id, to }, code, more = {}) {
  return { type: "rejected", id, to, code, reason: code, ...more };
}

export function accepted({ id, to }, seq) {
  return { type: "accepted", id, to, seq, at: 1_767_225_600_000 + seq };
}

export function bodies(messages) {
  return messages.map(({ body }) => body);
}

export function sent(stage) {
  return stage.socket.take("send");
}

/** The server stores whatever is sent, until nothing more is. */
export async function storeAll(stage, seq = 0) {
  const stored = [];
  for (let frames = sent(stage); frames.length > 0; frames = sent(stage)) {
    for (const frame of frames) {
      stored.push(frame);
      stage.socket.say(entryOf(frame, ++seq));
    }
    await settle();
  }
  return bodies(stored);
}

/** The newest page is there. */
export async function load(stage, conversation, entries = []) {
  conversation.load();
  await settle();
  const [{ ref }] = stage.socket.take("history");
  const { peer } = conversation;
  stage.socket.say({ type: "page", ref, peer, entries, head: entries.at(-1)?.seq ?? 0, more: false });
  await settle();
}
