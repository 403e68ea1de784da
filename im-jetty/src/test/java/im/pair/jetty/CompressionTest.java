package im.pair.jetty;

import static im.pair.jetty.FrameBytes.cut;
import static im.pair.jetty.FrameBytes.frame;
import static im.pair.jetty.FrameBytes.hex;
import static im.pair.jetty.FrameBytes.join;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.testkit.Await;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate, RFC 7692: where it is on, what it may cost, and that it is off otherwise. */
@Timeout(60)
class CompressionTest {
  private static final String OFFER = "permessage-deflate";
  private static final String HELLO = "hello, ".repeat(20);
  private static final int COMPRESSED = 0xC1; // FIN, RSV1, text
  private static final int COMPRESSED_MORE = 0x41;

  private final LogWatch log = new LogWatch();
  private final RecordedEndings endings = new RecordedEndings();
  private final ImServer server =
      ImServer.builder()
          .port(0)
          .limits(ServerLimits.DEFAULTS.withCompression(true).withBufferBytes(64 << 20))
          .endings(endings)
          .classicProtocol(EchoProtocol::new)
          .build();

  @BeforeEach
  void start() throws IOException {
    server.start();
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
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=10; client_no_context_takeover",
        "permessage-deflate; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
        "x-webkit-deflate-frame, permessage-deflate",
      })
  void itIsAgreedUponWithoutContextTakeover(String offer) throws IOException {
    assertThat(answerTo(server, offer))
        .contains("permessage-deflate")
        .contains("client_no_context_takeover")
        .contains("server_no_context_takeover")
        .doesNotContain("window_bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; unknown",
        "permessage-deflate; @inflate_buffer_size=100000000; server_max_window_bits=15",
        "identity",
        "x-webkit-deflate-frame",
        ";;=,",
      })
  void whatIsNotUnderstoodIsNotAgreedUpon(String offer) throws IOException {
    assertThat(answerTo(server, offer)).isEmpty();
  }

  @Test
  void itIsOffUnlessItIsAskedFor() throws IOException {
    try (ImServer plain = ImServer.builder().port(0).build()) {
      plain.start();
      assertThat(answerTo(plain, OFFER)).isEmpty();
    }
  }

  @Test
  void messagesAreCompressedEachByItself() throws IOException {
    try (RawWebSocket client = open()) {
      for (String text : List.of(HELLO, HELLO, "x".repeat(65_536), "é€👍".repeat(1_000))) {
        client.bytes(frame(COMPRESSED, Deflated.text(text)));

        RawWebSocket.Frame echo = client.next();
        assertThat(echo.compressed()).isTrue();
        assertThat(echo.payload().length).isLessThan(500);
        assertThat(Deflated.textOf(echo)).isEqualTo(text);
      }
    }
  }

  @Test
  void shortMessagesAreSentAsTheyAre() throws IOException {
    try (RawWebSocket client = open()) {
      for (String text : List.of("", "hello")) {
        client.bytes(frame(COMPRESSED, Deflated.text(text)));

        RawWebSocket.Frame echo = client.next();
        assertThat(echo.compressed()).isFalse();
        assertThat(echo.text()).isEqualTo(text);
      }
    }
  }

  @Test
  void aMessageMayComeInPiecesWithAPingBetween() throws IOException {
    try (RawWebSocket client = open()) {
      byte[] deflated = Deflated.text(HELLO);
      client.bytes(frame(COMPRESSED_MORE, Arrays.copyOf(deflated, 3)));
      client.bytes(frame(0x89, "ping"));
      client.bytes(frame(0x80, Arrays.copyOfRange(deflated, 3, deflated.length)));

      assertThat(client.next().text()).isEqualTo("ping");
      assertThat(Deflated.textOf(client.next())).isEqualTo(HELLO);
    }
  }

  @Test
  void aClientNeedNotCompress() throws IOException {
    try (RawWebSocket client = open()) {
      client.text(HELLO);
      assertThat(Deflated.textOf(client.next())).isEqualTo(HELLO);
      client.bytes(cut(FrameBytes.utf8(HELLO), 2));
      assertThat(Deflated.textOf(client.next())).isEqualTo(HELLO);
    }
  }

  @Test
  void aBlockMayCallItselfTheLast() throws IOException {
    try (RawWebSocket client = open()) {
      byte[] block = Deflated.lastBlock(HELLO);
      byte[] end = {0};
      client.bytes(frame(COMPRESSED, join(block, end)));
      assertThat(Deflated.textOf(client.next())).isEqualTo(HELLO);
      client.bytes(frame(COMPRESSED, join(block, block, end)));
      assertThat(Deflated.textOf(client.next())).isEqualTo(HELLO + HELLO);
    }
  }

  @Test
  void manyMessagesOfAllSizesArriveWholeAndInOrder() throws IOException {
    int[] sizes = {0, 1, 63, 64, 4_000, 8_191, 8_192, 8_193, 40_000, 65_536};
    try (RawWebSocket client = open()) {
      for (int i = 0; i < 500; i++) {
        client.bytes(frame(COMPRESSED, Deflated.text(text(i, sizes[i % sizes.length]))));
      }
      for (int i = 0; i < 500; i++) {
        assertThat(Deflated.textOf(client.next())).isEqualTo(text(i, sizes[i % sizes.length]));
      }
    }
  }

  /** Not easy to compress. */
  private static String text(int number, int size) {
    StringBuilder text = new StringBuilder(size);
    Random random = new Random(number);
    while (text.length() < size) {
      text.append((char) (' ' + random.nextInt(95)));
    }
    return text.toString();
  }

  @Test
  void theBoundHoldsOnWhatIsInflated() throws IOException {
    try (RawWebSocket client = open()) {
      client.bytes(frame(COMPRESSED, Deflated.text("x".repeat(65_537))));

      assertThat(client.readToClose()).isEqualTo(1009);
      Await.until("it is recorded", () -> endings.count(CloseReason.TOO_LARGE) == 1);
    }
  }

  @Test
  void whatInflatesToNothingWithoutEndIsTooLarge() throws IOException {
    try (RawWebSocket client = open()) {
      byte[] emptyBlocks = hex("000000FFFF".repeat(2_000_000));
      try {
        client.bytes(frame(COMPRESSED, emptyBlocks));
      } catch (IOException e) {
        // It was closed before all of it was sent.
      }

      Await.until("it is recorded", () -> endings.count(CloseReason.TOO_LARGE) == 1);
    }
  }

  @Test
  void whatBreaksTheRulesIsClosed() throws IOException {
    closes(1002, "a reserved bit that is not agreed upon", frame(0xE1, "hello"));
    closes(1002, "a compressed ping", frame(0xC9, ""));
    closes(1002, "a compressed piece", join(frame(0x41, ""), frame(0xC0, "")));
    closes(1003, "a compressed binary message", frame(0xC2, Deflated.text("hello")));
    closes(1007, "what is not deflated", frame(COMPRESSED, hex("FFFFFF")));
    closes(1007, "what inflates to no UTF-8", frame(COMPRESSED, Deflated.repeated(hex("FF"), 1)));
  }

  private void closes(int code, String what, byte[] frames) throws IOException {
    try (RawWebSocket client = open()) {
      client.bytes(frames);
      assertThat(client.readToClose()).as(what).isEqualTo(code);
    }
  }

  private RawWebSocket open() throws IOException {
    return RawWebSocket.open(server.port(), "/", 0, "Sec-WebSocket-Extensions: " + OFFER + "\r\n");
  }

  /** What a server agrees to, if anything. */
  private static String answerTo(ImServer server, String offer) throws IOException {
    HttpReply reply =
        HttpReply.upgrade(
            server.port(), "127.0.0.1:" + server.port(), "Sec-WebSocket-Extensions: " + offer);
    assertThat(reply.status()).isEqualTo(101);
    return reply.header("Sec-WebSocket-Extensions");
  }
}
