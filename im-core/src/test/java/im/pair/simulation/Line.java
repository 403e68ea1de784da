package im.pair.simulation;

import im.pair.core.Entry;
import im.pair.core.Marks;
import im.pair.core.Pair;
import im.pair.core.UserId;
import im.pair.simulation.Published.Confirmed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one session is told of one pair: each number once and in order, and marks that only grow.
 */
final class Line {
  private static final long UNSET = -1;

  private final World world;
  private final ModelLog log;
  private final String who;
  private final long floor; // what the router knew of when the session started to hear
  private final long calls; // of the store before it
  private final long confirmed; // marks before it
  final long since; // the instant
  private final Map<UserId, Marks> marksBefore = new HashMap<>();
  private final Map<UserId, Marks> marks = new HashMap<>(); // told
  private final Map<UserId, Long> marksAt = new HashMap<>(); // when they were told last
  private final Map<String, Long> given = new HashMap<>(); // when: by sender and id
  private long base = UNSET;
  private long last = UNSET;
  private long headAtHello;
  private boolean resumes;

  Line(World world, Pair pair, String who, long floor, long calls) {
    this.world = world;
    this.who = who;
    this.floor = floor;
    this.calls = calls;
    since = world.order();
    confirmed = world.published.confirmed();
    log = world.model().log(pair);
    for (UserId user : users()) {
      marksBefore.put(user, log.marksOf(user));
    }
  }

  /** It goes on after a cursor, in a log that had this head when that was said. */
  void resume(long cursor, long head) {
    base = cursor;
    last = cursor;
    headAtHello = head;
    resumes = true;
  }

  private List<UserId> users() {
    return List.of(log.pair.first(), log.pair.second());
  }

  private void check(boolean held, Supplier<String> words) {
    if (!held) {
      world.trace.fail(who + " in " + log.pair + ": " + words.get());
    }
  }

  void entry(Entry entry) {
    long seq = entry.seq();
    ModelEntry stored = log.get(seq);
    if (stored == null) {
      check(false, () -> "is given " + seq + ", which is not stored");
      return;
    }
    if (last == UNSET) {
      check(seq > floor, () -> "is given " + seq + " from before it started");
      marks
          .values()
          .forEach(m -> check(seq > m.delivered(), () -> "is given an entry after its mark"));
      base = seq - 1;
    } else {
      check(seq == last + 1, () -> "is given " + seq + " after " + last);
    }
    last = seq;
    world.published.entry(entry);
    check(isPresent(stored, entry), () -> "is given " + entry + ", now " + now(stored));
    given.put(entry.from() + " " + entry.id(), world.order());
  }

  private Entry now(ModelEntry stored) {
    return stored.as(log.head(), world.model().erasures());
  }

  /** Whether an entry is as it was at some instant since the last one that the router knows of. */
  private boolean isPresent(ModelEntry stored, Entry entry) {
    if (entry.equals(now(stored))) {
      return true;
    }
    world.trace.saw("an entry that has changed since");
    for (long head = log.head(); head >= world.published.head(log.pair); head--) {
      for (long e = world.model().erasures();
          e >= world.published.erasures(log.pair, world.model());
          e--) {
        if (entry.equals(stored.as(head, e))) {
          return true;
        }
      }
    }
    return false;
  }

  void truncated(long before) {
    check(world.plan.bounded(), () -> "is told of dropped entries, and none were");
    long place = last == UNSET ? floor : last; // one that starts may lose its first entries too
    check(before > place + 1, () -> "is truncated at " + before + " after " + last);
    check(
        before <= log.oldest(), () -> "is truncated at " + before + ", kept from " + log.oldest());
    world.trace.saw("a truncated reader");
    base = last == UNSET ? floor : base;
    last = before - 1;
  }

  void marked(UserId user, Marks now) {
    check(log.haveBeen(user, now), () -> "is told " + now + ", which they never were");
    Marks before = marks.getOrDefault(user, Marks.NONE);
    check(before.max(now).equals(now), () -> "is told " + now + " after " + before);
    check(last == UNSET || now.delivered() <= last, () -> "is told " + now + " at " + last);
    check(!resumes || last >= headAtHello, () -> "is told marks before " + headAtHello);
    marks.put(user, now);
    marksAt.put(user, world.order());
  }

  /** It is told that it has come up with the log. */
  void synced() {
    if (resumes) {
      check(last >= headAtHello, () -> "is synced at " + last + ", the head was " + headAtHello);
      check(marks.size() == 2, () -> "is synced without both marks");
    }
  }

  /** Whether a user's entry was given after an instant. */
  boolean wasGiven(UserId from, String id, long instant) {
    return given.getOrDefault(from + " " + id, 0L) > instant;
  }

  /** Whether a user's entry was dropped by the store, perhaps before it was given. */
  boolean hasLost(UserId from, String id) {
    ModelEntry entry = log.find(from, id);
    return entry != null && entry.seq < log.oldest();
  }

  /** Whether a user's marks, at least these, were told after an instant. */
  boolean wasTold(UserId user, Marks least, long instant) {
    Marks told = marks.getOrDefault(user, Marks.NONE);
    return marksAt.getOrDefault(user, 0L) > instant && told.max(least).equals(told);
  }

  /**
   * All has come to rest.
   *
   * @param toTheEnd whether the router must know of all that is stored
   */
  void checkRest(boolean toTheEnd) {
    checkMarks();
    long head = toTheEnd ? log.head() : world.published.head(log.pair);
    if (last == UNSET) {
      log.entries.forEach(e -> check(e.call <= calls, () -> "was not given " + e.seq));
      return;
    }
    check(last >= head, () -> "stays at " + last + " of " + head);
    for (ModelEntry entry : log.entries) {
      check(entry.seq > base || entry.call <= calls, () -> "was not given " + entry.seq);
    }
  }

  private void checkMarks() {
    for (Confirmed last : world.published.marks()) {
      if (last.pair().equals(log.pair) && last.number() > confirmed) {
        Marks told = marks.getOrDefault(last.user(), Marks.NONE).max(marksBefore.get(last.user()));
        check(told.max(last.marks()).equals(told), () -> "was not told " + last + " but " + told);
      }
    }
  }
}
