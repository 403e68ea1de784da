package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.PairRouter;
import im.pair.core.UserId;
import im.pair.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes away finishes what is being stored, and takes no more. */
@Timeout(60)
class GoingAwayTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final LateStore store = new LateStore();
  private final StoreCalls calls = new StoreCalls(store);
  private final AtomicReference<CountDownLatch> asking =
      new AtomicReference<>(new CountDownLatch(0));
  private final PairRouter router =
      PairRouter.builder().store(calls).policy(this::mayWrite).build();
  private ImServer server;
  private Thread closing;

  private void start(Duration goodbye) throws IOException {
    server =
        ImServer.builder()
            .port(0)
            .router(router)
            .storeCalls(calls)
            .limits(Siege.PATIENT.withGoodbye(goodbye))
            .build();
    server.start();
    closing = new Thread(server::close);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
    closing.join(20_000);
  }

  private boolean mayWrite(UserId from, UserId to) {
    try {
      return asking.get().await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitWaiting(String method) {
    Await.until(
        "it waits",
        () ->
            Arrays.stream(closing.getStackTrace())
                .anyMatch(it -> it.getMethodName().equals(method)));
  }

  @Test
  void aFrameThatIsBeingDealtWithIsStoredAndEchoedToo() throws Exception {
    start(LONG);
    CountDownLatch asked = new CountDownLatch(1);
    asking.set(asked);
    try (RawWebSocket alice = RawWebSocket.open(server.port())) {
      alice.text(join("alice", "alice"));
      assertThat(alice.nextText()).contains("\"error\":\"self\"");
      alice.text(message("alice", "bob", "in time"));
      Await.until("it is taken", () -> router.isOnline(new UserId("alice")));
      closing.start();
      awaitWaiting("awaitLeft");

      asked.countDown();
      store.answerNext();
      store.answerNext();

      assertThat(alice.nextText()).isEqualTo(told("alice", "in time"));
      assertThat(alice.nextText()).isEqualTo("(close 4503)");
    }
  }

  @Test
  void anAppendThatIsBeingStoredIsEchoedBeforeTheGoodByeAndNothingElseIsTaken() throws Exception {
    start(LONG);
    try (RawWebSocket bob = RawWebSocket.open(server.port());
        RawWebSocket alice = RawWebSocket.open(server.port())) {
      bob.text(join("bob", "alice"));
      bob.text(join("bob", "bob")); // answered, after the join
      assertThat(bob.nextText()).contains("\"error\":\"self\"");
      alice.text(message("alice", "bob", "in time"));
      store.answerNext(); // how long the log is; and then it is appended to
      closing.start();
      awaitWaiting("awaitNone");
      alice.text(message("alice", "bob", "too late"));

      store.answerNext();

      assertThat(alice.nextText()).isEqualTo(told("alice", "in time"));
      assertThat(bob.nextText()).isEqualTo(told("alice", "in time"));
      assertThat(alice.nextText()).isEqualTo("(close 4503)");
      assertThat(bob.nextText()).isEqualTo("(close 4503)");
    }
  }

  @Test
  void soIsOneThatHasYetToLearnHowLongTheLogIs() throws Exception {
    start(LONG);
    try (RawWebSocket alice = RawWebSocket.open(server.port())) {
      alice.text(message("alice", "bob", "in time"));
      alice.text(join("alice", "alice")); // answered, after what came before was taken
      assertThat(alice.nextText()).contains("\"error\":\"self\"");
      closing.start();
      awaitWaiting("awaitNone");

      store.answerNext();
      store.answerNext();

      assertThat(alice.nextText()).isEqualTo(told("alice", "in time"));
      assertThat(alice.nextText()).isEqualTo("(close 4503)");
    }
  }

  @Test
  void aStoreThatDoesNotAnswerHoldsUpTheEndForAWhileOnly() throws Exception {
    start(Duration.ofMillis(300));
    try (RawWebSocket alice = RawWebSocket.open(server.port())) {
      alice.text(message("alice", "bob", "hi"));
      store.answerNext();
      closing.start();

      assertThat(alice.nextText()).isEqualTo("(close 4503)");
    }
    closing.join(20_000);
    assertThat(closing.isAlive()).isFalse();
  }
}
