package im.pair.core;

import im.pair.core.Conversation.Feed;
import im.pair.core.MessageStore.Page;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one session's connection: answers, and the readers that are behind. Its lock
 * covers the offer of an event together with the note that it was refused, so that the {@link
 * #onWritable} that follows cannot miss it; {@link Connection#send} is the only call under it.
 */
final class Outbox {
  private static final int MOST_VAIN_READS = 8;

  private final PairRouter router;
  private final Session session;
  private final Connection connection;

  // Guarded by this.
  private final ArrayDeque<Answer> answers = new ArrayDeque<>(); // bounded by pending commands
  private final Watch watch = new Watch();
  private final ArrayDeque<Reader> lagging = new ArrayDeque<>();
  private int unsynced; // readers that resume and have not caught up
  private boolean paused; // refused, and not writable since
  private boolean pauseUntold;
  private boolean stalled; // the store did not help: wait for the tick
  private int vainReads; // pages in a row that did not help
  private boolean broken; // the connection threw
  private boolean ended;

  /** Calls of {@link #catchUp} that the one thread in its loop has not served yet. */
  private final AtomicInteger calls = new AtomicInteger();

  // Of the thread in the loop; a read of the store hands its answer over by fetched.
  private boolean fetching;
  private volatile @Nullable Fetch fetched;

  Outbox(PairRouter router, Session session, Connection connection) {
    this.router = router;
    this.session = session;
    this.connection = connection;
  }

  /** Offers an event of a log to a reader, unless it waits to catch up: then it comes by that. */
  synchronized boolean hand(Reader reader, Outgoing event) {
    return !reader.lagging && offer(event);
  }

  /** Offers an event that must not come before the answers that wait. */
  synchronized boolean offer(Outgoing event) {
    return answers.isEmpty() && push(event);
  }

  /** Offers an event to the connection. */
  synchronized boolean push(Outgoing event) {
    if (paused || ended) {
      return false;
    }
    try {
      paused = !connection.send(event);
    } catch (RuntimeException e) {
      // Against its contract. It costs this session, and nobody whose turn comes after it.
      broken = true;
      paused = true;
    }
    pauseUntold |= paused;
    return !paused;
  }

  /** Lines a reader up to catch up, which it does by the next call of {@link #catchUp}. */
  synchronized void lag(Reader reader) {
    if (!reader.lagging && !ended) {
      reader.lagging = true;
      lagging.add(reader);
    }
  }

  /** Under the pair's lock, so that the next entry finds the reader in order. */
  synchronized void caughtUp(Reader reader) {
    reader.lagging = false;
    lagging.remove(reader);
    if (reader.resuming) {
      reader.resuming = false;
      unsynced--;
      syncedIfDone();
    }
  }

  private void syncedIfDone() {
    if (unsynced == 0) {
      answers.add(new Answer(new Outgoing(new Event.Synced()), 0));
    }
  }

  /** Begins with a welcome, and lines up the readers that resume. */
  void start(Event welcome, Collection<Reader> resuming) {
    synchronized (this) {
      if (ended) {
        return;
      }
      answers.add(new Answer(new Outgoing(welcome), router.limits.pendingCommands()));
      resuming.forEach(this::lag);
      unsynced = resuming.size();
      syncedIfDone();
    }
  }

  /** To be fair to the others; and if page after page did not help, to wait for the tick. */
  private synchronized void sendToTheEnd(Reader reader, boolean inVain) {
    vainReads = inVain && !paused ? vainReads + 1 : 0;
    stalled |= vainReads >= MOST_VAIN_READS;
    if (lagging.remove(reader)) {
      lagging.add(reader);
    }
  }

  /**
   * Sends an answer, or keeps it until there is room.
   *
   * @param commands how many commands it counts for
   */
  void answer(Event answer, int commands) {
    answer(new Answer(new Outgoing(answer), commands));
  }

  /** As {@link #answer}, with text that was read before more than so many erasures. */
  void answer(Event answer, long erasures, Event ifErasedSince, int commands) {
    answer(new Answer(new Outgoing(answer), commands, erasures, new Outgoing(ifErasedSince)));
  }

  private void answer(Answer answer) {
    synchronized (this) {
      if (!ended) {
        answers.add(answer);
      }
    }
    catchUp();
  }

  synchronized void watch(Collection<UserId> peers) {
    watch.replace(peers);
  }

  /** A peer that may be watched has come or gone, or it is known when it was last seen. */
  void presence(UserId peer, boolean visible, long at) {
    synchronized (this) {
      watch.changed(peer, visible, at);
    }
    catchUp();
  }

  void onWritable() {
    synchronized (this) {
      paused = false;
    }
    catchUp();
  }

  void tick() {
    synchronized (this) {
      stalled = false;
      vainReads = 0;
    }
    catchUp();
  }

  synchronized void end() {
    ended = true;
    answers.clear();
    lagging.clear();
    watch.replace(List.of());
  }

  /**
   * Gives the connection what waits for it: first the answers, then who has come or gone, then what
   * lagging readers lack, one read of the store at a time and the readers in turn. One thread at a
   * time is in the loop, and serves the calls that come meanwhile, also those of a store that
   * answers inline: no recursion. Under no lock.
   */
  void catchUp() {
    if (calls.getAndIncrement() > 0) {
      return;
    }
    int served;
    do {
      served = calls.get();
      while (step()) {}
    } while (calls.addAndGet(-served) > 0);
  }

  /** One step of the loop; false when nothing can be done before the next call. */
  private boolean step() {
    tellTrouble();
    flushAnswers();
    flushPresence();
    if (fetching && fetched == null) {
      return false;
    }
    Fetch fetch = fetched;
    fetched = null;
    fetching = false;
    Reader reader = next(fetch);
    if (reader != null) {
      feed(reader, fetch);
    }
    if (fetch != null) {
      router.live.leave(fetch.stay);
    }
    return reader != null;
  }

  private void feed(Reader reader, @Nullable Fetch fetch) {
    long before = reader.cursor; // which only this loop moves while the reader lags
    Conversation conversation = router.live.enter(reader.pair);
    Feed feed =
        fetch == null
            ? conversation.feed(this, reader, null, 0)
            : conversation.feed(this, reader, fetch.page, fetch.erasures);
    if (feed == Feed.LACKS_A_PAGE && fetch == null) {
      fetch(reader);
    } else if (feed != Feed.CAUGHT_UP) {
      sendToTheEnd(reader, fetch != null && reader.cursor == before);
    }
    router.live.leave(conversation);
  }

  /** Tells the host of a pause, and ends a session whose connection is broken. */
  private void tellTrouble() {
    boolean tell;
    boolean end;
    synchronized (this) {
      tell = pauseUntold;
      pauseUntold = false;
      end = broken && !ended;
    }
    if (tell) {
      router.tell(watcher -> watcher.paused(session.user()));
    }
    if (end) {
      session.end(CloseReason.SERVER_ERROR);
    }
  }

  private void flushAnswers() {
    int count = 0;
    synchronized (this) {
      while (!answers.isEmpty() && push(answers.element().now(router.erasures()))) {
        count += answers.remove().commands;
      }
    }
    if (count > 0) {
      session.answered(count);
    }
  }

  private synchronized void flushPresence() {
    Event next = watch.next(router::isOnline);
    while (next != null && push(new Outgoing(next))) {
      watch.told(next);
      next = watch.next(router::isOnline);
    }
  }

  private synchronized @Nullable Reader next(@Nullable Fetch fetch) {
    stalled |= fetch != null && fetch.page == null;
    if (paused || stalled || ended) {
      return null;
    }
    return fetch == null ? lagging.peek() : fetch.reader;
  }

  /** Reads on a stay: meanwhile the conversation sees each change of what is read. */
  private void fetch(Reader reader) {
    fetching = true;
    Conversation stay = router.live.enter(reader.pair);
    long erasures = router.erasures();
    router
        .ask(store -> store.read(reader.pair, router.limits.pageAfter(reader.cursor)))
        .whenComplete(
            (page, failure) -> {
              fetched = new Fetch(reader, page, stay, erasures);
              catchUp();
            });
  }

  /** An answer, how many commands it counts for, and what it is once more text was erased. */
  private record Answer(Outgoing event, int commands, long erasures, Outgoing ifErasedSince) {
    Answer(Outgoing event, int commands) {
      this(event, commands, 0, event);
    }

    Outgoing now(long erasuresNow) {
      return erasures == erasuresNow ? event : ifErasedSince;
    }
  }

  /** What the store answered, without a page if it failed. */
  private record Fetch(Reader reader, @Nullable Page page, Conversation stay, long erasures) {}
}
