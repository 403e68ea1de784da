package im.pair.jetty;

import static im.pair.jetty.TextClient.joined;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import im.pair.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server inside another program. */
@Timeout(60)
class ImServerTest {
  @Test
  void portZeroIsAnyPortThatIsFree() throws IOException {
    try (ImServer one = ImServer.builder().port(0).build();
        ImServer another = ImServer.builder().port(0).build()) {
      one.start();
      another.start();

      assertThat(one.port()).isPositive().isNotEqualTo(another.port());
    }
  }

  @Test
  void aPortThatIsTakenIsSaidWithItsNumber() throws IOException {
    try (ImServer one = ImServer.builder().port(0).build()) {
      one.start();
      try (ImServer another = ImServer.builder().port(one.port()).build()) {
        assertThatThrownBy(another::start)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("127.0.0.1:" + one.port());
      }
    }
  }

  @Test
  void itStartsOnce() throws IOException {
    ImServer server = ImServer.builder().port(0).build();
    assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
    server.start();
    assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    server.close();
    server.close();
    assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "example.org", "::", "127.0.0.2"})
  void anAddressThatOthersReachIsRefused(String host) {
    assertThatThrownBy(() -> ImServer.builder().host(host).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, 99_999})
  void aPortThatDoesNotExistIsRefused(int port) {
    assertThatThrownBy(() -> ImServer.builder().port(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65535");
  }

  @Test
  void itListensOnLocalhostByNameToo() throws IOException {
    try (ImServer server = ImServer.builder().host("localhost").port(0).build()) {
      server.start();

      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void aRouterThatWasGivenStaysOpen() throws IOException {
    UserId alice = new UserId("alice");
    UserId bob = new UserId("bob");
    PairRouter router = PairRouter.builder().build();
    for (int time = 1; time <= 2; time++) {
      try (ImServer server = ImServer.builder().port(0).router(router).build()) {
        server.start();
        try (TextClient client = joined(server, "alice", "bob")) {
          router.append(bob, alice, Draft.message("m" + time, "from the program " + time));
          assertThat(client.next()).isEqualTo(told("bob", "from the program " + time));
        }
      }
      Await.until("alice has gone", () -> !router.isOnline(alice));
    }
  }

  @Test
  void theSessionsOfAClosedServerAreGone() throws IOException {
    PairRouter router = PairRouter.builder().build();
    ImServer server = ImServer.builder().port(0).router(router).build();
    server.start();
    try (TextClient client = joined(server, "alice", "bob")) {
      server.close();

      assertThat(client.next()).isEqualTo("(close 4503)");
      assertThat(router.isOnline(new UserId("alice"))).isFalse();
      assertThat(server.clients()).isZero();
    }
  }

  @Test
  void whatIsQueuedComesBeforeTheGoodbye() throws IOException {
    PairRouter router = PairRouter.builder().build();
    ImServer server = ImServer.builder().port(0).router(router).build();
    server.start();
    try (TextClient client = joined(server, "alice", "bob")) {
      for (int i = 0; i < 100; i++) {
        router.append(new UserId("bob"), new UserId("alice"), Draft.message("m" + i, "" + i));
      }
      server.close();

      for (int i = 0; i < 100; i++) {
        assertThat(client.next()).isEqualTo(told("bob", "" + i));
      }
      assertThat(client.next()).isEqualTo("(close 4503)");
    }
  }

  @Test
  void aClientThatDoesNotSayGoodbyeDoesNotKeepTheServer() throws IOException {
    ServerLimits hasty = ServerLimits.DEFAULTS.withGoodbye(Duration.ofMillis(100));
    ImServer server = ImServer.builder().port(0).limits(hasty).build();
    server.start();
    try (RawWebSocket silent = RawWebSocket.open(server.port())) {
      Await.until("it is connected", () -> server.clients() == 1);
      server.close();

      assertThat(server.clients()).isZero();
      assertThat(silent.readToClose()).isEqualTo(4503);
    }
  }

  @Test
  void aBurstOfConnectionsIsNotDropped() throws IOException {
    try (ImServer server = ImServer.builder().port(0).build()) {
      server.start();
      List<RawWebSocket> burst = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        burst.add(RawWebSocket.connect(server.port(), "127.0.0.1", 0));
      }
      for (RawWebSocket client : burst) {
        client.bytes((RawWebSocket.upgrade(server.port(), "/") + "\r\n").getBytes(US_ASCII));
      }
      for (RawWebSocket client : burst) {
        client.readUpgrade();
        client.close();
      }
    }
  }

  @Test
  void messagesOfAServerThatIsUsedAsDocumented() throws IOException {
    try (ImServer server = ImServer.builder().port(0).build()) {
      server.start();
      try (TextClient alice = joined(server, "alice", "bob");
          TextClient bob = joined(server, "bob", "alice")) {
        alice.say(message("alice", "bob", "hi"));

        assertThat(bob.next()).isEqualTo(told("alice", "hi"));
      }
    }
  }
}
