package im.pair.jetty;

import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.InMemoryMessageStore;
import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.testkit.Await;
import im.pair.testkit.Heap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 1,000 pairs come, talk and go, 20 times over, and leave nothing behind. */
@Timeout(180)
class NothingGrowsTest {
  private static final int PAIRS = 1_000;
  private static final int ROUNDS = 20;
  private static final int THREADS = 8;

  private final PairRouter router =
      PairRouter.builder()
          .limits(Limits.DEFAULTS.withSendsPerSecond(0))
          .store(new InMemoryMessageStore(1 << 20, 100_000))
          .build();
  private final ImServer server =
      ImServer.builder()
          .port(0)
          .router(router)
          .limits(ServerLimits.DEFAULTS.withConnections(3 * PAIRS, 3 * PAIRS))
          .build();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  void theHeapInRound20IsThatOfRound5() throws Exception {
    long atRound5 = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      List<Duo> duos = come(round);
      Await.until("all are here", () -> server.clients() == 2 * PAIRS);
      onAll(duos, Duo::talk);
      onAll(duos, Duo::go);
      Await.until("all have gone", () -> server.clients() == 0);
      Await.until("the router is empty", () -> router.size() == 0);
      if (round == 5) {
        atRound5 = Heap.used();
      }
    }

    long atRound20 = Heap.used();
    Heap.report("1,000 pairs come, talk and go: in use after round 5", atRound5);
    Heap.report("and after round 20", atRound20);
    assertThat(atRound20 - atRound5).isLessThanOrEqualTo(5_000_000);
  }

  private List<Duo> come(int round) throws Exception {
    // Each round from an address of its own, or the ports of those that have just gone run out.
    String address = "127.0.1." + round;
    List<Duo> duos = new ArrayList<>();
    List<Future<Duo>> coming =
        threads.invokeAll(
            IntStream.range(0, PAIRS)
                .mapToObj(i -> (Callable<Duo>) () -> new Duo(server.port(), address, i))
                .toList());
    for (Future<Duo> duo : coming) {
      duos.add(duo.get());
    }
    return duos;
  }

  private void onAll(List<Duo> duos, Deed deed) throws InterruptedException, ExecutionException {
    List<Future<?>> deeds = new ArrayList<>();
    for (Duo duo : duos) {
      deeds.add(
          threads.submit(
              () -> {
                deed.doneTo(duo);
                return null;
              }));
    }
    for (Future<?> done : deeds) {
      done.get();
    }
  }

  private interface Deed {
    void doneTo(Duo duo) throws IOException;
  }

  /** Two users and their connections. */
  private static final class Duo {
    final int number;
    final String one;
    final String other;
    final RawWebSocket first;
    final RawWebSocket second;

    Duo(int port, String address, int number) throws IOException {
      this.number = number;
      one = "one" + number;
      other = "other" + number;
      first = RawWebSocket.openFrom(address, port);
      second = RawWebSocket.openFrom(address, port);
    }

    void talk() throws IOException {
      first.text(message(one, other, "hi"));
      assertThat(first.nextText()).isEqualTo(told(one, "hi"));
      second.text(message(other, one, "hello"));
      assertThat(second.nextText()).isEqualTo(told(other, "hello"));
      assertThat(first.nextText()).isEqualTo(told(other, "hello"));
    }

    /** Some say good-bye, some hang up, some just vanish. */
    void go() throws IOException {
      for (RawWebSocket client : List.of(first, second)) {
        switch (number % 3) {
          case 0 -> client.leave();
          case 1 -> client.close();
          default -> client.vanish();
        }
      }
    }
  }
}
