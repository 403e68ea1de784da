package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.UserId;
import im.pair.wire.Authenticator;
import im.pair.wire.Identity;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which pages may open a WebSocket with im.v1, and which hosts are answered: where identity is only
 * claimed, where it is proved, and there behind a proxy that ends TLS.
 */
@Timeout(60)
class CrossSiteTest {
  private static final String V1 = "Sec-WebSocket-Protocol: im.v1";

  /** Takes a token for the name of its user. */
  private static final Authenticator PROOF =
      credentials ->
          CompletableFuture.completedFuture(
              credentials.token() == null
                  ? null
                  : new Identity(new UserId(credentials.token()), Identity.NEVER));

  private static final ImServer CLAIMED =
      ImServer.builder().port(0).origin("https://app.example").build();
  private static final ImServer PROVED =
      ImServer.builder()
          .port(0)
          .authenticator(PROOF)
          .origin("HTTPS://App.Example:443")
          .origin("http://app.example:8080")
          .origin("capacitor://localhost")
          .build();
  private static final ImServer PROXIED =
      ImServer.builder().port(0).authenticator(PROOF).plaintext(true).build();

  @BeforeAll
  static void start() throws IOException {
    CLAIMED.start();
    PROVED.start();
    PROXIED.start();
  }

  @AfterAll
  static void stop() {
    CLAIMED.close();
    PROVED.close();
    PROXIED.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:8001 | https://app.example         | 101",
        "127.0.0.1:8001 | http://localhost:3000       | 101",
        "127.0.0.1:8001 | null                        | 403",
        "127.0.0.1:8001 | NULL                        | 403",
        "127.0.0.1:8001 | http://app.example          | 403",
        "127.0.0.1:8001 | https://app.example:8443    | 403",
        "127.0.0.1:8001 | https://app.example.evil    | 403",
        "127.0.0.1:8001 | https://evil.app.example    | 403",
        "127.0.0.1:8001 | https://app.example/        | 403",
        "127.0.0.1:8001 | http://evil.example         | 403",
        "app.example    | https://app.example         | 403",
        "evil.example   | http://evil.example         | 403",
        "evil.example   | http://localhost            | 403",
      })
  void whereIdentityIsClaimedOnlyThisMachineAndWhatWasAdded(String host, String origin, int status)
      throws IOException {
    assertThat(upgrade(CLAIMED, host, "Origin: " + origin).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1", "Sec-WebSocket-Protocol: chat"})
  void nullIsForClassicOnly(String offer) throws IOException {
    int port = CLAIMED.port();
    String header = offer.equals("V1") ? V1 : offer;

    assertThat(HttpReply.upgrade(port, "127.0.0.1", "Origin: null").status()).isEqualTo(101);
    assertThat(HttpReply.upgrade(port, "127.0.0.1", "Origin: null", header).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat.example      | http://chat.example             | 101",
        "CHAT.example:80   | http://chat.example             | 101",
        "chat.example:8001 | http://chat.example:8001        | 101",
        "[::1]:8001        | http://[::1]:8001               | 101",
        "chat.example.     | http://chat.example.            | 101",
        "chat.example      | https://app.example             | 101",
        "chat.example      | http://app.example:8080         | 101",
        "chat.example      | capacitor://localhost           | 101",
        // another site
        "chat.example      | http://evil.example             | 403",
        "chat.example      | http://localhost                | 403",
        "127.0.0.1:8001    | http://127.0.0.1:3000           | 403",
        "chat.example      | null                            | 403",
        "chat.example      | http://chat.example.evil        | 403",
        "chat.example      | http://evil-chat.example        | 403",
        "chat.example      | http://evil.chat.example        | 403",
        "chat.example      | https://app.example.evil        | 403",
        "chat.example      | https://evil.app.example        | 403",
        "chat.example      | https://app.exampleevil         | 403",
        "chat.example      | https://app.example.            | 403",
        "chat.example      | http://chat.example.            | 403",
        // another scheme
        "chat.example      | https://chat.example            | 403",
        "chat.example      | http://app.example              | 403",
        "chat.example      | ws://chat.example               | 403",
        "chat.example      | wss://app.example               | 403",
        "chat.example      | file://                         | 403",
        // another port
        "chat.example      | http://chat.example:8001        | 403",
        "chat.example:8001 | http://chat.example             | 403",
        "chat.example:8001 | http://chat.example:8002        | 403",
        "chat.example      | https://app.example:8443        | 403",
        "chat.example      | https://app.example:0           | 403",
        "chat.example      | https://app.example:65979       | 403",
        // not as a browser writes it
        "chat.example      | https://app.example:443         | 403",
        "chat.example      | https://app.example:0443        | 403",
        "chat.example      | https://app.example:            | 403",
        "chat.example      | http://chat.example:80          | 403",
        "chat.example      | http://chat.example:080         | 403",
        "chat.example:8001 | http://chat.example:08001       | 403",
        "chat.example      | HTTPS://app.example             | 403",
        "chat.example      | https://APP.EXAMPLE             | 403",
        "chat.example      | http://Chat.Example             | 403",
        "chat.example      | https://app.example/            | 403",
        "chat.example      | https://app.example/path        | 403",
        "chat.example      | https://app.example?            | 403",
        "chat.example      | https://app.example#            | 403",
        "chat.example      | https://app.example@evil        | 403",
        "chat.example      | https://app.example:443@evil    | 403",
        "chat.example      | https://user@app.example        | 403",
        "chat.example      | https://app%2eexample           | 403",
        "chat.example      | https:app.example               | 403",
        "chat.example      | //app.example                   | 403",
        "chat.example      | app.example                     | 403",
        "chat.example      | *                               | 403",
        "chat.example      | https://*                       | 403",
        "chat.example      | https://evil, https://app.example | 403",
        "chat.example      | https://app.example https://evil  | 403",
      })
  void whereItIsProvedTheSameOriginAndWhatWasAdded(String host, String origin, int status)
      throws IOException {
    assertThat(upgrade(PROVED, host, "Origin: " + origin).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat.example      | https://chat.example      | 101",
        "chat.example:443  | https://chat.example      | 101",
        "chat.example:8443 | https://chat.example:8443 | 101",
        "chat.example      | http://chat.example       | 101",
        "chat.example:8443 | https://chat.example      | 403",
        "chat.example      | https://chat.example:8443 | 403",
        "chat.example      | https://chat.example.evil | 403",
        "chat.example      | null                      | 403",
      })
  void behindAProxyThatEndsTlsItIsHttpsToo(String host, String origin, int status)
      throws IOException {
    assertThat(upgrade(PROXIED, host, "Origin: " + origin).status()).isEqualTo(status);
  }

  @Test
  void twoOriginsOrAnEmptyOneAreForbiddenEvenIfEachIsKnown() throws IOException {
    String known = "Origin: https://app.example";
    for (ImServer server : new ImServer[] {CLAIMED, PROVED}) {
      assertThat(upgrade(server, "127.0.0.1", known).status()).isEqualTo(101);
      assertThat(upgrade(server, "127.0.0.1", known, known).status()).isEqualTo(403);
      assertThat(upgrade(server, "127.0.0.1", "Origin:").status()).isEqualTo(403);
    }
  }

  @Test
  void aProgramNamesNoOriginAndIsLetIn() throws IOException {
    assertThat(upgrade(CLAIMED, "127.0.0.1").status()).isEqualTo(101);
    assertThat(upgrade(PROVED, "whatever.example:1").status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "chat.example:",
        "chat.example:0",
        "chat.example:080",
        "chat.example:65536",
        "chat.example:http",
        "user@chat.example",
        "chat.example/",
        "chat example",
        "chat.example, evil.example",
        "[::1",
        "http://chat.example",
      })
  void aHostThatIsNoneIsABadRequest(String host) throws IOException {
    assertThat(upgrade(PROVED, host).status()).isEqualTo(400);
    assertThat(HttpReply.to(PROVED.port(), "GET / HTTP/1.1", "Host: " + host).status())
        .isEqualTo(400);
  }

  @Test
  void twoHostsOrNoneAreABadRequest() throws IOException {
    int port = PROVED.port();
    String[] one = {"GET / HTTP/1.1", "Host: a.example"};
    String[] two = {"GET / HTTP/1.1", "Host: a.example", "Host: a.example"};

    assertThat(HttpReply.to(port, one).status()).isEqualTo(200);
    assertThat(HttpReply.to(port, two).status()).isEqualTo(400);
    assertThat(HttpReply.to(port, "GET / HTTP/1.1").status()).isEqualTo(400);
    assertThat(HttpReply.to(port, "GET / HTTP/1.0").status()).isEqualTo(400);
    assertThat(HttpReply.to(port, "GET http://b.example/ HTTP/1.1", "Host: a.example").status())
        .isEqualTo(400);
    assertThat(HttpReply.to(port, "GET http://A.example:80/ HTTP/1.1", "Host: a.example").status())
        .isEqualTo(200);
  }

  @Test
  void whereIdentityIsProvedClassicIsNotSpoken() throws IOException {
    HttpReply reply = HttpReply.upgrade(PROVED.port(), "chat.example");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("im.v1").doesNotContain("classic");
  }

  @Test
  void andItIsTheAuthenticatorWhoSaysWhoSomebodyIs() throws IOException {
    String offer = V1 + "\r\n";
    try (RawWebSocket alice = RawWebSocket.open(PROVED.port(), "/ws", 0, offer);
        RawWebSocket liar = RawWebSocket.open(PROVED.port(), "/ws", 0, offer)) {
      alice.text("{\"type\":\"hello\",\"token\":\"alice\"}");
      assertThat(alice.nextText()).contains("\"welcome\"", "\"alice\"");
      liar.text("{\"type\":\"hello\",\"user\":\"alice\"}");
      assertThat(liar.nextText()).contains("\"unauthenticated\"");
      assertThat(liar.nextText()).isEqualTo("(close 4401)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "null",
        "app.example",
        "https://",
        "https://*.example",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example:",
        "https://app.example:0",
        "https://app.example:65536",
        "https://user@app.example",
        "https://b\u00fccher.example",
        "https://app.example https://other.example",
      })
  void whatIsNoOriginCannotBeAdded(String origin) {
    assertThatThrownBy(() -> ImServer.builder().origin(origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scheme://host");
  }

  @Test
  void classicCannotBeHadTogetherWithAProof() {
    assertThatThrownBy(() -> ImServer.builder().classic(true).authenticator(PROOF).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("classic");
    assertThatThrownBy(() -> ImHandler.builder().classic(true).authenticator(PROOF).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("classic");
  }

  @Test
  void classicCanBeSwitchedOff() throws IOException {
    try (ImServer server = ImServer.builder().port(0).classic(false).build()) {
      server.start();

      assertThat(HttpReply.upgrade(server.port(), "127.0.0.1").status()).isEqualTo(400);
      assertThat(upgrade(server, "127.0.0.1").status()).isEqualTo(101);
    }
  }

  @Test
  void anAddressThatOthersReachAsksForAProofAndForTlsOrAProxy() {
    assertThatThrownBy(() -> ImServer.builder().host("0.0.0.0").plaintext(true).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
    assertThatThrownBy(() -> ImServer.builder().host("0.0.0.0").authenticator(PROOF).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("0.0.0.0", "certificate", "plaintext");
    ImServer.builder().host("0.0.0.0").authenticator(PROOF).plaintext(true).build().close();
  }

  private static HttpReply upgrade(ImServer server, String host, String... headers)
      throws IOException {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    all[0] = V1;
    return HttpReply.upgrade(server.port(), host, all);
  }
}
