package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.FramingTable.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455, frame by frame: {@link FramingTable} over real sockets. */
@Timeout(60)
class FramingTableTest {
  private static final String LAST = "the last text";

  private static final LogWatch LOG = new LogWatch();
  private static final ImServer SERVER =
      ImServer.builder().port(0).classicProtocol(EchoProtocol::new).build();

  @BeforeAll
  static void start() throws IOException {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    LOG.assertQuiet();
    LOG.close();
  }

  static List<Case> cases() {
    return FramingTable.cases();
  }

  @Test
  void theTableIsLong() {
    assertThat(cases()).hasSizeGreaterThan(200);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOutcomeIsThatOfTheTable(Case one) throws IOException {
    try (RawWebSocket client = RawWebSocket.open(SERVER.port())) {
      send(client, one.packets());
      assertThat(heard(client)).isEqualTo(one.outcome());
    }
  }

  @Test
  void framesMayComeWithTheRequest() throws IOException {
    try (RawWebSocket client = RawWebSocket.connect(SERVER.port(), "127.0.0.1", 0)) {
      byte[] request = FrameBytes.utf8(RawWebSocket.upgrade(SERVER.port(), "/") + "\r\n");
      client.bytes(FrameBytes.join(request, FrameBytes.frame(0x81, "a"), FrameBytes.hex("81")));
      client.readUpgrade();
      client.bytes(FrameBytes.hex("8100000000" + "62"));

      assertThat(client.nextText()).isEqualTo("a");
      assertThat(client.nextText()).isEqualTo("b");
    }
  }

  private static void send(RawWebSocket client, List<byte[]> packets) {
    try {
      for (byte[] packet : packets) {
        client.bytes(packet);
      }
      client.text(LAST);
    } catch (IOException e) {
      // It has been closed meanwhile, which is for the reader to find out.
    }
  }

  /** What comes until the echo of the last text, or until the end of the connection. */
  private static String heard(RawWebSocket client) throws IOException {
    List<String> heard = new ArrayList<>();
    RawWebSocket.Frame frame = client.next();
    while (frame != null && !frame.text().equals(LAST)) {
      heard.add(describe(frame));
      frame = client.next();
    }
    boolean closed = !heard.isEmpty() && heard.get(heard.size() - 1).startsWith("close");
    if (closed != (frame == null)) {
      heard.add(closed ? "(and lives on)" : "(end)");
    }
    return String.join(" ", heard);
  }

  private static String describe(RawWebSocket.Frame frame) {
    return switch (frame.opcode()) {
      case RawWebSocket.TEXT -> shown("text ", frame);
      case RawWebSocket.PONG -> "pong " + shown("", frame);
      case RawWebSocket.CLOSE -> frame.payload().length == 0 ? "close" : "close " + frame.code();
      default -> "opcode " + frame.opcode();
    };
  }

  private static String shown(String type, RawWebSocket.Frame frame) {
    byte[] payload = frame.payload();
    if (payload.length > FramingTable.SHOWN_WHOLE) {
      return type + "of " + payload.length;
    }
    boolean utf8 = Arrays.equals(frame.text().getBytes(UTF_8), payload);
    return utf8 ? "'" + frame.text() + "'" : HexFormat.of().formatHex(payload);
  }
}
