import { element, lazily } from "./dom.js";
import { rows } from "./rows.js";
import { scrollPosition } from "./scroll-position.js";
import { announcer, jumpButton, unreadLine } from "./signs.js";
import { MARGIN, around, followed, span } from "./span.js";
import { times } from "./times.js";

/** So many messages are kept in memory for a reader who is at the end. */
const KEPT = 500;
const WATCH_MS = 200;
/** The parts of it at which it is told how much there is to be seen: each twentieth. */
const STEPS = Array.from({ length: 21 }, (_, i) => i / 20);

/** @typedef {import("./im-client.js").Message} Message */

/**
 * The messages of a conversation on the screen, a part of them at a time.
 *
 * @param {object} options
 * @param {import("./im-client.js").Conversation} options.conversation
 * @param {string} options.user who one is
 * @param {import("./strings.js").Strings} options.strings
 * @param {string} options.locale
 * @param {import("./composer.js").Edit} options.onEdit
 * @param {AbortSignal} options.signal ends it
 */
export function timeline({ conversation, user, strings: { timeline: strings }, locale, onEdit, signal }) {
  const { peer } = conversation;
  const edge = element("p.edge");
  const empty = element("p.empty", { hidden: true }, strings.empty);
  const list = element("div.list");
  const scroller = element(
    "div.scroller",
    { part: "timeline", role: "group", tabIndex: -1, ariaLabel: strings.messages },
    edge,
    empty,
    list,
  );
  const log = announcer(strings.arriving);
  const jump = jumpButton(strings.jump, showNewest);
  const line = unreadLine(strings.newMessages);
  const root = element("div.timeline", {}, scroller, jump.element, log.element);
  const position = scrollPosition(scroller);
  const setting = { user, strings, times: times(locale), locale };
  const shown = rows(setting, position, list, line.element);
  const menu = onDemand({ conversation, user, strings, onEdit, signal, root, list, rows: shown, position, showNewest });
  const sizes = new ResizeObserver(resized);
  const sight = new IntersectionObserver(
    (entries) => {
      // Where frames were late there are several.
      position.sees(entries[entries.length - 1]);
      watch();
    },
    { threshold: STEPS },
  );
  /** @type {readonly Message[]} all of them, as they were at the last rendering */
  let all = [];
  let part = span(all, 0, 0);
  const states = () => new Map(conversation.pending.map(({ id, state }) => [id, state]));
  /** The states of what waited to be sent when last looked at, by their ids. */
  let waiting = states();
  /** Whether the reader has been shown where to begin. */
  let isOpened = false;
  /** Whether the reader has answered before that. */
  let hasAnswered = false;
  /** Whether something came while nobody looked, and the reader has not been shown where it begins. */
  let isMissed = false;
  let wasVisible = false;
  /** @type {number | undefined} */
  let frame;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let midnight;

  /** Whether somebody is looking. */
  const isAttended = () => position.isVisible && !document.hidden && document.hasFocus();

  function schedule() {
    frame ??= requestAnimationFrame(render);
  }

  /** Goes to the end, as after sending. */
  function showNewest() {
    position.scrolled();
    position.atEnd = true;
    render();
  }

  function changed() {
    const { pending } = conversation;
    if (pending.some(({ id }) => !waiting.has(id))) {
      line.remove();
      position.atEnd = hasAnswered = true;
    }
    for (const { id, state, body } of pending) {
      if (state === "failed" && waiting.get(id) === "sending") {
        log.say(strings.notSent(body));
        menu.load();
      }
    }
    waiting = states();
    schedule();
  }

  /** @param {Message} message */
  function arrived({ seq, from, body }) {
    position.scrolled();
    if (from === peer && seq !== undefined) {
      log.say(strings.says(peer) + (body || strings.attachment));
      if (isOpened && !(isAttended() && position.atEnd)) {
        line.add(seq, conversation.read);
        isMissed = position.atEnd;
      }
    }
  }

  /** Of visibility, opacity, scale and the focus of the window nobody is told, or not always. */
  function watch() {
    const { isVisible } = position;
    if (isVisible !== wasVisible || (isVisible && isMissed)) {
      wasVisible = isVisible;
      resized();
    }
    read();
  }

  function resized() {
    if (isOpened && !isMissed) {
      position.restore();
      look();
    } else {
      render();
    }
  }

  function scrolled() {
    if (position.scrolled()) {
      settle();
      look();
    }
  }

  function render() {
    cancelAnimationFrame(frame ?? 0);
    frame = undefined;
    const { messages, pending, loaded, atStart, read, unread } = conversation;
    const isOpening = loaded && !isOpened && position.isVisible;
    const isFirstHere = atStart || (messages[0]?.seq ?? 0) <= read;
    if (isOpening && unread > 0 && isFirstHere && !hasAnswered) {
      line.set(read, messages.at(-1)?.seq ?? read, unread);
    } else if (isOpening) {
      line.remove();
    }
    isOpened = loaded && (isOpened || isOpening);
    hasAnswered &&= !isOpened;
    position.scrolled();
    all = [...messages, ...pending];
    const isLed = position.isVisible && (isMissed || (isOpening && position.atEnd));
    const start = isLed ? line.indexIn(conversation) : -1;
    position.atEnd &&= start < 0;
    show(start < 0 ? followed(part, all, position.atEnd) : around(span(all, start, start), all, start, start));
    if (start >= 0) {
      position.goTo(line.element);
    }
    isMissed &&= !isLed;
    const isWhole = loaded && atStart;
    const isEmpty = all.length === 0;
    empty.hidden = !(isWhole && isEmpty);
    edge.classList.toggle("late", !loaded);
    edge.textContent = !isWhole ? strings.loading : isEmpty ? "" : strings.beginning;
    settle();
    look();
    clearTimeout(midnight);
    midnight = setTimeout(schedule, new Date().setHours(24, 0, 0, 0) - Date.now());
  }

  /** @param {typeof part} next */
  function show(next) {
    part = next;
    position.isComplete = part.hasEnd;
    shown.show(all, part, line.indexIn(conversation));
  }

  /** The indices of the first and the last message in sight. */
  function inSight() {
    const { first, last } = position.inSight();
    return [part.from + first, part.from + last];
  }

  /** Sees to it that there are messages enough around those in sight, and not too many elsewhere. */
  function settle() {
    if (!isOpened || !position.isVisible) {
      return;
    }
    const [first, last] = inSight();
    const wanted = around(part, all, first, last);
    if (wanted !== part) {
      show(wanted);
    }
    if (!conversation.atStart && first < MARGIN) {
      conversation.loadOlder();
    }
    if (position.atEnd && conversation.messages.length > KEPT) {
      conversation.trim(KEPT);
    }
  }

  /** What depends on what is in sight. */
  function look() {
    if (position.atEnd && jump.element.matches(":focus")) {
      position.newest?.focus({ preventScroll: true });
    }
    jump.update(position.atEnd, conversation.unread);
    shown.reach();
    menu.place();
    read();
  }

  function read() {
    if (isOpened && !isMissed && isAttended()) {
      const [first, last] = inSight();
      const { seq = 0 } = all.slice(first, last + 1).findLast(({ from }) => from === peer) ?? {};
      if (seq > conversation.read) {
        conversation.markRead(seq);
      }
    }
  }

  // Captured, since what scrolls is perhaps a part of the page.
  const passive = { passive: true, capture: true, signal };
  conversation.addEventListener("change", changed, passive);
  conversation.addEventListener("message", ({ detail }) => arrived(detail.message), passive);
  scroller.addEventListener("scroll", scrolled, passive);
  document.addEventListener("visibilitychange", schedule, passive);
  window.addEventListener("scroll", look, passive);
  sizes.observe(scroller);
  sizes.observe(list);
  sight.observe(scroller);
  const watching = setInterval(watch, WATCH_MS);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    sight.disconnect();
    cancelAnimationFrame(frame ?? 0);
    clearTimeout(midnight);
    clearInterval(watching);
  });
  render();
  conversation.load();
  return root;
}

