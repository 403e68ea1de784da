package im.pair.jetty;

import static im.pair.jetty.Siege.LONG;
import static im.pair.jetty.Siege.PATIENT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.Endings.Ending;
import im.pair.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Sockets} under TLS; the deadline is not waited for, since a handshake may take a while.
 */
@Timeout(60)
class SocketsOverTlsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.selfSigned("EC", "a server");

  private final LogWatch log = new LogWatch();
  private final RecordedEndings endings = new RecordedEndings();
  @TempDir private Path directory;
  private ImServer server;

  @AfterEach
  void stop() {
    server.close();
    log.assertQuiet();
    log.close();
  }

  @Test
  void whoDoesNotShakeHandsOrAsksNothingIsCutOffAndWhoWasUpgradedIsNot() throws IOException {
    start(PATIENT);
    try (RawWebSocket client = RawWebSocket.over(connect());
        RawWebSocket silent = RawWebSocket.connect(server.port(), "127.0.0.1", 0);
        RawWebSocket half = RawWebSocket.over(connect())) {
      client.bytes((RawWebSocket.upgrade(server.port(), "/") + "\r\n").getBytes(US_ASCII));
      client.readUpgrade();
      half.bytes("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
      Await.until("it is connected", () -> server.clients() == 1);
      Await.until("all are accepted", () -> server.sockets() == 3);
      server.look(System.nanoTime() + LONG.toNanos());

      assertThat(silent.readAll()).isEmpty();
      assertThat(half.readAll()).isEmpty();
      client.frame(RawWebSocket.PING, true, new byte[0]);
      assertThat(client.next().opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(endings.all()).containsExactly(Ending.NO_REQUEST, Ending.NO_REQUEST);
    }
  }

  @Test
  void theRefusedAreToldNothing() throws IOException {
    start(PATIENT.withConnections(2, 0));
    try (Socket one = connect();
        Socket two = connect();
        RawWebSocket three = RawWebSocket.connect(server.port(), "127.0.0.1", 0)) {
      assertThat(three.readAll()).isEmpty();
      assertThat(endings.all()).containsExactly(Ending.REFUSED);
    }
    Await.until("they are not counted any more", () -> server.sockets() == 0);
  }

  private void start(ServerLimits limits) throws IOException {
    Path certificate = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    CERTIFICATE.write(certificate, key);
    server =
        ImServer.builder().port(0).tls(certificate, key).limits(limits).endings(endings).build();
    server.start();
  }

  private Socket connect() throws IOException {
    return TestCertificate.trusting(CERTIFICATE)
        .getSocketFactory()
        .createSocket(InetAddress.getLoopbackAddress(), server.port());
  }
}
