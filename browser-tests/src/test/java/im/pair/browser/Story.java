package im.pair.browser;

import im.pair.core.CloseReason;
import im.pair.core.Command;
import im.pair.core.Connection;
import im.pair.core.Draft;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.Marks;
import im.pair.core.MessageStore.Appended;
import im.pair.core.Outgoing;
import im.pair.core.Pair;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.core.UserId;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What people do on a server beside those in the browser: before a test, or when it wants it. */
final class Story {
  private static final Connection DEAF =
      new Connection() {
        @Override
        public boolean send(Outgoing event) {
          return true;
        }

        @Override
        public void resumeReading() {}

        @Override
        public void close(CloseReason reason) {}
      };

  private final InMemoryMessageStore store = new InMemoryMessageStore();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile @Nullable Instant time;

  final PairRouter router = PairRouter.builder().store(store).clock(this::now).build();

  /** The server's clock stands at this time from now on; without one it goes as all do. */
  void at(@Nullable Instant time) {
    this.time = time;
  }

  /** Answers with the number of what was said. */
  long says(String from, String to, String body) {
    return does(from, to, Draft.message(newId(), body));
  }

  void edits(String from, String to, long of, String body) {
    does(from, to, Draft.edit(newId(), of, body));
  }

  void deletes(String from, String to, long of) {
    does(from, to, Draft.delete(newId(), of));
  }

  void reacts(String from, String to, long of, String reaction) {
    does(from, to, Draft.react(newId(), of, reaction));
  }

  long does(String from, String to, Draft draft) {
    return ((Appended) done(router.append(new UserId(from), new UserId(to), draft))).entry().seq();
  }

  /** Up to here somebody reads what another one says. */
  void reads(String user, String peer, long seq) {
    Session session = comes(user);
    session.receive(new Command.Mark(null, new UserId(peer), seq, seq));
    session.detach();
  }

  /** Up to which message somebody has read what another one says. */
  long read(String user, String peer) {
    UserId reader = new UserId(user);
    Marks marks =
        done(store.mark(Pair.of(reader, new UserId(peer)), reader, 0, 0)).marks().get(reader);
    return marks == null ? 0 : marks.read();
  }

  /** Somebody is there, until the session is detached. */
  Session comes(String user) {
    Session session = router.attach(new UserId(user), DEAF);
    session.live();
    return session;
  }

  String newId() {
    return "story-" + ids.incrementAndGet();
  }

  private Instant now() {
    Instant told = time;
    return told == null ? Instant.now() : told;
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the server did not do it", e);
    }
  }
}
