package im.pair.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Format;
import im.pair.core.Kind;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.fuzz.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever text can be stored is written as JSON that gives back the same text. */
class WrittenTextTest {
  /** Characters that mean something to JSON, HTML or JavaScript, or nothing to anybody. */
  private static final String ODD =
      "\"\\/'<>&{}[]:,\u007f\u0085\u00a0\u2028\u2029\uFEFF\uFFFD\uFFFE\uFFFF";

  private static JsonNode read(Format<byte[]> format, Event event) {
    return StrictJson.read(format.encode(event));
  }

  private static void assertWritten(String text) {
    Event message = Written.appended(Draft.message("c1", text));
    assertThat(read(V1Encoder.SHARED, message).get("body").textValue()).isEqualTo(text);
    assertThat(read(ClassicCodec.STRING_IDS, message).get("msg").textValue()).isEqualTo(text);
    assertThat(read(ClassicCodec.INTEGER_IDS, fromNumber(text)).get("msg").textValue())
        .isEqualTo(text);
    Event data = Written.appended(new Draft("c1", Kind.MESSAGE, 0, null, text));
    JsonNode node = read(V1Encoder.SHARED, data).get("data");
    assertThat(node.isObject() ? node : node.textValue())
        .isEqualTo(node.isObject() ? StrictJson.read(text) : text);
    Event rejected =
        new Event.Rejected(FrameWriter.quoted(text), null, null, Rejection.STORE, text, 0);
    assertThat(read(V1Encoder.SHARED, rejected).get("ref").textValue()).isEqualTo(text);
    assertThat(read(V1Encoder.SHARED, rejected).get("reason").textValue()).isEqualTo(text);
    assertThat(read(ClassicCodec.STRING_IDS, rejected).get("msg").textValue()).isEqualTo(text);
  }

  private static Event fromNumber(String text) {
    UserId one = new UserId("1");
    Draft draft = Draft.message("c1", text);
    return new Event.Appended(Entry.of(Pair.of(one, new UserId("2")), 1, one, 0, draft));
  }

  @Test
  void everyCharacterThereIs() {
    StringBuilder text = new StringBuilder();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
      if (text.length() > 16_000 || c == Character.MAX_CODE_POINT) {
        assertWritten(text.toString());
        text.setLength(0);
      }
    }
  }

  @Test
  void anyText() {
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int i = 0; i < 20_000; i++) {
      int length = random.nextInt(random.nextInt(100) == 0 ? 9_000 : 40);
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.appendCodePoint(character(random));
      }
      assertWritten(text.toString());
    }
  }

  private static int character(SplittableRandom random) {
    int c =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(1, 0x20);
          case 1 -> ODD.charAt(random.nextInt(ODD.length()));
          case 2 -> random.nextInt(0x80, 0x800);
          case 3 -> random.nextInt(0x800, 0x1_0000);
          case 4 -> random.nextInt(0x1_0000, Character.MAX_CODE_POINT + 1);
          default -> random.nextInt(0x20, 0x7f);
        };
    return Character.isBmpCodePoint(c) && Character.isSurrogate((char) c) ? '?' : c;
  }

  /** The writer copies long texts in pieces, and a pair of surrogates may be cut by an edge. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "\u0001", "é", "用", "👍", "x👍"})
  void aPairOfSurrogatesAtAnyPlace(String fill) {
    for (int edge : List.of(100, 1_000, 2_000, 4_000, 8_000, 12_000)) {
      for (int before = edge - 100; before < edge + 20; before++) {
        String text = "x".repeat(before % 6) + fill.repeat(before / fill.length()) + "👍🏽" + fill;
        Event message = Written.appended(Draft.message("c1", text));
        assertThat(read(V1Encoder.SHARED, message).get("body").textValue()).isEqualTo(text);
      }
    }
  }

  @Test
  void reactionsAndTheirUsers() {
    Entry plain = ((Event.Appended) Written.appended(Draft.message("c1", "hi"))).entry();
    Entry reactedTo =
        new Entry(
            plain.pair(),
            1,
            plain.from(),
            " \"\\</script>~",
            0,
            plain.kind(),
            0,
            "hi",
            null,
            true,
            false,
            Map.of(new UserId("alice"), "\"\u2028\\", new UserId("bob"), "👍🏽"));

    JsonNode entry = read(V1Encoder.SHARED, new Event.Appended(reactedTo));

    assertThat(entry.get("id").textValue()).isEqualTo(" \"\\</script>~");
    assertThat(entry.get("reactions").get("alice").textValue()).isEqualTo("\"\u2028\\");
    assertThat(entry.get("reactions").get("bob").textValue()).isEqualTo("👍🏽");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "1",
        "null",
        "{",
        "{}}",
        "{}{}",
        "{} x",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "\"}",
        "},\"x\":{",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":NaN}",
        "\uFEFF{}",
        "{}//",
      })
  void dataOfAHostThatIsNoObjectIsWrittenAsAString(String data) {
    Event event = Written.appended(new Draft("c1", Kind.MESSAGE, 0, null, data));

    assertThat(read(V1Encoder.SHARED, event).get("data").textValue()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " {\n\"a\" : [ 1 , {} ] }\t", "{\"\u2028\":\"👍\\u2028\"}"})
  void dataOfAHostThatIsAnObjectIsWrittenAsOne(String data) {
    Event event = Written.appended(new Draft("c1", Kind.MESSAGE, 0, null, data));

    assertThat(new String(V1Encoder.SHARED.encode(event), UTF_8))
        .endsWith("\"data\":" + data + "}");
    assertThat(read(V1Encoder.SHARED, event).get("data")).isEqualTo(StrictJson.read(data));
  }
}
