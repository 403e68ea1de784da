package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Format;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicCodecTest {
  private static final UserId U111 = new UserId("111");
  private static final UserId U222 = new UserId("222");

  @Test
  void aFrameNamesTwoUsersAndPerhapsAMessage() throws Exception {
    assertThat(ClassicCodec.decode("{\"userId\":\"111\",\"targetId\":\"222\"}"))
        .isEqualTo(new ClassicFrame(U111, false, U222, false, null));
    assertThat(ClassicCodec.decode("{\"message\":\"\",\"targetId\":222,\"userId\":\"111\"}"))
        .isEqualTo(new ClassicFrame(U111, false, U222, true, ""));
  }

  @Test
  void aFrameMayComeAsBytes() throws Exception {
    byte[] utf8 =
        "{\"userId\":1,\"targetId\":2,\"message\":\"你好 👋\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(ClassicCodec.decode(utf8).message()).isEqualTo("你好 👋");
  }

  @Test
  void bytesThatAreNotUtf8AreABadFrame() {
    byte[] overlong =
        "{\"userId\":1,\"targetId\":2,\"message\":\"..\"}".getBytes(StandardCharsets.UTF_8);
    overlong[overlong.length - 4] = (byte) 0xC0;
    overlong[overlong.length - 3] = (byte) 0x80;

    BadFrameException refusal =
        catchThrowableOfType(BadFrameException.class, () -> ClassicCodec.decode(overlong));

    assertThat(refusal.code()).isEqualTo(Rejection.BAD_FRAME);
  }

  @Test
  void nullMeansAbsentAndUnknownFieldsAreIgnored() throws Exception {
    ClassicFrame frame =
        ClassicCodec.decode(
            "{\"x\":[1,{\"y\":null}],\"userId\":\"111\",\"z\":1e5,\"targetId\":\"222\",\"message\":null}");

    assertThat(frame.message()).isNull();
  }

  @Test
  void textIsNeitherNormalisedNorTrimmed() throws Exception {
    ClassicFrame frame =
        ClassicCodec.decode(
            "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"  e\\u0301\\n\\ud83d\\udc4b \"}");

    assertThat(frame.message()).isEqualTo("  e\u0301\n👋 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "null",
        "1",
        "\"{}\"",
        "[]",
        "[{\"userId\":\"111\",\"targetId\":\"222\"}]",
        "{",
        "{}",
        "{\"userId\":\"111\"}",
        "{\"targetId\":\"222\"}",
        "{\"userId\":null,\"targetId\":\"222\"}",
        "{\"userId\":\"111\",\"targetId\":true}",
        "{\"userId\":\"111\",\"targetId\":[]}",
        "{\"userId\":\"111\",\"targetId\":{}}",
        "{\"userId\":1.5,\"targetId\":\"222\"}",
        "{\"userId\":1e2,\"targetId\":\"222\"}",
        "{\"userId\":-1,\"targetId\":\"222\"}",
        "{\"userId\":9007199254740992,\"targetId\":\"222\"}",
        "{\"userId\":99999999999999999999999999,\"targetId\":\"222\"}",
        "{\"userId\":007,\"targetId\":\"222\"}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":1}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":{\"a\":1}}",
        "{\"userId\":\"111\",\"targetId\":\"222\"} x",
        "{\"userId\":\"111\",\"targetId\":\"222\"}{}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"userId\":\"111\"}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"x\":{\"a\":1,\"a\":2}}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"\\ud800\"}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"\\udc00\\ud800\"}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"\\u0000\"}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"x\":[\"\\ud800\"]}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"\\u0000\":1}",
        "{\"userId\":\"111\",\"targetId\":\"222\",\"x\":{\"\\udfff\":1}}",
        "{'userId':'111','targetId':'222'}",
        "{\"userId\":\"111\",\"targetId\":\"222\",}",
        "\ufeff{\"userId\":\"111\",\"targetId\":\"222\"}",
      })
  void whatIsNoFrameIsRefusedWithoutAStackTrace(String text) {
    BadFrameException refusal =
        catchThrowableOfType(BadFrameException.class, () -> ClassicCodec.decode(text));

    assertThat(refusal).as(text).isNotNull();
    assertThat(refusal.code()).isEqualTo(Rejection.BAD_FRAME);
    assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(200);
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<b>", "用户", "a b", "."})
  void aNameThatIsNoUsersIsRefusedByACodeOfItsOwn(String name) {
    BadFrameException refusal =
        catchThrowableOfType(
            BadFrameException.class,
            () -> ClassicCodec.decode("{\"userId\":\"" + name + "\",\"targetId\":\"222\"}"));

    assertThat(refusal.code()).isEqualTo(Rejection.BAD_USER);
    assertThat(refusal.getMessage()).contains("userId");
  }

  @Test
  void nestingOf16IsReadAndOf17IsNot() throws Exception {
    assertThat(ClassicCodec.decode(nested(15)).message()).isNull();
    assertThat(catchThrowable(() -> ClassicCodec.decode(nested(16))))
        .isInstanceOf(BadFrameException.class);
    assertThat(catchThrowable(() -> ClassicCodec.decode("[".repeat(60_000))))
        .isInstanceOf(BadFrameException.class);
  }

  private static String nested(int arrays) {
    String value = "[".repeat(arrays) + "1" + "]".repeat(arrays);
    return "{\"userId\":\"111\",\"targetId\":\"222\",\"x\":" + value + "}";
  }

  @Test
  void anEntryIsAnIdAndAMessageInThisOrder() {
    assertThat(text(ClassicCodec.STRING_IDS, appended(Draft.message("a", "hi"))))
        .isEqualTo("{\"id\":\"111\",\"msg\":\"hi\"}");
    assertThat(text(ClassicCodec.INTEGER_IDS, appended(Draft.message("a", "hi"))))
        .isEqualTo("{\"id\":111,\"msg\":\"hi\"}");
    assertThat(text(ClassicCodec.STRING_IDS, appended(Draft.message("a", "\"\\\n\u0001/é👋"))))
        .isEqualTo("{\"id\":\"111\",\"msg\":\"\\\"\\\\\\n\\u0001/é👋\"}");
  }

  @Test
  void changesOfMessagesAreNotForClassicClients() {
    assertThat(text(ClassicCodec.STRING_IDS, appended(Draft.edit("a", 1, "x")))).isEmpty();
    assertThat(text(ClassicCodec.STRING_IDS, appended(Draft.delete("a", 1)))).isEmpty();
    assertThat(text(ClassicCodec.STRING_IDS, appended(Draft.react("a", 1, "x")))).isEmpty();
    assertThat(text(ClassicCodec.STRING_IDS, new Event.Accepted(null, U222, "a", 1, 0))).isEmpty();
  }

  @Test
  void aRefusalHasTheWordsAndTheCode() {
    Event event = new Event.Rejected(null, null, null, Rejection.TOO_LARGE, "so \"large\"", 0);

    assertThat(text(ClassicCodec.STRING_IDS, event))
        .isEqualTo("{\"id\":null,\"msg\":\"so \\\"large\\\"\",\"error\":\"too_large\"}");
  }

  private static Event appended(Draft draft) {
    return new Event.Appended(Entry.of(Pair.of(U111, U222), 1, U111, 0, draft));
  }

  private static String text(Format<byte[]> format, Event event) {
    return new String(format.encode(event), StandardCharsets.UTF_8);
  }
}
