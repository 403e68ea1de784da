package im.pair.core;

import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Refused;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One attached connection of a user. It is silent until it starts by {@link #live} or {@link
 * #join}; from that instant it is given every entry appended in the pairs it hears, once and in
 * order. An entry that its connection refuses leaves it behind at its cursor, and {@link
 * #onWritable} lets it catch up from the log.
 *
 * <p>Thread-safe; {@link #receive} takes one command at a time. Source: design §3.
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
  private final Outbox outbox;
  private final Map<Pair, Reader> readers = new ConcurrentHashMap<>();

  private volatile State state = State.SILENT; // written under the lock, which is this object

  // Guarded by this.
  private int commands; // not answered yet
  private boolean readingPaused;

  Session(PairRouter router, UserId user, Connection connection) {
    this.router = router;
    this.user = user;
    this.connection = connection;
    outbox = new Outbox(router, this, connection);
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
  public synchronized void live() {
    if (state == State.JOINED || state == State.LIVE) {
      throw new IllegalStateException("the session has started already");
    }
    start(State.LIVE);
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
    synchronized (this) {
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
    synchronized (this) {
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
    try {
      if (command instanceof Command.Send send) {
        send(send.to(), send.draft());
      }
    } catch (RuntimeException e) {
      answered(1); // by the exception of a host's policy
      throw e;
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
      outbox.answer(new Event.Accepted(to, id, duplicate.seq(), duplicate.at()));
    } else if (result instanceof Refused refused) {
      reject(to, id, refused.code(), "the log does not take it: " + refused.code().code());
    } else {
      reject(to, id, Rejection.STORE, "not known to be stored, send it again");
    }
  }

  private void reject(UserId to, String id, Rejection code, String reason) {
    router.tell(watcher -> watcher.rejected(user, code));
    outbox.answer(new Event.Rejected(to, id, code, reason));
  }

  /** So many commands were answered. Under no lock. */
  void answered(int count) {
    boolean resume;
    synchronized (this) {
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
    outbox.onWritable();
  }

  /** The connection has ended. Calls after the first do nothing. */
  public void detach() {
    synchronized (this) {
      if (state == State.DETACHED) {
        return;
      }
      state = State.DETACHED;
    }
    outbox.end();
    router.roster.remove(this);
    router.tell(watcher -> watcher.detached(user));
    readers.keySet().forEach(router::forget);
  }

  void end(CloseReason reason) {
    connection.close(reason);
    detach();
  }

  Outbox outbox() {
    return outbox;
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
}
