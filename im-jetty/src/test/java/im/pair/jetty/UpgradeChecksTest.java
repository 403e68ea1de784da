package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what the rest is told. */
@Timeout(60)
class UpgradeChecksTest {
  private final LogWatch log = new LogWatch();
  private final ImServer server = ImServer.builder().port(0).build();
  private int port;

  @BeforeEach
  void start() throws IOException {
    server.start();
    port = server.port();
  }

  @AfterEach
  void stop() {
    server.close();
    log.assertQuiet();
    log.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:8001",
        "localhost",
        "LocalHost:80",
        "[::1]",
        "[::1]:65535",
      })
  void aHostOfThisMachineIsLetIn(String host) throws IOException {
    assertThat(HttpReply.upgrade(port, host).status()).isEqualTo(101);
    assertThat(get("/healthz", host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8001",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "127.0.0.2",
        "10.0.0.1",
        "0.0.0.0",
        "[::]",
        "[::2]:8001",
      })
  void anotherHostIsForbiddenEverywhere(String host) throws IOException {
    assertThat(HttpReply.upgrade(port, host).status()).isEqualTo(403);
    for (String path : List.of("/", "/healthz", "/im/strings.js", "/nothing")) {
      assertThat(get(path, host).status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void noHostOrTwoAreRefused() throws IOException {
    assertThat(HttpReply.to(port, "GET / HTTP/1.1").status()).isIn(400, 403);
    assertThat(HttpReply.to(port, "GET / HTTP/1.0").status()).isEqualTo(403);
    assertThat(HttpReply.to(port, "GET / HTTP/1.1", "Host: 127.0.0.1", "Host: localhost").status())
        .isIn(400, 403);
  }

  @Test
  void anotherHostInTheRequestLineIsRefused() throws IOException {
    HttpReply reply = HttpReply.to(port, "GET http://evil.example/ HTTP/1.1", "Host: 127.0.0.1");

    assertThat(reply.status()).isIn(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8001",
        "http://localhost",
        "https://localhost:8443",
        "HTTP://LOCALHOST:3000",
        "http://[::1]:8001",
        "null",
      })
  void aPageOfThisMachineIsLetIn(String origin) throws IOException {
    assertThat(HttpReply.upgrade(port, "127.0.0.1", "Origin: " + origin).status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://127.0.0.1.evil.example",
        "http://localhost.evil.example:8001",
        "http://evil.example#http://localhost",
        "http://localhost@evil.example",
        "http://127.0.0.1:8001/",
        "file://",
        "ftp://localhost",
        "chrome-extension://abcdefgh",
        "localhost",
        "NULL",
        "null, http://localhost",
        "http://localhost http://localhost",
      })
  void anotherPageIsForbidden(String origin) throws IOException {
    assertThat(HttpReply.upgrade(port, "127.0.0.1", "Origin: " + origin).status()).isEqualTo(403);
  }

  @Test
  void twoOriginsOrAnEmptyOneAreForbidden() throws IOException {
    assertThat(HttpReply.upgrade(port, "127.0.0.1", "Origin: null", "Origin: null").status())
        .isEqualTo(403);
    assertThat(HttpReply.upgrade(port, "127.0.0.1", "Origin:").status()).isEqualTo(403);
  }

  @Test
  void noExtensionIsNegotiated() throws IOException {
    HttpReply reply =
        HttpReply.upgrade(
            port,
            "127.0.0.1",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
            "Sec-WebSocket-Extensions: fragment; maxLength=1, identity");

    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("Sec-WebSocket-Extensions")).isEmpty();
  }

  @Test
  void theWordWebsocketIsTakenInAnyCase() throws IOException {
    String upgrade = RawWebSocket.upgrade(port, "/").replace(": websocket", ": WebSocket");
    try (RawWebSocket client = RawWebSocket.connect(port, "127.0.0.1", 0)) {
      client.bytes((upgrade + "\r\n").getBytes(StandardCharsets.US_ASCII));

      assertThat(client.readUpgrade()).contains("101");
    }
  }

  @Test
  void anotherVersionIsToldWhichOneIsSpoken() throws IOException {
    HttpReply reply = HttpReply.upgrade(port, "127.0.0.1", "Sec-WebSocket-Version: 8");

    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.header("Sec-WebSocket-Version")).isEqualTo("13");
  }

  @Test
  void anUpgradeElsewhereFindsNothing() throws IOException {
    HttpReply reply = HttpReply.get(port, "/im/", "Connection: Upgrade", "Upgrade: websocket");

    assertThat(reply.status()).isEqualTo(404);
  }

  @Test
  void theWebSocketsPathSaysWhatItIsFor() throws IOException {
    assertThat(HttpReply.get(port, "/ws").status()).isEqualTo(426);
  }

  @Test
  void anUpgradeWithoutItsKeyIsABadRequest() throws IOException {
    HttpReply reply =
        HttpReply.to(
            port,
            "GET /ws HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13");

    assertThat(reply.status()).isEqualTo(400);
    assertPlain(reply);
  }

  @Test
  void healthzSaysThatItLives() throws IOException {
    HttpReply reply = HttpReply.get(port, "/healthz");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/plain");
    assertThat(reply.body()).isEqualTo("ok\n");
  }

  @Test
  void headIsGetWithoutABody() throws IOException {
    HttpReply reply = HttpReply.to(port, "HEAD / HTTP/1.1", "Host: localhost");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(Integer.parseInt(reply.header("Content-Length"))).isPositive();
    assertThat(reply.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
  void otherMethodsAreNotAllowed(String method) throws IOException {
    HttpReply reply = HttpReply.to(port, method + " / HTTP/1.1", "Host: localhost");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/index.html",
        "/im",
        "/im/",
        "/im/index.html",
        "/im/nothing.js",
        "/im/.hidden",
        "/META-INF/MANIFEST.MF",
        "/im/im/index.html",
        "/healthz/",
        "/ws/",
      })
  void elsewhereIsNothing(String path) throws IOException {
    HttpReply reply = HttpReply.get(port, path);

    assertThat(reply.status()).isEqualTo(404);
    assertPlain(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/im//index.html",
        "/im/../../../logback.xml",
        "/im/..%2f..%2f..%2flogback.xml",
        "/im/%2e%2e/%2e%2e/%2e%2e/logback.xml",
        "/im/..;/..;/logback.xml",
        "/im/index.html%00.js",
        "/im/..\\..\\logback.xml",
        "/%",
        "/im/%ff",
      })
  void noPathLeadsOutOfTheFolder(String path) throws IOException {
    HttpReply reply = HttpReply.get(port, path);

    assertThat(reply.status()).isIn(400, 404);
    assertPlain(reply);
  }

  @Test
  void everyReplyIsHardenedAndTellsNothingAboutTheServer() throws IOException {
    for (HttpReply reply :
        List.of(
            HttpReply.get(port, "/"),
            HttpReply.get(port, "/im/strings.js"),
            HttpReply.get(port, "/healthz"),
            HttpReply.get(port, "/nothing"),
            HttpReply.get(port, "/%"),
            get("/", "evil.example"),
            HttpReply.upgrade(port, "127.0.0.1"),
            HttpReply.upgrade(port, "evil.example"),
            HttpReply.to(port, "POST / HTTP/1.1", "Host: localhost"),
            HttpReply.to(port, "GET / HTTP/9.9", "Host: localhost"),
            HttpReply.to(port, "GET / HTTP/1.1", "Host: localhost", "X: " + "x".repeat(20_000)),
            HttpReply.toBytes(port, "rubbish\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
      String line = reply.head().get(0);
      assertThat(reply.header("Content-Security-Policy"))
          .as(line)
          .contains("default-src 'none'", "frame-ancestors 'none'", "connect-src 'self'");
      assertThat(reply.header("X-Content-Type-Options")).as(line).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).as(line).isEqualTo("no-referrer");
      assertThat(reply.header("Cache-Control")).as(line).isIn("no-cache", "no-store");
      assertThat(reply.header("Server")).as(line).isEmpty();
      assertThat(String.join("\n", reply.head()).toLowerCase(Locale.ROOT)).doesNotContain("jetty");
    }
  }

  private HttpReply get(String path, String host) throws IOException {
    return HttpReply.to(port, "GET " + path + " HTTP/1.1", "Host: " + host);
  }

  private static void assertPlain(HttpReply reply) {
    assertThat(reply.header("Content-Type")).startsWith("text/plain");
    assertThat(reply.body())
        .hasSizeLessThan(100)
        .doesNotContainIgnoringCase("jetty", "exception", "\tat ");
  }
}
