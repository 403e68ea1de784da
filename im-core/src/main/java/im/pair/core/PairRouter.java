package im.pair.core;

import static java.util.Objects.requireNonNull;

import im.pair.core.MessageStore.AppendResult;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries entries between the two users of each pair, by the pair's log. A host attaches a {@link
 * Connection} for each client and gets a {@link Session}; the rest happens between these two.
 *
 * <p>The router is passive: it starts no thread and owns no clock. It runs on the threads that call
 * it and on those that complete the store's stages. A host calls {@link #tick} about once a second.
 * Thread-safe. Source: design §3.
 */
public final class PairRouter implements AutoCloseable {
  final AccessPolicy policy;
  final Limits limits;
  final Roster roster = new Roster();
  final Rates rates;
  final LiveConversations live = new LiveConversations(this);
  final AtomicLong recentBytes = new AtomicLong(); // that all live conversations keep
  private final MessageStore store;
  private final AtomicLong erasures = new AtomicLong();
  private final RouterListener listener;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile boolean closed;

  private PairRouter(Builder builder) {
    store = builder.store == null ? new InMemoryMessageStore() : builder.store;
    policy = builder.policy;
    limits = builder.limits;
    listener = builder.listener;
    clock = builder.clock;
    nanoTime = builder.nanoTime;
    rates = new Rates(limits.sendsPerSecond());
  }

  /**
   * A router with a store in memory in which everybody may write to everybody, unless told
   * otherwise.
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Attaches a connection of a user. The session is silent until it starts. On a closed router the
   * connection is closed with {@link CloseReason#DRAINING} and its session is detached; likewise
   * with {@link CloseReason#TRY_AGAIN_LATER} if the user has {@link Limits#sessionsPerUser}
   * already.
   */
  public Session attach(UserId user, Connection connection) {
    Session session = new Session(this, user, connection);
    if (roster.add(session)) {
      cameOrWent(user);
    }
    tell(watcher -> watcher.attached(user));
    if (closed) {
      session.end(CloseReason.DRAINING);
    } else if (roster.of(user).size() > limits.sessionsPerUser()) {
      session.end(CloseReason.TRY_AGAIN_LATER);
    }
    return session;
  }

  /**
   * Appends to the log of two users on behalf of the host: no policy, no limit. Both users'
   * sessions are given the entry as usual.
   *
   * @return what the store says; completes exceptionally if the entry is not known to be stored:
   *     append again under the same id
   * @throws IllegalArgumentException if both are the same user
   */
  public CompletionStage<AppendResult> append(UserId from, UserId to, Draft draft) {
    CompletableFuture<AppendResult> answer = new CompletableFuture<>();
    append(
        Pair.of(from, to),
        from,
        draft,
        result -> {
          if (result == null) {
            answer.completeExceptionally(new IllegalStateException("not known to be stored"));
          } else {
            answer.complete(result);
          }
        });
    return answer.minimalCompletionStage();
  }

  /**
   * Takes a user's words away, everywhere, as {@link MessageStore#erase} says, and ends its
   * sessions with {@link CloseReason#UNAUTHENTICATED}. What it sends while this is under way may
   * stay, so the host lets it in no more before it calls. Nobody is given the words once this has
   * completed.
   *
   * @return completes when it is done; exceptionally if the store failed: call again
   */
  public CompletionStage<@Nullable Void> erase(UserId user) {
    roster.of(user).forEach(session -> session.end(CloseReason.UNAUTHENTICATED));
    return ask(log -> log.erase(user)).thenRun(() -> forgetEntriesOf(user));
  }

  private void forgetEntriesOf(UserId user) {
    erasures.incrementAndGet(); // first, so that nothing older is kept after this
    live.forEach(
        conversation -> {
          if (conversation.pair.has(user)) {
            conversation.forgetEntries();
          }
        });
  }

  /** The bounds. */
  public Limits limits() {
    return limits;
  }

  /** Whether the user has a session. */
  public boolean isOnline(UserId user) {
    return roster.has(user);
  }

