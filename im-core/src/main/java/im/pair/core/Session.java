package im.pair.core;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One attached connection of a user. It is silent until it starts by {@link #resume}, {@link #live}
 * or {@link #join}; from that instant it is given every entry appended in the pairs it hears, once
 * and in order, and by {@code resume} those after its cursors. An entry that its connection refuses
 * leaves it behind at its cursor, and {@link #onWritable} lets it catch up from the log.
 *
 * <p>Thread-safe; {@link #receive} takes one command at a time. Source: design §3.
 */
public final class Session {
  private enum State {
    SILENT,
    RESUMING,
    JOINED,
    LIVE,
    DETACHED
  }

  private final PairRouter router;
  private final UserId user;
  private final Connection connection;
  private final Outbox outbox;
  private final CommandHandler handler;
  private final Map<Pair, Reader> readers = new ConcurrentHashMap<>();

  private volatile State state = State.SILENT; // written under the lock, which is this object

  // Guarded by this.
  private int commands; // the weight of those not answered yet
  private boolean readingPaused;
  private Set<UserId> watched = Set.of();

  Session(PairRouter router, UserId user, Connection connection) {
    this.router = router;
    this.user = user;
    this.connection = connection;
    outbox = new Outbox(router, this, connection);
    handler = new CommandHandler(router, this);
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
    requireSilent();
    start(State.LIVE);
  }

  /**
   * Starts with all pairs of its user, and goes on in those that its client has up to a cursor. The
   * first event is {@link Event.Welcome}. It says whether the session resumes: if the epoch is the
   * store's, no cursor is above its log's head, and each cursor's entry, if still kept, has its
   * time. Then each of these logs follows from its cursor, and both users' marks in it, and {@link
   * Event.Synced} when each has come up to its present head. If not, {@code Synced} comes at once.
   *
   * <p>A pair without a cursor is heard from now on, as by {@link #live}: its client asks for
   * {@link Command.Conversations} after {@code Synced}, and for the {@link Command.History} that it
   * lacks.
   *
   * <p>No command is welcome until {@link Connection#resumeReading}, which follows the welcome. If
   * the store does not answer, the connection is closed with {@link CloseReason#SERVER_ERROR}.
   *
   * @param epoch which epoch the cursors are of; absent not to resume
   * @param cursors the peers of the logs, and up to where the client has each
   * @throws IllegalArgumentException if there are more than {@link Limits#resumedPairs} cursors or
   *     one is of the user itself
   * @throws IllegalStateException if it has started already
   */
  public void resume(@Nullable String epoch, Map<UserId, Cursor> cursors) {
    if (cursors.size() > router.limits.resumedPairs()) {
      throw new IllegalArgumentException("more cursors than " + router.limits.resumedPairs());
    }
    Map<Pair, Cursor> places = new HashMap<>();
    cursors.forEach((peer, cursor) -> places.put(Pair.of(user, peer), cursor));
    synchronized (this) {
      requireSilent();
      start(State.RESUMING);
      commands += router.limits.pendingCommands();
      readingPaused = true;
    }
    new Resume(router, places, () -> state != State.DETACHED, honest -> resumed(places, honest))
        .start(router.epoch().equals(epoch));
  }

  private void resumed(Map<Pair, Cursor> places, @Nullable Boolean honest) {
    if (honest == null) {
      end(CloseReason.SERVER_ERROR);
      return;
    }
    List<Reader> resuming = new ArrayList<>();
    if (honest) {
      places.forEach((pair, cursor) -> resuming.add(Reader.resuming(pair, cursor.seq())));
    }
    synchronized (this) {
      // The readers wait in the outbox, behind the welcome, before anybody can find them here.
      outbox.start(new Event.Welcome(router.epoch(), honest), resuming);
      resuming.forEach(reader -> readers.put(reader.pair, reader));
      start(State.LIVE);
    }
    outbox.catchUp();
  }

  private void requireSilent() {
    if (state != State.SILENT && state != State.DETACHED) {
      throw new IllegalStateException("the session has started already");
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
    synchronized (this) {
      if (state == State.LIVE || state == State.RESUMING) {
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
    Conversation conversation = router.live.enter(pair);
    conversation.join(reader(pair));
    router.live.leave(conversation);
    return true;
  }

  private void start(State started) {
    state = state == State.DETACHED ? State.DETACHED : started;
  }

  /**
   * Takes a command. What comes of it comes as an event.
   *
   * @return false if no further command is welcome until {@link Connection#resumeReading}: {@link
   *     Limits#pendingCommands}, or one that reads the store for long, wait for their answer
   * @throws IllegalStateException if the session has not started
   */
  public boolean receive(Command command) {
    requireNonNull(command);
    boolean readOn;
    synchronized (this) {
      if (state == State.SILENT || state == State.RESUMING) {
        throw new IllegalStateException("the session has not started");
      }
      if (state == State.DETACHED) {
        return false;
      }
      commands += handler.weight(command);
      readOn = commands < router.limits.pendingCommands();
      readingPaused |= !readOn;
    }
    try {
      handler.handle(command);
    } catch (RuntimeException | Error e) {
      answered(handler.weight(command)); // by the exception of a host's policy
      throw e;
    }
    return readOn;
  }

  synchronized void watch(Set<UserId> peers) {
    if (state != State.DETACHED) {
      router.roster.watch(this, watched, peers);
      watched = peers;
      outbox.watch(peers);
    }
  }

  /** Commands of so much weight were answered. Under no lock. */
  void answered(int weight) {
    boolean resume;
    synchronized (this) {
      commands -= weight;
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
      router.roster.watch(this, watched, Set.of());
    }
    outbox.end();
    if (router.roster.remove(this)) {
      router.cameOrWent(user);
    }
    router.tell(watcher -> watcher.detached(user));
    readers.keySet().forEach(router.live::forget);
  }

  void end(CloseReason reason) {
    try {
      connection.close(reason);
    } catch (RuntimeException e) {
      // Against its contract. It costs this session, and nobody whose turn comes after it.
    }
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
