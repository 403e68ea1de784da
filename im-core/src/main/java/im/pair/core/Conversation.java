package im.pair.core;

import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One live pair: the head of its log as far as this router knows it, its newest entries, and its
 * appends under way. Its lock, which is this object, also guards the cursors of the pair's {@link
 * Reader}s: handing over an entry and moving the cursor are one step under it, and so each session
 * is given each number once and in order. The only call out of the router made under it is {@link
 * Connection#send}. What else follows from a change is noted in an {@link Aftermath} and done once
 * the lock is free.
 *
 * <p>The numbers alone decide. The head is learned from the store before the first append is
 * called, so that an entry above the next number is always seen to be that: then the readers fetch
 * what lies between from the store, in whatever order the appends complete.
 */
final class Conversation {
  private static final long UNKNOWN = Reader.UNSET;

  /** How far a reader has come by {@link #feed}. */
  enum Feed {
    CAUGHT_UP,
    REFUSED,
    LACKS_A_PAGE
  }

  final Pair pair;

  /** How many stay in it. Guarded by its place in the router's map. */
  int guests;

  private final PairRouter router;

  // All guarded by this.
  private final ArrayDeque<Append> uncalled = new ArrayDeque<>();
  private final Set<Append> pending = new LinkedHashSet<>(); // in the order of the calls
  private final Recent recent;
  private long head = UNKNOWN;
  private boolean calling;
  private boolean looking;
  private boolean lookAgain; // at the next tick

  Conversation(PairRouter router, Pair pair) {
    this.router = router;
    this.pair = pair;
    recent = new Recent(router.limits, router.recentBytes);
  }

  /** Appends, on a stay that ends when the append is settled. */
  void append(Append append) {
    synchronized (this) {
      pending.add(append);
      uncalled.add(append);
    }
    callStore();
    look(false);
  }

  /** One thread at a time calls the store, so in one order. */
  private void callStore() {
    synchronized (this) {
      if (calling) {
        return;
      }
      calling = true;
    }
    for (Append next; (next = nextToCall()) != null; ) {
      Append append = next;
      router.store(pair, append).whenComplete((result, failure) -> completed(append, result));
    }
  }

  private synchronized @Nullable Append nextToCall() {
    Append next = head == UNKNOWN ? null : uncalled.poll();
    calling = next != null;
    return next;
  }

  private void completed(Append append, @Nullable AppendResult result) {
    Aftermath aftermath = new Aftermath();
    boolean late;
    synchronized (this) {
      late = append.settled && append.result == null;
      append.failed = result == null;
      if (!append.settled && result != null) {
        settle(append, result, aftermath);
      }
    }
    finish(aftermath);
    if (late && result instanceof Appended appended) {
      // Its sender was told that it took too long, and its stay has ended: this may no longer be
      // the live conversation.
      Conversation live = router.enter(pair);
      live.deliver(appended.entry());
      router.leave(live);
      router.appended(appended.entry());
    }
  }

  private void deliver(Entry entry) {
    Aftermath aftermath = new Aftermath();
    synchronized (this) {
      publish(entry, aftermath);
    }
    finish(aftermath);
  }

  /** An append is done with; without a result it is not known to be stored. */
  private void settle(Append append, @Nullable AppendResult result, Aftermath aftermath) {
    append.settled = true;
    append.result = result;
    pending.remove(append);
    if (result instanceof Appended appended) {
      publish(appended.entry(), aftermath);
    }
    aftermath.settled.add(new Settled(append, result));
  }

  /**
   * Hands an entry to all who hear the pair and are at the number before it; the others are behind.
   */
  private void publish(Entry entry, Aftermath aftermath) {
    if (entry.seq() <= head) {
      return; // who lacks it is behind already, and takes it from the store
    }
    long base = head == UNKNOWN ? entry.seq() - 1 : head;
    if (entry.seq() != base + 1) {
      recent.clear(entry.seq());
    }
    head = entry.seq();
    Outgoing outgoing = recent.add(entry);
    int behindBefore = aftermath.behind.size();
    forEachReader(
        base,
        (outbox, reader) -> {
          if (reader.cursor == head - 1 && outbox.hand(reader, outgoing)) {
            reader.cursor = head;
          } else {
            outbox.lag(reader);
            aftermath.behind.add(outbox);
          }
        });
    if (aftermath.behind.size() == behindBefore) {
      recent.rest();
    }
  }

  /** The log has grown up to {@code to} by entries that this router has not seen. */
  private void jump(long to, long base, Aftermath aftermath) {
    if (to <= head) {
      return;
    }
    recent.clear(to);
    head = to;
    forEachReader(
        base,
        (outbox, reader) -> {
          if (reader.cursor != Reader.UNSET && reader.cursor < to) {
            outbox.lag(reader);
            aftermath.behind.add(outbox);
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

  /** The conversation is over: nobody reads it. */
  synchronized void end() {
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
   */
  Feed feed(Outbox outbox, Reader reader, @Nullable Page page) {
    Aftermath aftermath = new Aftermath();
    Feed feed;
    synchronized (this) {
      if (page == null) {
        feed = feedRecent(outbox, reader);
      } else {
        jump(page.head(), head, aftermath);
        feed = feedPage(outbox, reader, page);
      }
    }
    finish(aftermath);
    return feed;
  }

  private Feed feedPage(Outbox outbox, Reader reader, Page page) {
    // A page that is older than a change at hand no more may hold text that is gone.
    if (!recent.reaches(page.head())) {
      return Feed.LACKS_A_PAGE;
    }
    List<Entry> entries = page.entries();
    long oldest = entries.isEmpty() ? page.head() + 1 : entries.get(0).seq();
    if (oldest > reader.cursor + 1) {
      if (!outbox.push(new Outgoing(new Event.Truncated(pair, oldest)))) {
        return Feed.REFUSED;
      }
      reader.cursor = oldest - 1;
    }
    for (Entry entry : entries) {
      if (entry.seq() == reader.cursor + 1) {
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
    for (; reader.cursor < head; reader.cursor++) {
      Outgoing next = recent.get(reader.cursor + 1);
      if (next == null) {
        return Feed.LACKS_A_PAGE;
      }
      if (!outbox.push(next)) {
        return Feed.REFUSED;
      }
    }
    outbox.caughtUp(reader);
    return Feed.CAUGHT_UP;
  }

  /** Tells the senders of appends that take too long, and looks at the log again if need be. */
  void tick(long nanos) {
    Aftermath aftermath = new Aftermath();
    synchronized (this) {
      for (Append append : List.copyOf(pending)) {
        if (nanos - append.since >= router.limits.storeTimeout().toNanos()) {
          uncalled.remove(append);
          settle(append, null, aftermath);
          lookAgain = true;
        }
      }
    }
    finish(aftermath);
    look(true);
  }

  /**
   * Looks at the log: for its head before the first append, and after a failure, since what failed
   * may have been stored. One look at a time.
   */
  private void look(boolean again) {
    List<Append> doubtful;
    Range range;
    synchronized (this) {
      doubtful = pending.stream().filter(append -> append.failed).toList();
      boolean blind = head == UNKNOWN && !uncalled.isEmpty();
      if (looking || (doubtful.isEmpty() && !blind && !(again && lookAgain))) {
        return;
      }
      looking = true;
      lookAgain = false;
      range = head == UNKNOWN ? Range.before(Long.MAX_VALUE, 1, 1) : router.pageAfter(head);
    }
    router.enter(pair);
    router.read(pair, range).whenComplete((page, failure) -> looked(doubtful, page));
  }

  private void looked(List<Append> doubtful, @Nullable Page page) {
    Aftermath aftermath = new Aftermath();
    synchronized (this) {
      looking = false;
      if (page != null) {
        page.entries().forEach(entry -> find(entry, aftermath));
        jump(page.head(), head, aftermath);
      } else if (head == UNKNOWN) {
        uncalled.forEach(append -> settle(append, null, aftermath));
        uncalled.clear();
      } else {
        lookAgain = true;
      }
      for (Append append : doubtful) {
        if (!append.settled) {
          settle(append, null, aftermath);
        }
      }
    }
    callStore();
    finish(aftermath);
    router.leave(this);
  }

  /** Settles what failed and yet was stored. Of several with one id the first called made it. */
  private void find(Entry entry, Aftermath aftermath) {
    AppendResult result = new Appended(entry);
    for (Append append : List.copyOf(pending)) {
      if (append.isMadeOf(entry)) {
        if (append.failed) {
          settle(append, result, aftermath);
        }
        result = new Duplicate(entry.seq(), entry.at());
      }
    }
  }

  private void finish(Aftermath aftermath) {
    for (Settled settled : aftermath.settled) {
      router.answer(settled.append(), settled.result());
      router.leave(this);
    }
    aftermath.behind.forEach(Outbox::catchUp);
    look(false);
  }

  /** What an asker is to be told. */
  private record Settled(Append append, @Nullable AppendResult result) {}

  /** What is to be done once the lock is free. */
  private static final class Aftermath {
    final List<Settled> settled = new ArrayList<>(1);
    final List<Outbox> behind = new ArrayList<>(0);
  }
}