  /**
   * Does what is due: tells the senders of appends that take too long, reads again what a store
   * failed to answer, and forgets idle conversations and full buckets. Reading the log waits for
   * this after a failure, so a host calls it about once a second.
   *
   * @param nanos the monotonic time, in nanoseconds, of the same clock as the builder's
   */
  public void tick(long nanos) {
    rates.tick(nanos);
    live.endIdle(nanos);
    live.forEach(conversation -> conversation.appends.tick(nanos));
    roster.forEach(session -> session.outbox().tick());
  }

  /**
   * Closes every connection with {@link CloseReason#DRAINING}, and all that are attached from now
   * on. The store stays open.
   */
  @Override
  public void close() {
    closed = true;
    roster.forEach(session -> session.end(CloseReason.DRAINING));
  }

  void append(Pair pair, UserId from, Draft draft, Append.Asker asker) {
    live.enter(pair).appends.add(new Append(from, draft, asker, nanos(), erasures()));
  }

  /** Tells the host of an entry that this router appended. */
  void appended(Entry entry) {
    tell(watcher -> watcher.appended(entry));
    if (!isOnline(entry.to())) {
      tell(watcher -> watcher.storedForOfflineUser(entry.to(), entry));
    }
  }

  /** Tells those who watch a user. */
  void cameOrWent(UserId user) {
    long now = now();
    ask(log -> log.seen(user, now));
    for (Session watcher : roster.watchersOf(user)) {
      watcher.outbox().presence(user, maySee(watcher.user(), user), now);
    }
  }

  /** Asks the policy. One that throws, where nobody can be told so, says no. */
  private boolean maySee(UserId watcher, UserId user) {
    try {
      return policy.maySee(watcher, user);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Asks the store. One that throws or answers with nothing, against its contract, has failed. */
  <T> CompletionStage<T> ask(Function<MessageStore, CompletionStage<T>> question) {
    try {
      return requireNonNull(question.apply(store));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  String epoch() {
    return store.epoch();
  }

  /** How often text was erased: what was read before the last time may be gone. */
  long erasures() {
    return erasures.get();
  }

  long now() {
    return clock.millis();
  }

  long nanos() {
    return nanoTime.getAsLong();
  }

  /** Calls the listener, of which nothing may depend. */
  void tell(Consumer<RouterListener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException e) {
      // The contract of RouterListener: dropped. The core has no logger.
    }
  }

  /**
   * How many users, live conversations and rates it holds: 0 when all have gone, and a tick has
   * come after their last sends.
   */
  public int size() {
    return live.size() + roster.size() + rates.size();
  }

  /** Says what a router works with. Not thread-safe. */
  public static final class Builder {
    private @Nullable MessageStore store;
    private AccessPolicy policy = (from, to) -> true;
    private RouterListener listener = new RouterListener() {};
    private Limits limits = Limits.DEFAULTS;
    private InstantSource clock = systemClock();
    private LongSupplier nanoTime = systemNanoTime();

    private Builder() {}

    @SuppressForbidden // the host's default; a test gives its own
    private static InstantSource systemClock() {
      return InstantSource.system();
    }

    @SuppressForbidden // the host's default; a test gives its own
    private static LongSupplier systemNanoTime() {
      return System::nanoTime;
    }

    /** Where the logs are; a new {@link InMemoryMessageStore} if nothing is said. */
    public Builder store(MessageStore store) {
      this.store = store;
      return this;
    }

    /** Who may write to whom. */
    public Builder policy(AccessPolicy policy) {
      this.policy = policy;
      return this;
    }

    /** Who watches. */
    public Builder listener(RouterListener listener) {
      this.listener = listener;
      return this;
    }

    /** The bounds. */
    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /** The clock for the times of entries. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** The monotonic clock for time-outs, in nanoseconds. */
    public Builder nanoTime(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      return this;
    }

    /** Makes the router. */
    public PairRouter build() {
      return new PairRouter(this);
    }
  }
}
