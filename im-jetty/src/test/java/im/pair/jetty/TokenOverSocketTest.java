package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.PairRouter;
import im.pair.testkit.ManualClock;
import im.pair.wire.Authenticator;
import im.pair.wire.V1Protocol;
import im.pair.wire.WireListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Tokens as clients show them: who gets in, for how long, and that no log and no answer has one.
 */
@Timeout(60)
class TokenOverSocketTest {
  private static final byte[] SECRET = "a-secret-of-32-bytes-or-a-little-more".getBytes(UTF_8);
  private static final byte[] ANOTHER = "another-secret-of-32-bytes-or-so-more".getBytes(UTF_8);
  private static final String HS256 = "{\"alg\":\"HS256\"}";

  private final Logger ours = (Logger) LoggerFactory.getLogger("im.pair");
  private final ManualClock clock = new ManualClock();
  private final Authenticator authenticator =
      JwtAuthenticator.ofSecret(SECRET).clock(clock).build();
  private final PairRouter router = PairRouter.builder().build();
  private final ImServer server =
      ImServer.builder()
          .port(0)
          .router(router)
          .authenticator(authenticator)
          .v1Protocol(
              transport ->
                  new V1Protocol(
                      new V1Protocol.Setup(
                          router,
                          authenticator,
                          new WireListener() {},
                          clock,
                          System::nanoTime,
                          Duration.ofSeconds(10),
                          65_536),
                      transport))
          .build();
  private final List<String> shown = new ArrayList<>();
  private Level before;

  @BeforeEach
  void start() throws IOException {
    before = ours.getLevel();
    ours.setLevel(Level.TRACE);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    ours.setLevel(before);
  }

  private String token(String user, long expires) {
    return token(HS256, "{\"sub\":\"" + user + "\",\"exp\":" + expires + "}", Tokens.hs256(SECRET));
  }

  private String token(String header, String claims, Tokens.Signer signer) {
    String token = Tokens.token(header, claims, signer);
    shown.add(token);
    return token;
  }

  private long inSeconds(long seconds) {
    return clock.instant().getEpochSecond() + seconds;
  }

  private V1Client hello(String token) {
    return V1Client.open(server.port()).say("{'type':'hello','token':'" + token + "'}");
  }

  @Test
  void whoShowsAGoodTokenIsWhoItSays() {
    long expires = inSeconds(3_600);
    try (V1Client alice = hello(token("alice", expires))) {
      JsonNode welcome = alice.next();

      assertThat(welcome.path("user").asText()).isEqualTo("alice");
      assertThat(welcome.path("expires").asLong()).isEqualTo(expires * 1_000);
    }
  }

  @Test
  void aConnectionEndsWithItsTokenUnlessThatIsRenewed() {
    String longer = token("alice", inSeconds(3_600));
    try (V1Client left = hello(token("alice", inSeconds(60)));
        V1Client renewed = hello(token("alice", inSeconds(60)))) {
      assertThat(left.next().path("type").asText()).isEqualTo("welcome");
      assertThat(renewed.next().path("type").asText()).isEqualTo("welcome");
      assertThat(renewed.next().path("type").asText()).isEqualTo("synced");
      renewed.say("{'type':'hello','ref':1,'token':'" + longer + "'}");
      assertThat(renewed.next().path("type").asText()).isEqualTo("renewed");
      clock.advance(Duration.ofSeconds(60));

      assertThat(left.closeCode()).isEqualTo(4401);
      assertThat(renewed.toldSoFar()).isEmpty();
    }
  }

  @Test
  void noBadTokenGetsInAndNoLogHasAny() {
    try (LogWatch log = new LogWatch()) {
      String good = token("alice", inSeconds(3_600));
      for (String bad :
          List.of(
              token("{\"alg\":\"none\"}", claims("alice"), content -> new byte[0]),
              token(HS256, claims("alice"), Tokens.hs256(ANOTHER)),
              token("alice", inSeconds(-1)),
              token(
                  HS256,
                  "{\"sub\":\"alice\",\"exp\":%1,\"nbf\":%1}"
                      .replace("%1", String.valueOf(inSeconds(3_600))),
                  Tokens.hs256(SECRET)),
              token(HS256, claims("not a user"), Tokens.hs256(SECRET)),
              good.substring(0, good.length() - 3),
              "rubbish-that-is-no-token-at-all-but-secret-all-the-same")) {
        shown.add(bad);
        try (V1Client mallory = hello(bad)) {
          assertThat(mallory.nextText())
              .isEqualTo(
                  "{\"type\":\"rejected\",\"code\":\"unauthenticated\",\"reason\":\"this does not prove who you are\"}");
          assertThat(mallory.closeCode()).isEqualTo(4401);
        }
      }
      try (V1Client mallory = hello("x".repeat(1 << 20))) {
        assertThat(mallory.closeCode()).isEqualTo(1009);
      }
      try (V1Client alice = hello(good)) {
        assertThat(alice.next().path("type").asText()).isEqualTo("welcome");
        alice.say("{'type':'send','ref':'" + good.substring(0, 64) + "','to':'bob'}");
      }
      try (V1Client nobody = V1Client.open(server.port(), "/ws?token=" + good)) {
        nobody.say("{'type':'history','ref':1,'peer':'bob'}");
        assertThat(nobody.next().path("type").asText()).isEqualTo("error");
      }
      String text = log.text();
      assertThat(text).isNotEmpty();
      for (String token : shown) {
        assertThat(text).doesNotContain(token.substring(0, Math.min(token.length(), 40)));
        String signature = token.substring(token.lastIndexOf('.') + 1);
        if (!signature.isEmpty()) {
          assertThat(text).doesNotContain(signature);
        }
      }
    }
  }

  private String claims(String user) {
    return "{\"sub\":\"" + user + "\",\"exp\":" + inSeconds(3_600) + "}";
  }
}
