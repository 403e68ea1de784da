package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.testkit.Await;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server counts, as its {@code /metrics} says it. */
@Timeout(60)
class ServerMetricsTest {
  @TempDir Path directory;

  private final ServerMetrics metrics = new ServerMetrics();
  private SqliteMessageStore store;
  private PairRouter router;
  private ImServer server;

  @BeforeEach
  void start() throws Exception {
    store = SqliteMessageStore.open(directory, metrics);
    router =
        PairRouter.builder()
            .store(store)
            .limits(Limits.DEFAULTS.withSendsPerSecond(1))
            .listener(metrics)
            .build();
    server =
        ImServer.builder()
            .port(0)
            .router(router)
            .wireListener(metrics)
            .endings(metrics)
            .metrics(metrics::scrape)
            .socketSendBytes(64 << 10)
            .build();
    metrics.watch(server);
    metrics.watch(store);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  /** Each figure by its name, labels included. */
  private Map<String, Double> figures() throws Exception {
    Map<String, Double> figures = new HashMap<>();
    for (String line : scrape().lines().toList()) {
      if (!line.startsWith("#")) {
        int space = line.lastIndexOf(' ');
        figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    return figures;
  }

  private String scrape() throws Exception {
    HttpReply reply = HttpReply.get(server.port(), "/metrics");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }

  private double figure(String name) {
    try {
      return figures().get(name);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is counted is counted when it is done, and so perhaps after the client knows of it. */
  private void await(String name, double value) {
    Await.until(name + " is " + value, () -> figure(name) == value);
  }

  @Test
  void bothProtocolsAreCounted() throws Exception {
    try (V1Client alice = V1Client.of(server, "alice");
        V1Client again = V1Client.of(server, "alice");
        RawWebSocket bob = RawWebSocket.open(server.port());
        RawWebSocket silent = RawWebSocket.open(server.port())) {
      bob.text(join("bob", "alice"));
      bob.text(join("bob", "bob")); // refused
      assertThat(bob.nextText()).contains("\"error\":\"self\"");
      alice.send("bob", "c1", "hi");
      assertThat(alice.nextText()).contains("\"type\":\"entry\"");
      assertThat(again.nextText()).contains("\"type\":\"entry\"");
      assertThat(bob.nextText()).isEqualTo(told("alice", "hi"));
      alice.send("bob", "c1", "hi"); // once more, so nothing is appended
      assertThat(alice.nextText()).contains("\"type\":\"accepted\"");
      alice.say("rubbish");
      assertThat(alice.nextText()).contains("bad_frame");
      alice.say("{'type':'mark','peer':'carol','read':1}");
      assertThat(alice.nextText()).contains("not_found");

      await("im_sends_total", 1);
      await("im_deliveries_total", 3);
      await("im_rejections_total{code=\"not_found\"}", 1);
      assertThat(figures())
          .containsEntry("im_connections", 4.0)
          .containsEntry("im_sessions", 3.0) // one has not said who it is
          .containsEntry("im_paused_sessions", 0.0)
          .containsEntry("im_sends_total", 1.0)
          .containsEntry("im_deliveries_total", 3.0)
          .containsEntry("im_rejections_total{code=\"self\"}", 1.0)
          .containsEntry("im_rejections_total{code=\"bad_frame\"}", 1.0)
          .containsEntry("im_rejections_total{code=\"not_found\"}", 1.0)
          .containsEntry("im_rejections_total{code=\"rate\"}", 0.0);
      bob.leave();
      silent.vanish();
    }
    await("im_connections", 0);
    await("im_sessions", 0);
    await("im_endings_total{how=\"client\"}", 1);
    await("im_endings_total{how=\"lost\"}", 3);
    assertThat(figure("im_endings_total{how=\"draining\"}")).isZero();
  }

  @Test
  void thoseThatAreSentAwayAreCountedUnderTheReason() throws Exception {
    try (V1Client alice = V1Client.of(server, "alice")) {
      router.erase(new UserId("alice")).toCompletableFuture().join();
      assertThat(alice.closeCode()).isEqualTo(4401);

      await("im_endings_total{how=\"unauthenticated\"}", 1);
    }
    assertThat(figures()).doesNotContainKey("im_endings_total{how=\"sent_away\"}");
  }

  @Test
  void eachRejectionIsCountedOnceUnderItsCode() throws Exception {
    try (V1Client alice = V1Client.of(server, "alice")) {
      for (int i = 0; i < 8; i++) {
        alice.send("bob", "c" + i, "hi");
      }
      List<String> answers = alice.toldSoFar();
      while (answers.size() < 8) {
        answers.add(alice.nextText());
      }
      long refused = answers.stream().filter(it -> it.contains("\"code\":\"rate\"")).count();

      assertThat(refused).isPositive();
      await("im_rejections_total{code=\"rate\"}", (double) refused);
      await("im_sends_total", (double) (8 - refused));
    }
    assertThat(figures().keySet().stream().filter(it -> it.startsWith("im_rejections_total")))
        .hasSize(Rejection.values().length);
  }

  @Test
  void aReaderThatDoesNotReadIsCountedUntilItDoes() throws Exception {
    try (RawWebSocket bob = RawWebSocket.openSmall(server.port(), 64 << 10)) {
      bob.text(join("bob", "alice"));
      bob.text(join("bob", "bob"));
      assertThat(bob.nextText()).contains("\"error\":\"self\"");
      int written = 0;
      while (figure("im_paused_sessions") == 0) {
        assertThat(written).isLessThan(2_000);
        for (int i = 0; i < 20; i++) {
          Draft draft = Draft.message("x".repeat(16_000));
          router.append(new UserId("alice"), new UserId("bob"), draft).toCompletableFuture().join();
          written++;
        }
      }
      assertThat(figure("im_deliveries_total")).isLessThan(written);

      for (int i = 0; i < written; i++) {
        assertThat(bob.nextText()).hasSizeGreaterThan(16_000);
      }

      await("im_paused_sessions", 0);
      await("im_deliveries_total", written);
    }
  }

  @Test
  void theStoresBatchesAreMeasured() throws Exception {
    try (RawWebSocket alice = RawWebSocket.open(server.port())) {
      alice.text(message("alice", "bob", "hi"));
      assertThat(alice.nextText()).isEqualTo(told("alice", "hi"));
      await("im_store_queued_writes", 0);
      assertBatchesAreMeasured();
    }
  }

  private void assertBatchesAreMeasured() throws Exception {
    Map<String, Double> figures = figures();
    double batches = figures.get("im_store_batch_writes_count");
    assertThat(batches).isPositive();
    assertThat(figures.get("im_store_batch_writes_sum")).isGreaterThanOrEqualTo(batches);
    assertThat(figures.get("im_store_batch_writes_bucket{le=\"256.0\"}")).isEqualTo(batches);
    assertThat(figures.get("im_store_batch_seconds_count")).isEqualTo(batches);
    assertThat(figures.get("im_store_batch_seconds_sum")).isPositive();
    assertThat(figures).containsKey("im_store_batch_seconds_bucket{le=\"0.1\"}");
  }

  @Test
  void everyFigureSaysWhatItIsAndNoneNamesAUser() throws Exception {
    metrics.watchProcess();
    try (V1Client alice = V1Client.of(server, "alice-of-the-metrics")) {
      alice.send("bob-of-the-metrics", "c1", "hi");
      assertThat(alice.nextText()).contains("\"type\":\"entry\"");

      String text = scrape();

      assertThat(text).doesNotContain("of-the-metrics");
      assertThat(text).contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ");
      for (String line : text.lines().toList()) {
        String name = line.replaceAll("^# (TYPE|HELP) | .*$|\\{.*$", "");
        assertThat(text).contains("# HELP " + name.replaceAll("_(bucket|count|sum)$", ""));
      }
    }
  }
}