/**
 * What is done to messages. What that takes is loaded when somebody comes near one, or when one has failed; if it could
 * not be, at the next try.
 *
 * @param {import("./gestures.js").Options} options
 */
function onDemand(options) {
  const { list, rows } = options;
  const wanted = lazily(async () => (await import("./gestures.js")).gestures(options));
  /** @type {Awaited<ReturnType<typeof wanted>>} */
  let loaded;
  /** What was done last before it was there. @type {Event | undefined} */
  let last;

  async function load() {
    loaded = await wanted();
  }

  /** @param {Event} event to be done again as soon as that means something; but a link has been followed */
  async function defer(event) {
    const target = /** @type {Element} */ (event.target);
    if (!loaded && !target.closest("a")) {
      if (event.type === "contextmenu") {
        event.preventDefault();
      }
      last = event;
      await load();
      if (loaded && last === event) {
        target.dispatchEvent(Reflect.construct(event.constructor, [event.type, event]));
      }
    }
  }

  list.addEventListener("pointerover", load, { once: true });
  list.addEventListener("focusin", ({ target }) => {
    rows.reach(rows.bubbleAt(/** @type {Element} */ (target)));
    load();
  });
  list.addEventListener("click", defer);
  list.addEventListener("contextmenu", (event) => {
    // A mouse has the browser's own, once.
    if (/** @type {PointerEvent} */ (event).pointerType === "touch") {
      defer(event);
    }
  });
  list.addEventListener("keydown", defer);
  return { load, place: () => loaded?.place() };
}
