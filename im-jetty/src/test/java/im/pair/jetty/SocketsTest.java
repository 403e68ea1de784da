package im.pair.jetty;

import static im.pair.jetty.Siege.PATIENT;
import static im.pair.jetty.Siege.SHORT;
import static im.pair.jetty.Siege.SMALL;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.Endings.Ending;
import im.pair.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How long a socket may take over HTTP, and how many there may be. */
@Timeout(60)
class SocketsTest {
  private final LogWatch log = new LogWatch();
  private final RecordedEndings endings = new RecordedEndings();
  private ImServer server;

  @AfterEach
  void stop() {
    server.close();
    log.assertQuiet();
    log.close();
  }

  @Test
  void whoDoesNotEndTheHeaderIsCutOff() throws IOException {
    start(PATIENT.withHeader(SHORT));
    List<String> beginnings =
        List.of("", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: y");
    List<RawWebSocket> clients = new ArrayList<>();
    for (String beginning : beginnings) {
      clients.add(connect("127.0.0.1"));
      send(clients.get(clients.size() - 1), beginning);
    }

    for (RawWebSocket client : clients) {
      assertThat(client.readAll()).isEmpty();
      client.close();
    }
    assertThat(endings.all()).containsOnly(Ending.NO_REQUEST).hasSize(beginnings.size());
  }

  @Test
  void aConnectionThatIsKeptAliveEndsWhenNothingMoreIsAsked() throws IOException {
    start(PATIENT.withHeader(SHORT));
    try (RawWebSocket client = connect("127.0.0.1")) {
      send(client, get("/healthz") + get("/healthz") + "GET /heal");

      assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(3);
      assertThat(endings.all()).containsExactly(Ending.NO_REQUEST);
    }
  }

  @Test
  void whoDoesNotTakeTheAnswerIsCutOff() throws IOException {
    start(PATIENT.withProgress(SHORT));
    try (RawWebSocket client = RawWebSocket.connect(server.port(), "127.0.0.1", SMALL)) {
      send(client, get("/im/strings.js").repeat(5_000));

      Await.until("it is cut off", () -> endings.count(Ending.NOT_TAKEN) == 1);
    }
  }

  @Test
  void aBodyThatIsNotSentIsNotWaitedFor() throws IOException {
    start(PATIENT);
    try (RawWebSocket client = connect("127.0.0.1")) {
      send(client, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nx");

      assertThat(client.readAll()).startsWith("HTTP/1.1 405 ");
    }
  }

  @Test
  void whoWasUpgradedHasNoMoreHeadersToSend() throws IOException {
    start(PATIENT.withHeader(SHORT));
    try (RawWebSocket client = RawWebSocket.open(server.port());
        RawWebSocket idle = connect("127.0.0.1")) {
      assertThat(idle.readAll()).isEmpty();
      client.frame(RawWebSocket.PING, true, new byte[0]);

      assertThat(client.next().opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(endings.all()).containsExactly(Ending.NO_REQUEST);
    }
  }

  @Test
  void overTheCapOneIsRefusedAndWhoLeavesMakesRoom() throws IOException {
    start(PATIENT.withConnections(2, 0));
    try (RawWebSocket one = RawWebSocket.open(server.port())) {
      RawWebSocket two = RawWebSocket.open(server.port());
      try (RawWebSocket three = connect("127.0.0.1")) {
        assertThat(three.readAll()).startsWith("HTTP/1.1 503 ");
      }
      assertThat(endings.all()).containsExactly(Ending.REFUSED);
      two.leave();
      Await.until("there is room", () -> server.sockets() == 1);
      RawWebSocket.open(server.port()).leave();
      one.leave();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is this machine
  void anAddressHasItsOwnCap() throws IOException {
    start(PATIENT.withConnections(100, 1));
    try (RawWebSocket one = RawWebSocket.openFrom("127.0.0.1", server.port());
        RawWebSocket again = connect("127.0.0.1")) {
      assertThat(again.readAll()).startsWith("HTTP/1.1 503 ");
      RawWebSocket.openFrom("127.0.0.2", server.port()).leave();
      one.leave();
    }
  }

  private void start(ServerLimits limits) throws IOException {
    server =
        ImServer.builder().port(0).limits(limits).endings(endings).socketSendBytes(SMALL).build();
    server.start();
  }

  private RawWebSocket connect(String from) throws IOException {
    return RawWebSocket.connect(server.port(), from, 0);
  }

  private static void send(RawWebSocket client, String text) throws IOException {
    client.bytes(text.getBytes(US_ASCII));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  }
}
