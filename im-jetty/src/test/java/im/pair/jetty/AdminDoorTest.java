package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.testkit.Await;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who run a server may ask it, and who else may not. */
@Timeout(60)
class AdminDoorTest {
  private static final String FIGURES = "# TYPE im_connections gauge\nim_connections 0.0\n";

  private final AtomicReference<CompletableFuture<Void>> check =
      new AtomicReference<>(CompletableFuture.completedFuture(null));
  private ImServer server;

  private ImServer.Builder builder() {
    return ImServer.builder().port(0).readiness(check::get).metrics(() -> FIGURES);
  }

  private void start(ImServer.Builder builder) throws IOException {
    server = builder.build();
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void onTheServersPortThisMachineMayAsk() throws IOException {
    start(builder());

    HttpReply ready = HttpReply.get(server.port(), "/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body()).isEqualTo("ready\n");
    HttpReply metrics = HttpReply.get(server.port(), "/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.header("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body()).isEqualTo(FIGURES);
    assertThat(HttpReply.get(server.port(), "/healthz").body()).isEqualTo("ok\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 203.0.113.7",
        "x-forwarded-for: 127.0.0.1",
        "Forwarded: for=203.0.113.7",
        "X-Forwarded-Host: chat.example",
        "X-Real-IP: 203.0.113.7",
        "Via: 1.1 proxy",
      })
  void throughAProxyOnThisMachineNothingIsThere(String header) throws IOException {
    start(builder());
    HttpReply unknown = HttpReply.get(server.port(), "/nothing", header);

    for (String path : new String[] {"/readyz", "/metrics"}) {
      HttpReply reply = HttpReply.get(server.port(), path, header);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body()).isEqualTo(unknown.body());
    }
    assertThat(HttpReply.get(server.port(), "/healthz", header).status()).isEqualTo(200);
  }

  /** All that comes through a proxy may look as if it came from this machine. */
  @Test
  void behindAProxyTheServersPortAnswersNobody() throws IOException {
    start(
        builder()
            .authenticator(credentials -> CompletableFuture.completedFuture(null))
            .plaintext(true));

    assertThat(HttpReply.get(server.port(), "/metrics").status()).isEqualTo(404);
    assertThat(HttpReply.get(server.port(), "/readyz").status()).isEqualTo(404);
    assertThat(HttpReply.get(server.port(), "/healthz").status()).isEqualTo(200);
  }

  /** Many a proxy hands on what its clients asked for, and nothing else. */
  @Test
  void underAnotherNameNothingIsThere() throws IOException {
    start(builder().authenticator(credentials -> CompletableFuture.completedFuture(null)));

    for (String path : new String[] {"/readyz", "/metrics"}) {
      HttpReply reply =
          HttpReply.to(server.port(), "GET " + path + " HTTP/1.1", "Host: chat.example.org");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(HttpReply.get(server.port(), path).status()).isEqualTo(200);
    }
  }

  /** A client of LocalConnector has no address, and so not one of this machine. */
  @Test
  void fromElsewhereNothingIsThere() throws Exception {
    Server jetty = new Server();
    LocalConnector connector = new LocalConnector(jetty);
    jetty.addConnector(connector);
    jetty.setHandler(
        ImHandler.builder()
            .authenticator(credentials -> CompletableFuture.completedFuture(null)) // all may come
            .metrics(() -> FIGURES)
            .build());
    jetty.start();
    try {
      String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      assertThat(connector.getResponse("GET /metrics" + head)).startsWith("HTTP/1.1 404");
      assertThat(connector.getResponse("GET /readyz" + head)).startsWith("HTTP/1.1 404");
      assertThat(connector.getResponse("GET /healthz" + head)).startsWith("HTTP/1.1 200");
    } finally {
      jetty.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3:9001", "pod.example", "127.0.0.1", "[2001:db8::1]:1"})
  void anAdminPortAnswersWhateverHostItIsCalled(String host) throws IOException {
    start(builder().adminPort(0));
    String[] lines = {"GET /readyz HTTP/1.1", "Host: " + host, "X-Forwarded-For: 203.0.113.7"};

    HttpReply reply = HttpReply.to(server.adminPort(), lines);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void anAdminPortIsForNothingElse() throws IOException {
    start(builder().adminPort(0));
    int port = server.adminPort();

    assertThat(port).isNotEqualTo(server.port());
    assertThat(HttpReply.get(port, "/healthz").body()).isEqualTo("ok\n");
    assertThat(HttpReply.get(port, "/metrics").body()).isEqualTo(FIGURES);
    assertThat(HttpReply.get(port, "/").status()).isEqualTo(404);
    assertThat(HttpReply.upgrade(port, "127.0.0.1").status()).isEqualTo(404);
    HttpReply post = HttpReply.to(port, "POST /readyz HTTP/1.1", "Host: a", "Content-Length: 0");
    assertThat(post.status()).isEqualTo(405);
  }

  @Test
  void withAnAdminPortTheServersPortAnswersNobody() throws IOException {
    start(builder().adminPort(0));

    assertThat(HttpReply.get(server.port(), "/readyz").status()).isEqualTo(404);
    assertThat(HttpReply.get(server.port(), "/metrics").status()).isEqualTo(404);
    assertThat(HttpReply.get(server.port(), "/healthz").status()).isEqualTo(200);
    assertThat(HttpReply.to(server.port(), "GET /healthz HTTP/1.1", "Host: pod.example").status())
        .isEqualTo(403);
  }

  @Test
  void withoutFiguresThereAreNoMetrics() throws IOException {
    start(ImServer.builder().port(0));

    assertThat(HttpReply.get(server.port(), "/metrics").status()).isEqualTo(404);
    assertThat(HttpReply.get(server.port(), "/readyz").status()).isEqualTo(200);
    assertThatThrownBy(server::adminPort).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCheckThatFailsIsSaidInOneLineWith503() throws IOException {
    check.set(CompletableFuture.failedFuture(new IOException("the disk is full")));
    start(builder());

    HttpReply reply = HttpReply.get(server.port(), "/readyz");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).isEqualTo("not ready: the disk is full\n");
  }

  @Test
  void anAnswerMayTakeItsTime() throws Exception {
    check.set(new CompletableFuture<>());
    start(builder());
    CompletableFuture<HttpReply> asking =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return HttpReply.get(server.port(), "/readyz");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    check.get().complete(null);

    assertThat(asking.get().body()).isEqualTo("ready\n");
  }

  @Test
  void whileTheServerSaysGoodByeTheAdminPortSaysThatItDrains() throws Exception {
    start(builder().adminPort(0));
    int port = server.port();
    int adminPort = server.adminPort();
    Thread closing = new Thread(server::close);
    try (RawWebSocket client = RawWebSocket.open(port)) {
      client.text(join("alice", "bob"));
      assertThat(HttpReply.get(adminPort, "/readyz").status()).isEqualTo(200);
      closing.start();
      assertThat(client.readToClose()).isEqualTo(4503); // and it does not answer

      HttpReply reply = HttpReply.get(adminPort, "/readyz");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.body()).isEqualTo("not ready: draining\n");
      assertThat(HttpReply.get(adminPort, "/metrics").body()).isEqualTo(FIGURES);
      assertThatThrownBy(() -> RawWebSocket.open(port)).isInstanceOf(IOException.class);
    }
    closing.join(20_000);
    assertThatThrownBy(() -> HttpReply.get(adminPort, "/readyz")).isInstanceOf(IOException.class);
  }

  @Test
  void anAdminPortThatIsTakenIsSaidWithItsNumberAndTheOtherIsFreeAgain() throws IOException {
    start(ImServer.builder().port(0));
    int taken = server.port();
    try (ImServer other = ImServer.builder().port(0).adminPort(taken).build()) {
      assertThatThrownBy(other::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + taken);
      assertThatThrownBy(other::port).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void anAdminPortThatDoesNotExistIsRefused(int port) {
    assertThatThrownBy(() -> ImServer.builder().adminPort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65535");
  }

  @Test
  void aServerThatIsNotReadyBecomesReadyByItself() throws IOException {
    check.set(CompletableFuture.failedFuture(new IOException("the disk is full")));
    start(builder());
    assertThat(HttpReply.get(server.port(), "/readyz").status()).isEqualTo(503);

    check.set(CompletableFuture.completedFuture(null));

    Await.until("it is ready", () -> isReady(server.port()));
  }

  private static boolean isReady(int port) {
    try {
      return HttpReply.get(port, "/readyz").status() == 200;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
