package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Entry;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.UserId;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.testkit.Await;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server is told to end amid traffic, and another takes over: nobody loses or doubles a word. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS) // no SIGTERM
class DrainTest {
  private static final int PAIRS = 250;
  private static final int MESSAGES = 20; // of each of the two

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<ReturningClient> clients = new ArrayList<>();

  private ServerProcess start(int port) throws Exception {
    String data = directory.resolve("data").toString();
    return ServerProcess.start(
        directory, "--port", "" + port, "--data", data, "--sends-per-second", "0");
  }

  private int unsettled() {
    return clients.stream().mapToInt(ReturningClient::unsettled).sum();
  }

  @Test
  void fiveHundredClientsComeBackAfterARestartAndNothingIsLostOrDoubled() throws Exception {
    int port;
    try (ServerProcess first = start(0)) {
      port = first.port();
      for (int i = 0; i < PAIRS; i++) {
        clients.add(new ReturningClient(http, port, "a" + i, "b" + i));
        clients.add(new ReturningClient(http, port, "b" + i, "a" + i));
      }
      clients.forEach(ReturningClient::connect);
      Await.until("all are there", () -> clients.stream().allMatch(ReturningClient::isSynced));
      clients.forEach(client -> client.write(MESSAGES));
      Await.until("a third is sent", () -> unsettled() < 2 * PAIRS * MESSAGES * 2 / 3);

      first.terminate();

      assertThat(first.exitCode()).isEqualTo(128 + 15);
      assertThat(first.errors()).isEmpty();
    }
    assertThat(clients).allMatch(client -> client.closeCodes().equals(List.of(4503)));
    int left = unsettled();
    assertThat(left).as("there was traffic").isPositive();
    try (ServerProcess second = start(port)) {
      Await.until("all are back", () -> clients.stream().allMatch(ReturningClient::hasResumed));
      Await.until("all is sent", () -> unsettled() == 0);
      Await.until(
          "all is given", () -> clients.stream().allMatch(it -> it.given() >= 2 * MESSAGES));
      clients.forEach(ReturningClient::leave);
      second.terminate();
      assertThat(second.exitCode()).isEqualTo(128 + 15);
      assertThat(second.errors()).isEmpty();
    }
    assertThat(clients).flatExtracting(ReturningClient::surprises).isEmpty();
    try (SqliteMessageStore store = SqliteMessageStore.open(directory.resolve("data"))) {
      for (int i = 0; i < PAIRS; i++) {
        assertThat(clients.get(2 * i).ids()).isEqualTo(clients.get(2 * i + 1).ids());
        assertThat(clients.get(2 * i).ids()).isEqualTo(stored(store, "a" + i, "b" + i));
        assertThat(clients.get(2 * i).ids()).hasSize(2 * MESSAGES);
        assertThat(clients.get(2 * i).ids()).containsSubsequence(all("a" + i));
        assertThat(clients.get(2 * i).ids()).containsSubsequence(all("b" + i));
      }
    }
  }

  private static List<String> all(String user) {
    return IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> user + "-" + i).toList();
  }

  private static List<String> stored(SqliteMessageStore store, String one, String other) {
    Pair pair = Pair.of(new UserId(one), new UserId(other));
    return store
        .read(pair, Range.after(0, 1_000, 1 << 20))
        .toCompletableFuture()
        .join()
        .entries()
        .stream()
        .map(Entry::id)
        .toList();
  }
}
