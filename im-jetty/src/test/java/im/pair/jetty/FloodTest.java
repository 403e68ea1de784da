package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.PairRouter;
import im.pair.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who sends too much is told when to go on, and in the end sent away; others notice nothing. */
@Timeout(60)
class FloodTest {
  private static final int BURST = 100;

  private final ManualClock clock = new ManualClock();
  private final ImServer server =
      ImServer.builder()
          .port(0)
          .router(PairRouter.builder().clock(clock).nanoTime(clock::nanoTime).build())
          .build();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatARejectionSaysOfTheTimeToComeIsTrue() {
    try (V1Client alice = V1Client.of(server, "alice")) {
      for (int i = 1; i <= BURST; i++) {
        alice.send("bob", "c" + i, "x");
        assertThat(alice.next().path("seq").asInt()).isEqualTo(i);
      }
      long wait = rejectedFor(alice, "c101");
      assertThat(wait).isEqualTo(50);
      clock.advance(Duration.ofMillis(wait - 1));
      assertThat(rejectedFor(alice, "c101")).isEqualTo(1);
      clock.advance(Duration.ofMillis(1));
      alice.send("bob", "c101", "x");

      assertThat(alice.next().path("seq").asInt()).isEqualTo(101);
    }
  }

  private static long rejectedFor(V1Client client, String id) {
    JsonNode rejected = client.send("bob", id, "x").next();
    assertThat(rejected.path("code").asText()).isEqualTo("rate");
    assertThat(rejected.path("id").asText()).isEqualTo(id);
    return rejected.path("retryAfterMs").asLong();
  }

  @Test
  void aFloodIsSentAwayAgainAndAgainAndAnotherPairIsUnharmed() {
    CompletableFuture<Integer> flood = CompletableFuture.supplyAsync(() -> flood(10_000));
    try (V1Client carol = V1Client.of(server, "carol");
        V1Client dave = V1Client.of(server, "dave")) {
      for (int i = 1; i <= BURST; i++) {
        carol.send("dave", "c" + i, "m" + i);
        assertThat(carol.next().path("seq").asInt()).isEqualTo(i);
        assertThat(dave.next().path("body").asText()).isEqualTo("m" + i);
      }
    }
    assertThat(flood.join()).isGreaterThanOrEqualTo(10_000 / 300);
    assertThat(server.clients()).isLessThanOrEqualTo(2);
  }

  /** Sends as fast as it can, and comes back whenever it is sent away; how often that was. */
  private int flood(int messages) {
    int sentAway = 0;
    for (int sent = 0; sent < messages; sentAway++) {
      try (V1Client flooder = V1Client.of(server, "flooder")) {
        try {
          for (int i = 0; i < 300; i++, sent++) {
            flooder.send("victim", "c" + sent, "x");
          }
        } catch (CompletionException e) {
          // The server has closed while this was sending.
        }
        assertThat(flooder.closeCode()).isEqualTo(4429);
      }
    }
    return sentAway;
  }
}
