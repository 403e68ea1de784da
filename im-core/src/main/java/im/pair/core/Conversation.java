package im.pair.core;

import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One live pair: the head of its log as far as this router knows it, its newest entries, and both
 * users' marks. Its lock, which is this object, also guards the places of the pair's {@link
 * Reader}s: handing over an entry and moving the cursor are one step under it, and so each session
 * is given each number once and in order. The only call out of the router made under it is {@link
 * Connection#send}. Whoever is left behind by a change catches up once the lock is free.
 *
 * <p>The numbers alone decide. An entry above the next number shows that others were missed: then
 * the readers fetch what lies between from the store, in whatever order the appends complete.
 */
final class Conversation {
  static final long UNKNOWN = Reader.UNSET;

  /** How far a reader has come by {@link #feed}. */
  enum Feed {
    CAUGHT_UP,
    REFUSED,
    LACKS_A_PAGE
  }

  final Pair pair;
  final Appends appends;

  // Guarded by its place in the router's map.
  int guests; // how many stay in it
  boolean used; // since the last tick
  long lastUsed; // in nanoseconds

  private final PairRouter router;

  // Guarded by this.
  private final Recent recent;
  private long head = UNKNOWN;
  private @Nullable Map<UserId, Marks> marks; // absent as long as the store has not told them

  Conversation(PairRouter router, Pair pair) {
    this.router = router;
    this.pair = pair;
    appends = new Appends(router, this);
    recent = new Recent(router.limits, router.recentBytes);
  }

  synchronized long head() {
    return head;
  }

  /**
   * Hands an entry to all who hear the pair and are at the number before it; the others are behind.
   *
   * @param erasures that the router had seen before the store was asked: since another one the
   *     entry may hold what is gone
   */
  void publish(Entry entry, long erasures) {
    List<Outbox> behind = new ArrayList<>(0);
    synchronized (this) {
      if (router.erasures() == erasures) {
        hand(entry, behind);
      } else {
        jump(entry.seq(), behind);
      }
    }
    behind.forEach(Outbox::catchUp);
  }

  private void hand(Entry entry, List<Outbox> behind) {
    if (entry.seq() <= head) {
      return; // who lacks it is behind already, and takes it from the store
    }
    long base = head;
    if (entry.seq() != base + 1) {
      recent.clear(entry.seq());
    }
    head = entry.seq();
    Outgoing outgoing = recent.add(entry);
    forEachReader(
        base,
        (outbox, reader) -> {
          if (reader.cursor == head - 1 && outbox.hand(reader, outgoing)) {
            reader.cursor = head;
          } else {
            outbox.lag(reader);
            behind.add(outbox);
          }
        });
    if (behind.isEmpty()) {
      recent.rest();
    }
  }

  /** The log is as the store says: perhaps longer than this router has seen. */
  void saw(Page page) {
    List<Outbox> behind = new ArrayList<>(0);
    synchronized (this) {
      jump(page.head(), behind);
      know(page.marks(), behind);
    }
    behind.forEach(Outbox::catchUp);
  }

  /** The log has grown up to {@code to} by entries that are not at hand. */
  private void jump(long to, List<Outbox> behind) {
    if (to <= head) {
      return;
    }
    recent.clear(to);
    long known = head;
    head = to;
    forEachReader(
        known,
        (outbox, reader) -> {
          if (reader.cursor != Reader.UNSET && reader.cursor < to) {
            outbox.lag(reader);
            behind.add(outbox);
          }
        });
  }

  /**
   * For all who hear the pair now. They are listed before the first is served: whoever starts on
   * account of what another was given must not be given it too.
   */
  private void forEachReader(long base, BiConsumer<Outbox, Reader> action) {
    List<Session> hearers = new ArrayList<>(4);
    for (UserId user : List.of(pair.first(), pair.second())) {
      for (Session session : router.roster.of(user)) {
        if (session.hears(pair)) {
          hearers.add(session);
        }
      }
    }
    for (Session session : hearers) {
      Reader reader = session.reader(pair);
      if (reader.cursor == Reader.UNSET) {
        reader.cursor = base;
      }
      action.accept(session.outbox(), reader);
    }
  }

  /**
   * The store has told how far both users are. Where that is further than was known, by whatever
   * way it came to be, all who hear the pair are told: also where nothing was known, since the
   * answer to an earlier mark may be lost.
   */
  private void know(Map<UserId, Marks> told, List<Outbox> behind) {
    Map<UserId, Marks> known = marks == null ? new HashMap<>() : marks;
    marks = known;
    for (UserId user : List.of(pair.first(), pair.second())) {
      Marks before = known.getOrDefault(user, Marks.NONE);
      Marks now = before.max(told.getOrDefault(user, Marks.NONE));
      if (!now.equals(before)) {
        known.put(user, now);
        forEachReader(UNKNOWN, (outbox, reader) -> tellMarks(user, outbox, reader, behind));
      }
    }
  }

  /**
   * The store has answered a user's mark. If it moved, all who hear the pair are told, perhaps for
   * the second time; otherwise the asker alone.
   */
  void marked(UserId user, Marked answer, Session asker) {
    List<Outbox> behind = new ArrayList<>(0);
    synchronized (this) {
      Marks before = marksOf(user);
      jump(answer.head(), behind);
      know(answer.marks(), behind);
      if (marksOf(user).equals(before)) { // otherwise all were told just now
        forEachReader(
            UNKNOWN,
            (outbox, reader) -> {
              if (answer.changed() || outbox == asker.outbox()) {
                tellMarks(user, outbox, reader, behind);
              }
            });
      }
    }
    behind.forEach(Outbox::catchUp);
  }

  private Marks marksOf(UserId user) {
    return marks == null ? Marks.NONE : marks.getOrDefault(user, Marks.NONE);
  }

  /** Tells a reader of a user's marks now, or after the entries that it lacks. */
  private void tellMarks(UserId user, Outbox outbox, Reader reader, List<Outbox> behind) {
    boolean inTime = reader.cursor == Reader.UNSET || reader.cursor == head;
    if (!inTime || !outbox.hand(reader, event(user))) {
      reader.marksDue |= reader.bit(user);
      outbox.lag(reader);
      behind.add(outbox);
    }
  }

  private Outgoing event(UserId user) {
    return new Outgoing(new Event.Marked(pair, user, marksOf(user)));
  }

  /** Keeps no entry: the conversation is over, or a user of the pair was erased. */
  synchronized void forgetEntries() {
    recent.rest();
  }

  /** Gives a new reader its base line, if the head is known; otherwise the first entry does. */
  synchronized void join(Reader reader) {
    if (reader.cursor == Reader.UNSET) {
      reader.cursor = head;
    }
  }

  /**
   * Gives a lagging reader what it lacks, as far as that is at hand and its connection takes it.
   *
   * @param page what the store has after the reader's cursor, if it was asked
   * @param erasures that the router had seen before the store was asked
   */
  Feed feed(Outbox outbox, Reader reader, @Nullable Page page, long erasures) {
    List<Outbox> behind = new ArrayList<>(0);
    Feed feed;
    synchronized (this) {
      if (page == null) {
        feed = reader.resuming ? Feed.LACKS_A_PAGE : feedRecent(outbox, reader);
      } else {
        jump(page.head(), behind);
        know(page.marks(), behind);
        feed = feedPage(outbox, reader, page, erasures);
      }
    }
    behind.forEach(Outbox::catchUp);
    return feed;
  }

  private Feed feedPage(Outbox outbox, Reader reader, Page page, long erasures) {
    // A page that is older than a change at hand no more may hold text that is gone.
    if (!recent.reaches(page.head()) || router.erasures() != erasures) {
      return Feed.LACKS_A_PAGE;
    }
    List<Entry> entries = page.entries();
    long oldest = entries.isEmpty() ? page.head() + 1 : entries.get(0).seq();
    if (reader.cursor != Reader.UNSET && oldest > reader.cursor + 1) {
      if (!outbox.push(new Outgoing(new Event.Truncated(pair, oldest)))) {
        return Feed.REFUSED;
      }
      reader.cursor = oldest - 1;
    }
    for (Entry entry : entries) {
      if (reader.cursor != Reader.UNSET && entry.seq() == reader.cursor + 1) {
        if (!outbox.push(recent.present(entry, page.head()))) {
          return Feed.REFUSED;
        }
        reader.cursor++;
      }
    }
    return feedRecent(outbox, reader);
  }

  private Feed feedRecent(Outbox outbox, Reader reader) {
    if (head == UNKNOWN) {
      return Feed.LACKS_A_PAGE;
    }
    for (; reader.cursor != Reader.UNSET && reader.cursor < head; reader.cursor++) {
      Outgoing next = recent.get(reader.cursor + 1);
      if (next == null) {
        return Feed.LACKS_A_PAGE;
      }
      if (!outbox.push(next)) {
        return Feed.REFUSED;
      }
    }
    for (UserId user : List.of(pair.first(), pair.second())) {
      int bit = reader.bit(user);
      if ((reader.marksDue & bit) != 0) {
        if (marks == null) {
          return Feed.LACKS_A_PAGE;
        }
        if (!outbox.push(event(user))) {
          return Feed.REFUSED;
        }
        reader.marksDue &= ~bit;
      }
    }
    outbox.caughtUp(reader);
    return Feed.CAUGHT_UP;
  }
}
