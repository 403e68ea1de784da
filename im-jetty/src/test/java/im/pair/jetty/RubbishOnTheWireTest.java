package im.pair.jetty;

import static im.pair.jetty.RawWebSocket.BINARY;
import static im.pair.jetty.RawWebSocket.CLOSE;
import static im.pair.jetty.RawWebSocket.CONTINUATION;
import static im.pair.jetty.RawWebSocket.PING;
import static im.pair.jetty.RawWebSocket.PONG;
import static im.pair.jetty.RawWebSocket.TEXT;
import static im.pair.jetty.TextClient.joined;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes in, it gets its code or its close code, a pair beside it keeps talking, and
 * nothing is logged that would wake somebody up.
 */
@Timeout(60)
class RubbishOnTheWireTest {
  private static final byte[] END = {};

  private final LogWatch log = new LogWatch();
  private final ImServer server = ImServer.builder().port(0).build();
  private TextClient healthy;
  private TextClient peer;
  private RawWebSocket rude;

  @BeforeEach
  void start() throws IOException {
    server.start();
    healthy = joined(server, "alice", "bob");
    peer = joined(server, "bob", "alice");
    rude = RawWebSocket.open(server.port());
  }

  @AfterEach
  void theOthersFeltNothing() throws IOException {
    healthy.say(message("alice", "bob", "still here?"));
    assertThat(healthy.next()).isEqualTo(told("alice", "still here?"));
    assertThat(peer.next()).isEqualTo(told("alice", "still here?"));
    peer.say(message("bob", "alice", "still here"));
    assertThat(healthy.next()).isEqualTo(told("bob", "still here"));
    rude.close();
    healthy.close();
    peer.close();
    server.close();
    log.assertQuiet();
    log.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|bad_frame",
        "`   `|bad_frame",
        "hello|bad_frame",
        "[]|bad_frame",
        "[{\"userId\":\"111\",\"targetId\":\"222\"}]|bad_frame",
        "\"111\"|bad_frame",
        "111|bad_frame",
        "null|bad_frame",
        "{|bad_frame",
        "{}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":|bad_frame",
        "{\"userId\":\"111\"}|bad_frame",
        "{\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":null,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":true,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":[\"111\"],\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":{\"a\":1},\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":1.5,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":-1,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":1e3,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":9007199254740992,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":99999999999999999999999999999,\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":1}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":{\"a\":\"b\"}}|bad_frame",
        "{\"userId\":\"111\",\"userId\":\"333\",\"targetId\":\"222\"}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"x\":{\"a\":1,\"a\":2}}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\"} {}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\"} x|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"\\ud800\"}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"\\udc00\\ud800\"}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"a\\u0000b\"}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"x\":\"\\ud800\"}|bad_frame",
        "{\"userId\":\"111\",\"targetId\":\"111\"}|self",
        "{\"userId\":111,\"targetId\":\"111\"}|self",
        "{\"userId\":\"\",\"targetId\":\"222\"}|bad_user",
        "{\"userId\":\"../etc\",\"targetId\":\"222\"}|bad_user",
        "{\"userId\":\"用户\",\"targetId\":\"222\"}|bad_user",
        "{\"userId\":\"111\",\"targetId\":\"a b\"}|bad_user",
      })
  void aFrameThatMakesNoSenseIsAnsweredWithItsCode(String frame, String code) throws IOException {
    rude.text(frame);

    assertThat(rude.nextText()).endsWith(",\"error\":\"" + code + "\"}");
    itLivesOn();
  }

  @Test
  void aFrameThatIsTooDeepIsAnsweredWithItsCode() throws IOException {
    rude.text("{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");

    assertThat(rude.nextText()).endsWith("\"error\":\"bad_frame\"}");
    itLivesOn();
  }

  @Test
  void aBodyThatIsTooLargeIsAnsweredWithItsCode() throws IOException {
    rude.text(message("111", "222", "x".repeat(16_385)));

    assertThat(rude.nextText()).endsWith("\"error\":\"too_large\"}");
    itLivesOn();
  }

  @Test
  void aThousandBadFramesInARowAreAllAnswered() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      rude.text("rubbish");
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(rude.nextText()).endsWith("\"error\":\"bad_frame\"}");
    }
    itLivesOn();
  }

  @Test
  void aMessageOfExactly64KiBIsTaken() throws IOException {
    String frame = message("111", "222", "hi");
    rude.text(" ".repeat(65_536 - frame.length()) + frame);

    assertThat(rude.nextText()).isEqualTo(told("111", "hi"));
  }

  @Test
  void aFrameOver64KiBIsClosedWith1009() throws IOException {
    rude.frame(TEXT, true, new byte[65_537]);

    assertThat(rude.readToClose()).isEqualTo(1009);
  }

  @Test
  void tenMegabytesAreClosedWith1009() throws IOException {
    rude.frame(TEXT, true, new byte[10 << 20]);

    assertThat(rude.readToClose()).isEqualTo(1009);
  }

  @Test
  void tenMegabytesInPiecesAreClosedWith1009() throws IOException {
    rude.frame(TEXT, false, new byte[1_000]);
    for (int i = 0; i < 1_000; i++) {
      rude.frame(CONTINUATION, false, new byte[10_000]);
    }
    rude.frame(CONTINUATION, true, END);

    assertThat(rude.readToClose()).isEqualTo(1009);
  }

