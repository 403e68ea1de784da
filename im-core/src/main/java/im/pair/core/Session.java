package im.pair.core;

import im.pair.core.Conversation.Feed;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Refused;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One attached connection of a user. It is silent until it starts by {@link #live} or {@link
 * #join}; from that instant it is given every entry appended in the pairs it hears, once and in
 * order. An entry that its connection refuses leaves it behind at its cursor, and {@link
 * #onWritable} lets it catch up from the log.
 *
 * <p>Thread-safe; {@link #receive} takes one command at a time. Its own lock covers what waits for
 * the connection, so that a refusal and the {@code onWritable} that follows cannot miss each other.
 * Source: design §3.
 */
public final class Session {
  private enum State {
    SILENT,
    JOINED,
    LIVE,
    DETACHED
  }

  private final PairRouter router;
  private final UserId user;
  private final Connection connection;
  private final Map<Pair, Reader> readers = new ConcurrentHashMap<>();
  private final Object lock = new Object();

  private volatile State state = State.SILENT; // written under the lock

  // Guarded by the lock.
  private final ArrayDeque<Outgoing> answers = new ArrayDeque<>();
  private final ArrayDeque<Reader> lagging = new ArrayDeque<>();
  private int commands; // not answered yet
  private boolean readingPaused;
  private boolean paused; // refused, and not writable since
  private boolean pauseUntold;
  private boolean stalled; // the store failed to answer: wait for the tick

  /** Calls of {@link #catchUp} that the one thread in its loop has not served yet. */
  private final AtomicInteger calls = new AtomicInteger();

  // Of the thread in the loop of catchUp, but for the hand-over by fetch.
  private boolean fetching;
  private volatile @Nullable Fetch fetched;

  Session(PairRouter router, UserId user, Connection connection) {
    this.router = router;
    this.user = user;
    this.connection = connection;
  }

  /** Whose session it is. */
  public UserId user() {
    return user;
  }

  /**
   * Starts: from now on the session hears all pairs of its user.
   *
   * @throws IllegalStateException if it has started already
   */
  public void live() {
    synchronized (lock) {
      if (state != State.SILENT && state != State.DETACHED) {
        throw new IllegalStateException("the session has started already");
      }
      start(State.LIVE);
    }
  }

  /**
   * Starts, or goes on: from now on the session hears this pair too. To join again changes nothing.
   *
   * @return false if it hears {@link Limits#joinedPairs} pairs already, and this one is not among
   *     them
   * @throws IllegalArgumentException if the peer is the user itself
   * @throws IllegalStateException if it hears all pairs already
   */
  public boolean join(UserId peer) {
    Pair pair = Pair.of(user, peer);
    synchronized (lock) {
      if (state == State.LIVE) {
        throw new IllegalStateException("the session hears all pairs already");
      }
      if (readers.containsKey(pair)) {
        return true;
      }
      if (readers.size() >= router.limits.joinedPairs()) {
        return false;
      }
      start(State.JOINED);
      readers.put(pair, new Reader(pair));
    }
    Conversation conversation = router.enter(pair);
    conversation.join(reader(pair));
    router.leave(conversation);
    return true;
  }

  private void start(State started) {
    state = state == State.DETACHED ? State.DETACHED : started;
  }

  /**
   * Takes a command. What comes of it comes as an event.
   *
   * @return false if no further command is welcome until {@link Connection#resumeReading}: {@link
   *     Limits#pendingCommands} wait for their answer
   * @throws IllegalStateException if the session has not started
   */
  public boolean receive(Command command) {
    boolean readOn;
    synchronized (lock) {
      if (state == State.SILENT) {
        throw new IllegalStateException("the session has not started");
      }
      if (state == State.DETACHED) {
        return false;
      }
      commands++;
      readOn = commands < router.limits.pendingCommands();
      readingPaused |= !readOn;
    }
    if (command instanceof Command.Send send) {
      send(send.to(), send.draft());
    }
    return readOn;
  }

  private void send(UserId to, Draft draft) {
    if (to.equals(user)) {
      reject(to, draft.id(), Rejection.SELF, "one cannot write to oneself");
    } else if (router.limits.exceededBy(draft)) {
      reject(to, draft.id(), Rejection.TOO_LARGE, "the message is too large");
    } else if (!router.policy.mayWrite(user, to)) {
      reject(to, draft.id(), Rejection.BLOCKED, "this user does not take your messages");
    } else {
      router.append(Pair.of(user, to), user, draft, result -> answer(to, draft.id(), result));
    }
  }

  private void answer(UserId to, String id, @Nullable AppendResult result) {
    if (result instanceof Appended) {
      answered(1); // by the entry itself
    } else if (result instanceof Duplicate duplicate) {
      answer(new Event.Accepted(to, id, duplicate.seq(), duplicate.at()));
    } else if (result instanceof Refused refused) {
      reject(to, id, refused.code(), "the log does not take it: " + refused.code().code());
    } else {
      reject(to, id, Rejection.STORE, "not known to be stored, send it again");
    }
  }

  private void reject(UserId to, String id, Rejection code, String reason) {
    router.tell(watcher -> watcher.rejected(user, code));
    answer(new Event.Rejected(to, id, code, reason));
  }

  private void answer(Event answer) {
    synchronized (lock) {
      if (state != State.DETACHED) {
        answers.add(new Outgoing(answer));
      }
    }
    catchUp();
  }

  private void answered(int count) {
    boolean resume;
    synchronized (lock) {
      commands -= count;
      resume = readingPaused && commands < router.limits.pendingCommands();
      readingPaused &= !resume;
    }
    if (resume) {
      connection.resumeReading();
    }
  }

  /** The connection has room again: what was refused follows. */
  public void onWritable() {
    synchronized (lock) {
      paused = false;
    }
    catchUp();
  }

  /** The connection has ended. Calls after the first do nothing. */
  public void detach() {
    synchronized (lock) {
      if (state == State.DETACHED) {
        return;
      }
      state = State.DETACHED;
      answers.clear();
      lagging.clear();
    }
    router.roster.remove(this);
    router.tell(watcher -> watcher.detached(user));
    readers.keySet().forEach(router::forget);
  }

  void end(CloseReason reason) {
    connection.close(reason);
    detach();
  }

  boolean hears(Pair pair) {
    return state == State.LIVE || reads(pair);
  }

  boolean reads(Pair pair) {
    return readers.containsKey(pair);
  }

  Reader reader(Pair pair) {
    return readers.computeIfAbsent(pair, Reader::new);
  }

  /** Gives an entry to the connection, or leaves the reader behind. Under the pair's lock. */
  boolean hand(Reader reader, Outgoing entry) {
    synchronized (lock) {
      return !reader.lagging && push(entry);
    }
  }

  /** Gives an event to the connection. */
  boolean push(Outgoing event) {
    synchronized (lock) {
      if (paused || state == State.DETACHED) {
        return false;
      }
      paused = !connection.send(event);
      pauseUntold |= paused;
      return !paused;
    }
  }

  /**
   * Lines the reader up to catch up. Under the pair's lock; a call of {@link #catchUp} follows when
   * that is free.
   */
  void lag(Reader reader) {
    synchronized (lock) {
      if (!reader.lagging && state != State.DETACHED) {
        reader.lagging = true;
        lagging.add(reader);
      }
    }
  }

  /** Under the pair's lock, so that the next entry finds the reader in order. */
  void caughtUp(Reader reader) {
    synchronized (lock) {
      reader.lagging = false;
      lagging.remove(reader);
    }
  }

  void tick() {
    synchronized (lock) {
      stalled = false;
    }
    catchUp();
  }

  /**
   * Gives the connection what waits for it: first the answers, then the entries that lagging
   * readers lack, one read of the store at a time and the readers in turn. One thread at a time is
   * in the loop, and serves the calls that come meanwhile, also those of a store that answers
   * inline: no recursion.
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
    Reader reader;
    synchronized (lock) {
      stalled |= fetch != null && fetch.page == null;
      reader = paused || stalled ? null : fetch != null ? fetch.reader : lagging.peek();
    }
    if (reader == null) {
      return false;
    }
    Conversation conversation = router.enter(reader.pair);
    Feed feed = conversation.feed(this, reader, fetch == null ? null : fetch.page);
    router.leave(conversation);
    if (feed == Feed.LACKS_A_PAGE && fetch == null) {
      fetch(reader);
    } else if (feed != Feed.CAUGHT_UP) {
      sendToTheEnd(reader);
    }
    return true;
  }

  private void sendToTheEnd(Reader reader) {
    synchronized (lock) {
      if (lagging.remove(reader)) {
        lagging.add(reader);
      }
    }
  }

  private void tellPause() {
    boolean tell;
    synchronized (lock) {
      tell = pauseUntold;
      pauseUntold = false;
    }
    if (tell) {
      router.tell(watcher -> watcher.paused(user));
    }
  }

  private boolean flushAnswers() {
    int count = 0;
    boolean all;
    synchronized (lock) {
      while (!answers.isEmpty() && push(answers.element())) {
        answers.remove();
        count++;
      }
      all = answers.isEmpty() && state != State.DETACHED;
    }
    answered(count);
    return all;
  }

  private void fetch(Reader reader) {
    fetching = true;
    router
        .store
        .read(
            reader.pair,
            router.pageAfter(reader.cursor)) // which only this loop moves while the reader lags
        .whenComplete(
            (page, failure) -> {
              fetched = new Fetch(reader, page);
              catchUp();
            });
  }

  /** What the store answered, without a page if it failed. */
  private record Fetch(Reader reader, @Nullable Page page) {}
}
