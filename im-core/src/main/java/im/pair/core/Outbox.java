package im.pair.core;

import im.pair.core.Conversation.Feed;
import im.pair.core.MessageStore.Page;
import java.util.ArrayDeque;
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
  private final ArrayDeque<Outgoing> answers = new ArrayDeque<>(); // bounded by pending commands
  private final ArrayDeque<Reader> lagging = new ArrayDeque<>();
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

  /** Offers an entry to a reader, unless it waits to catch up: then it comes by that. */
  synchronized boolean hand(Reader reader, Outgoing entry) {
    return !reader.lagging && push(entry);
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
  }

  /** To be fair to the others; and if page after page did not help, to wait for the tick. */
  private synchronized void sendToTheEnd(Reader reader, boolean inVain) {
    vainReads = inVain && !paused ? vainReads + 1 : 0;
    stalled |= vainReads >= MOST_VAIN_READS;
    if (lagging.remove(reader)) {
      lagging.add(reader);
    }
  }

  /** Sends an answer, or keeps it until there is room. */
  void answer(Event answer) {
    synchronized (this) {
      if (!ended) {
        answers.add(new Outgoing(answer));
      }
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
  }

  /**
   * Gives the connection what waits for it: first the answers, then the entries that lagging
   * readers lack, one read of the store at a time and the readers in turn. One thread at a time is
   * in the loop, and serves the calls that come meanwhile, also those of a store that answers
   * inline: no recursion. Under no lock.
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
    tellPause();
    if (!flushAnswers() || (fetching && fetched == null)) {
      return false;
    }
    Fetch fetch = fetched;
    fetched = null;
    fetching = false;
    Reader reader = next(fetch);
    if (reader == null) {
      return false;
    }
    long before = reader.cursor; // which only this loop moves while the reader lags
    Conversation conversation = router.enter(reader.pair);
    Feed feed = conversation.feed(this, reader, fetch == null ? null : fetch.page);
    router.leave(conversation);
    if (feed == Feed.LACKS_A_PAGE && fetch == null) {
      fetch(reader);
    } else if (feed != Feed.CAUGHT_UP) {
      sendToTheEnd(reader, fetch != null && reader.cursor == before);
    }
    return true;
  }

  private void tellPause() {
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

  /** Whether no answer waits any more. */
  private boolean flushAnswers() {
    int count = 0;
    boolean all;
    synchronized (this) {
      while (!answers.isEmpty() && push(answers.element())) {
        answers.remove();
        count++;
      }
      all = answers.isEmpty() && !ended;
    }
    if (count > 0) {
      session.answered(count);
    }
    return all;
  }

  private synchronized @Nullable Reader next(@Nullable Fetch fetch) {
    stalled |= fetch != null && fetch.page == null;
    if (paused || stalled) {
      return null;
    }
    return fetch == null ? lagging.peek() : fetch.reader;
  }

  private void fetch(Reader reader) {
    fetching = true;
    router
        .read(reader.pair, router.pageAfter(reader.cursor))
        .whenComplete(
            (page, failure) -> {
              fetched = new Fetch(reader, page);
              catchUp();
            });
  }

  /** What the store answered, without a page if it failed. */
  private record Fetch(Reader reader, @Nullable Page page) {}
}
