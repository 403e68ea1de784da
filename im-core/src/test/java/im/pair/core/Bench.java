package im.pair.core;

import im.pair.testkit.InMemoryConnection;
import im.pair.testkit.ManualClock;
import im.pair.testkit.RecordingListener;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A router to try things on, with its clock and its listener. */
final class Bench {
  static final UserId ALICE = new UserId("alice");
  static final UserId BOB = new UserId("bob");
  static final UserId CAROL = new UserId("carol");

  /** The usual bounds, but no rate. */
  static final Limits FREE = Limits.DEFAULTS.withSendsPerSecond(0);

  final ManualClock clock = new ManualClock();
  final RecordingListener listener = new RecordingListener();
  final MessageStore store;
  final PairRouter router;

  Bench() {
    this(new InMemoryMessageStore(), FREE, (from, to) -> true);
  }

  Bench(MessageStore store) {
    this(store, FREE, (from, to) -> true);
  }

  Bench(MessageStore store, Limits limits, AccessPolicy policy) {
    this.store = store;
    router =
        PairRouter.builder()
            .store(store)
            .limits(limits)
            .policy(policy)
            .listener(listener)
            .clock(clock)
            .nanoTime(clock::nanoTime)
            .build();
  }

  /**
   * Few recent entries and small pages, so that a lag soon needs the store, and a short list of
   * commands.
   */
  static Limits tight() {
    return new Limits(
        16,
        16,
        8,
        2,
        1_000,
        0,
        16,
        3,
        3,
        2,
        1_000,
        100_000,
        3,
        100_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60));
  }

  /** A session that hears all pairs of its user. */
  User live(UserId user, int capacity) {
    User attached = new User(user, capacity);
    attached.session.live();
    return attached;
  }

  User live(UserId user) {
    return live(user, Integer.MAX_VALUE);
  }

  /** A session that resumes what its client has of one pair. */
  User resumed(UserId user, UserId peer, Cursor cursor) {
    return resumed(user, Integer.MAX_VALUE, store.epoch(), Map.of(peer, cursor));
  }

  User resumed(UserId user, int capacity, @Nullable String epoch, Map<UserId, Cursor> cursors) {
    User attached = new User(user, capacity);
    attached.session.resume(epoch, cursors);
    return attached;
  }

  /** A session that hears one pair. */
  User joined(UserId user, UserId peer) {
    User attached = new User(user, Integer.MAX_VALUE);
    attached.session.join(peer);
    return attached;
  }

  void tickAfter(Duration time) {
    clock.advance(time);
    router.tick(clock.nanoTime());
  }

  /** A session and its client. */
  final class User {
    final InMemoryConnection client;
    final Session session;

    User(UserId user, int capacity) {
      client = new InMemoryConnection(capacity);
      session = router.attach(user, client);
      client.of(session);
    }

    boolean send(UserId to, String id, String body) {
      return session.receive(new Command.Send(to, Draft.message(id, body)));
    }

    boolean send(UserId to, Draft draft) {
      return session.receive(new Command.Send(to, draft));
    }

    boolean mark(UserId peer, long delivered, long read) {
      return session.receive(new Command.Mark("m", peer, delivered, read));
    }

    void sendMany(UserId to, int first, int last) {
      for (int i = first; i <= last; i++) {
        send(to, "id" + i, "m" + i);
      }
    }
  }
}
