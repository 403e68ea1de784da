package im.pair.jetty;

import static im.pair.jetty.TextClient.joined;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.InMemoryMessageStore;
import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.testkit.Await;
import im.pair.testkit.Heap;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A server under attack, and a pair beside it that must not feel it. It ends with the heap as it
 * was, and nothing in the log.
 */
final class Siege implements AutoCloseable {
  static final Duration SHORT = Duration.ofMillis(300);
  static final Duration PONG =
      Duration.ofMillis(500); // for a well-behaved client on a busy machine
  static final Duration LONG = Duration.ofMinutes(5);

  /** Deadlines that no test reaches. */
  static final ServerLimits PATIENT =
      ServerLimits.DEFAULTS
          .withHeader(LONG)
          .withHello(LONG)
          .withFrame(LONG)
          .withProgress(LONG)
          .withPing(LONG, LONG)
          .withGoodbye(SHORT);

  /** What the system buffers for a client, in bytes, so that it is little. */
  static final int SMALL = 64 << 10;

  private static final int MOST_GROWTH = 5_000_000; // bytes

  final RecordedEndings endings = new RecordedEndings();
  final PairRouter router =
      PairRouter.builder()
          .limits(Limits.DEFAULTS.withSendsPerSecond(0))
          .store(new InMemoryMessageStore(1 << 20, 100))
          .build();
  final ImServer server;

  private final LogWatch log = new LogWatch();
  private final TextClient one;
  private final TextClient other;
  private final long heapBefore;
  private int said;

  Siege(ServerLimits limits) throws IOException {
    server =
        ImServer.builder()
            .port(0)
            .router(router)
            .limits(limits)
            .endings(endings)
            .socketSendBytes(SMALL)
            .build();
    server.start();
    one = joined(server, "one", "other");
    other = joined(server, "other", "one");
    talk();
    heapBefore = Heap.used();
  }

  int port() {
    return server.port();
  }

  /** The pair talks on until this holds. */
  void lastsUntil(String what, BooleanSupplier holds) {
    Await.until(
        what,
        () -> {
          talk();
          return holds.getAsBoolean();
        });
  }

  /** The pair talks on until so many attackers have come to this end. */
  void lastsUntil(Enum<?> end, int attackers) {
    lastsUntil(attackers + " times " + end, () -> endings.count(end) >= attackers);
    assertThat(endings.all()).containsOnly(end).hasSize(attackers);
  }

  private void talk() {
    String text = "still here, " + said++;
    one.say(message("one", "other", text));
    assertThat(one.next()).isEqualTo(told("one", text));
    assertThat(other.next()).isEqualTo(told("one", text));
    other.say(message("other", "one", text));
    assertThat(one.next()).isEqualTo(told("other", text));
    assertThat(other.next()).isEqualTo(told("other", text));
  }

  /** Asserts that no memory is left behind; {@code at} says when. */
  void costsNoMemory(String at) {
    long growth = Heap.used() - heapBefore;
    Heap.report(at + ": growth", growth);
    assertThat(growth).as(at).isLessThan(MOST_GROWTH);
  }

  @Override
  public void close() {
    one.close();
    other.close();
    server.close();
    router.close();
    log.assertQuiet();
    log.close();
  }
}