  @Test
  void aFrameThatClaimsToBeEndlessCostsNothingAndIsClosedWith1009() throws IOException {
    rude.bytes(ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xFF).putLong(1L << 60).array());

    assertThat(rude.readToClose()).isEqualTo(1009);
  }

  @Test
  void aTextThatNeverEndsIsClosedWith1009() throws IOException {
    // The server stops to wait for its end after 32 MiB, and these bytes may meet a closed door.
    int code = 0;
    try {
      rude.frame(TEXT, false, END);
      byte[] piece = new byte[1 << 20];
      for (int i = 0; i < 34; i++) {
        rude.frame(CONTINUATION, false, piece);
      }
      code = rude.readToClose();
    } catch (IOException e) {
      code = 1006;
    }

    assertThat(code).isIn(1009, 1006);
  }

  @Test
  void aBinaryFrameIsClosedWith1003() throws IOException {
    rude.frame(BINARY, true, "{}".getBytes(UTF_8));

    assertThat(rude.readToClose()).isEqualTo(1003);
  }

  @Test
  void tenMegabytesOfBinaryAreClosedWith1003() throws IOException {
    rude.frame(BINARY, true, new byte[10 << 20]);

    assertThat(rude.readToClose()).isEqualTo(1003);
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "C3", "C0AF", "EDA080", "F4908080", "E282", "22FF22"})
  void brokenUtf8IsClosedWith1007(String hex) throws IOException {
    byte[] broken = HexFormat.of().parseHex(hex);
    rude.frame(TEXT, true, broken);

    assertThat(rude.readToClose()).isEqualTo(1007);
  }

  @Test
  void aCharacterThatIsCutInTwoByFragmentsIsNotBroken() throws IOException {
    byte[] bytes = message("111", "222", "👍\uFFFD").getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      rude.frame(i == 0 ? TEXT : CONTINUATION, i == bytes.length - 1, new byte[] {bytes[i]});
    }

    assertThat(rude.nextText()).isEqualTo(told("111", "👍\uFFFD"));
  }

  @Test
  void aPingBetweenFragmentsIsAnsweredAtOnce() throws IOException {
    byte[] bytes = message("111", "222", "hi").getBytes(UTF_8);
    rude.frame(TEXT, false, Arrays.copyOf(bytes, 10));
    rude.frame(PING, true, "are you there".getBytes(UTF_8));

    RawWebSocket.Frame pong = rude.next();
    assertThat(pong.opcode()).isEqualTo(PONG);
    assertThat(pong.text()).isEqualTo("are you there");
    rude.frame(CONTINUATION, true, Arrays.copyOfRange(bytes, 10, bytes.length));
    assertThat(rude.nextText()).isEqualTo(told("111", "hi"));
  }

  @Test
  void aPongThatNobodyAskedForIsIgnored() throws IOException {
    rude.frame(PONG, true, END);

    itLivesOn();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an unmasked frame,         810141",
    "an unknown opcode,         8380010203 04",
    "a reserved bit,            C1810102030440",
    "a fragmented ping,         098001020304",
    "a continuation of nothing, 808001020304",
    "a long ping,               89FE007E01020304",
    "a close code of 1 byte,    88810102030402",
    "a close code nobody sends, 888201020304026B",
  })
  void whatBreaksTheWebSocketProtocolIsClosedWith1002(String what, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    rude.bytes(Arrays.copyOf(bytes, hex.startsWith("89FE") ? bytes.length + 126 : bytes.length));

    assertThat(rude.readToClose()).as(what).isEqualTo(1002);
  }

  @Test
  void aSecondTextBeforeTheFirstHasEndedIsClosedWith1002() throws IOException {
    rude.frame(TEXT, false, "{".getBytes(UTF_8));
    rude.frame(TEXT, true, "}".getBytes(UTF_8));

    assertThat(rude.readToClose()).isEqualTo(1002);
  }

  @Test
  void bytesThatAreNoFramesAtAllAreClosedWith1002() throws IOException {
    rude.bytes("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(UTF_8));

    assertThat(rude.readToClose()).isEqualTo(1002);
  }

  @Test
  void aClientThatVanishesIsForgotten() throws IOException {
    rude.text(message("111", "222", "hi"));
    assertThat(rude.nextText()).isEqualTo(told("111", "hi"));
    rude.vanish();

    Await.until("it is gone", () -> server.clients() == 2);
  }

  @Test
  void aClientThatVanishesInTheMiddleOfAFrameIsForgotten() throws IOException {
    byte[] frame = RawWebSocket.frameBytes(TEXT, true, new byte[1_000]);
    rude.bytes(Arrays.copyOf(frame, 500));
    rude.close();

    Await.until("it is gone", () -> server.clients() == 2);
  }

  @Test
  void whoSaysGoodbyeIsAnsweredInKind() throws IOException {
    rude.frame(CLOSE, true, new byte[] {0x03, (byte) 0xE9});

    assertThat(rude.readToClose()).isEqualTo(1001);
    Await.until("it is gone", () -> server.clients() == 2);
  }

  private void itLivesOn() throws IOException {
    rude.text(message("111", "222", "hi"));
    assertThat(rude.nextText()).isEqualTo(told("111", "hi"));
  }
}
