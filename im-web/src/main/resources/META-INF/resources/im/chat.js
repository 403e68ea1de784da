import { Connection } from "./connection.js";
import { showDoor } from "./door.js";
import { Draft } from "./draft.js";
import { Outbox } from "./outbox.js";
import { stringsFor } from "./strings.js";
import { isUser } from "./user.js";
import { View } from "./view.js";

const MOST_BYTES = 16_384;
const MOST_FRAME_BYTES = 65_536;

const bytesOf = (text) => new TextEncoder().encode(text).length;

const strings = stringsFor(navigator.languages);
document.documentElement.lang = strings.lang;
for (const node of document.querySelectorAll("[data-text]")) {
  node.textContent = strings[node.dataset.text];
}

const { user, peer } = Object.fromEntries(new URLSearchParams(location.search));
if (isUser(user ?? "") && isUser(peer ?? "") && user !== peer) {
  converse();
} else {
  showDoor(document.querySelector("#door"), strings, { user, peer });
}

function converse() {
  const view = new View(document.querySelector("#chat"), strings, user, peer);
  const draft = new Draft(user, peer);
  const names = { userId: user, targetId: peer };
  let joined = 0;

  const connection = new Connection({
    open: () => new WebSocket(new URL("ws", location.href.replace(/^http/, "ws"))),
    onState: changed,
    onFrame: (frame) => received(JSON.parse(frame)),
  });
  const outbox = new Outbox({
    send: (message) => connection.send({ ...names, message }),
    onSilence: () => connection.drop(),
  });

  function changed(state) {
    view.state(state);
    if (state === "open") {
      connection.send(names);
      if (view.notice === strings.offline) {
        view.notice = "";
      }
      if (joined++ > 0) {
        view.note(strings.gap);
      }
    } else {
      takeBack(strings.unconfirmed);
    }
  }

  function received({ id, msg, error }) {
    if (id === null) {
      const words = strings.errors[error] ?? strings.refused(msg);
      takeBack(words);
      view.notice = words;
      return;
    }
    if (id === user) {
      outbox.echoed(msg);
      moved();
    }
    view.message(msg, id === user);
  }

  function submit() {
    const text = view.line;
    const bytes = bytesOf(text);
    // JSON writes some characters in six.
    const frameBytes = bytesOf(JSON.stringify({ ...names, message: text }));
    if (text.trim() === "") {
      return;
    }
    if (bytes > MOST_BYTES) {
      tooLarge(bytes, MOST_BYTES);
    } else if (frameBytes > MOST_FRAME_BYTES) {
      tooLarge(frameBytes, MOST_FRAME_BYTES);
    } else if (connection.state !== "open") {
      if (view.notice !== strings.unconfirmed) {
        view.notice = strings.offline;
      }
      connection.hurry();
    } else if (!outbox.add(text)) {
      view.notice = strings.busy;
    } else {
      view.notice = "";
      view.line = "";
      view.showEnd();
      moved();
    }
  }

  function tooLarge(bytes, most) {
    view.notice = strings.tooLarge(bytes.toLocaleString(strings.lang), most.toLocaleString(strings.lang));
  }

  /** What was not confirmed goes back into the line, before what has been typed since. */
  function takeBack(why) {
    const texts = outbox.takeBack();
    if (texts.length > 0) {
      view.line = unconfirmed(texts);
      view.notice = why;
      moved();
    }
  }

  function unconfirmed(texts) {
    return [...texts, view.line].filter((text) => text !== "").join("\n");
  }

  function moved() {
    view.pending(outbox.texts);
    save();
  }

  function save() {
    draft.save(unconfirmed(outbox.texts));
  }

  view.line = draft.load();
  view.onInput = save;
  view.onSubmit = submit;
  addEventListener("online", () => connection.hurry());
  document.addEventListener("visibilitychange", () => document.hidden || connection.hurry());
  connection.hurry();
}
