package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.InMemoryMessageStore;
import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import im.pair.testkit.Await;
import im.pair.testkit.Heap;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A slow reader costs only itself. */
@Timeout(120)
class SlowReaderTest {
  private static final int SMALL = 64 << 10; // what the system buffers, so that it is little
  private static final int MIB = 1 << 20;
  private static final String BULK = "x".repeat(16_000);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(400);

  private ImServer server;
  private PairRouter router;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aClientThatNeverReadsCostsLessThan5MegabytesWhileItIsSent50() throws IOException {
    start(MIB, limits(LONG, LONG, LONG, SHORT));
    try (RawWebSocket alice = joined("alice", "bob");
        RawWebSocket carol = joined("carol", "alice");
        RawWebSocket bob = joined("bob", "alice")) {
      send(alice, "bob", 0, 100);
      talk(alice, carol, 0);
      long before = Heap.used();

      for (int hundred = 1; hundred <= 33; hundred++) {
        send(alice, "bob", hundred * 100, 100); // 52.8 million bytes in all
        talk(alice, carol, hundred);
      }

      long growth = Heap.used() - before;
      Heap.report("52.8 MB sent to a client that never reads: growth", growth);
      assertThat(growth).isLessThan(5_000_000);
      assertThat(server.clients()).as("bob is still there").isEqualTo(3);
      assertThat(bob.nextText())
          .as("and starts from the beginning")
          .startsWith("{\"id\":\"alice\",\"msg\":\"0 ");
    }
  }

  @Test
  void aSlowReaderThatReadsOnInTimeLosesNothing() throws IOException {
    start(64 * MIB, limits(LONG, LONG, LONG, SHORT));
    try (RawWebSocket alice = joined("alice", "bob");
        RawWebSocket bob = joined("bob", "alice")) {
      send(alice, "bob", 0, 500);

      for (int i = 0; i < 500; i++) {
        assertThat(bob.nextText()).isEqualTo(told("alice", i + " " + BULK));
      }
      send(alice, "bob", 500, 1);
      assertThat(bob.nextText()).isEqualTo(told("alice", "500 " + BULK));
    }
  }

  @Test
  void aReaderWhosePlaceHasLeftTheStoreIsClosedWith4508() throws IOException {
    start(MIB, limits(LONG, LONG, LONG, LONG));
    try (RawWebSocket alice = joined("alice", "bob");
        RawWebSocket bob = joined("bob", "alice")) {
      send(alice, "bob", 0, 500);

      int next = 0;
      String text = bob.nextText();
      while (text.equals(told("alice", next + " " + BULK))) {
        next++;
        text = bob.nextText();
      }
      assertThat(text).isEqualTo("(close 4508)");
      assertThat(next).as("what was taken was sent, and the rest was not").isBetween(1, 499);
    }
  }

  @Test
  void aReaderWithoutProgressIsTold4508IfItReadsAtLast() throws IOException {
    try (LogWatch log = new LogWatch(ClientEndpoint.class)) {
      start(64 * MIB, limits(SHORT, LONG, LONG, LONG));
      try (RawWebSocket alice = joined("alice", "bob");
          RawWebSocket bob = joined("bob", "alice")) {
        send(alice, "bob", 0, 100);
        log.await("too slow");

        assertThat(bob.readToClose()).isEqualTo(4508);
        send(alice, "bob", 100, 1);
      }
      log.assertQuiet();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReaderWithoutProgressIsCutOffAndLeavesNothingBehind() throws IOException {
    start(64 * MIB, limits(SHORT, LONG, LONG, SHORT));
    try (RawWebSocket alice = joined("alice", "bob")) {
      RawWebSocket first = joined("bob", "alice"); // what is loaded once does not count
      first.leave();
      Await.until("it has gone", () -> server.clients() == 1);
      long descriptors = Descriptors.open();
      RawWebSocket bob = joined("bob", "alice");
      send(alice, "bob", 0, 100);

      Await.until("bob is cut off", () -> server.clients() == 1);
      assertThat(router.isOnline(new UserId("bob"))).isFalse();
      bob.close();
      Await.until("and his descriptors are free", () -> Descriptors.open() <= descriptors);
      send(alice, "bob", 100, 1);
    }
  }

  @Test
  void aSlowReaderThatMakesProgressIsNotCutOff() throws IOException {
    start(64 * MIB, limits(Duration.ofSeconds(2), LONG, LONG, SHORT));
    try (RawWebSocket alice = joined("alice", "bob");
        RawWebSocket bob = joined("bob", "alice")) {
      send(alice, "bob", 0, 300);
      long start = System.nanoTime();

      for (int i = 0; i < 300; i++) {
        assertThat(bob.nextText()).isEqualTo(told("alice", i + " " + BULK));
        long due = start + i * 16_000_000L; // so that it takes 4.8 s in all
        Await.until("a slow reader's next moment", () -> System.nanoTime() - due > 0);
      }
    }
  }

  @Test
  void aClientThatDoesNotAnswerAPingIsCutOff() throws IOException {
    start(MIB, limits(LONG, SHORT, SHORT, LONG));
    try (RawWebSocket dead = joined("alice", "bob")) {
      assertThat(dead.next().opcode()).isEqualTo(RawWebSocket.PING);

      assertThat(dead.next()).as("the end").isNull();
      Await.until("it is gone", () -> !router.isOnline(new UserId("alice")));
    }
  }

  @Test
  void aClientThatAnswersPingsStays() throws IOException {
    start(MIB, limits(LONG, SHORT, SHORT, LONG));
    try (RawWebSocket alive = joined("alice", "bob")) {
      for (int i = 0; i < 6; i++) {
        RawWebSocket.Frame ping = alive.next();
        assertThat(ping.opcode()).isEqualTo(RawWebSocket.PING);
        alive.frame(RawWebSocket.PONG, true, ping.payload());
      }
    }
  }

  private static ServerLimits limits(
      Duration progress, Duration ping, Duration pong, Duration goodbye) {
    return ServerLimits.DEFAULTS.withProgress(progress).withPing(ping, pong).withGoodbye(goodbye);
  }

  private void start(int storeBytes, ServerLimits limits) throws IOException {
    router =
        PairRouter.builder()
            .limits(Limits.DEFAULTS.withSendsPerSecond(0))
            .store(new InMemoryMessageStore(storeBytes, 100))
            .build();
    server =
        ImServer.builder().port(0).router(router).limits(limits).socketSendBytes(SMALL).build();
    server.start();
  }

  private RawWebSocket joined(String user, String peer) throws IOException {
    RawWebSocket client = RawWebSocket.openSmall(server.port(), SMALL);
    client.text(join(user, peer));
    client.text(join(user, user)); // answered, after the join
    assertThat(client.nextText()).contains("\"error\":\"self\"");
    return client;
  }

  /** Sends numbered messages and sees each echoed. */
  private static void send(RawWebSocket alice, String peer, int from, int count)
      throws IOException {
    for (int i = from; i < from + count; i++) {
      alice.text(message("alice", peer, i + " " + BULK));
      assertThat(alice.nextText()).isEqualTo(told("alice", i + " " + BULK));
    }
  }

  /** The sender's other deliveries go on. */
  private static void talk(RawWebSocket alice, RawWebSocket carol, int number) throws IOException {
    alice.text(message("alice", "carol", "to carol " + number));
    assertThat(alice.nextText()).isEqualTo(told("alice", "to carol " + number));
    assertThat(carol.nextText()).isEqualTo(told("alice", "to carol " + number));
  }
}
