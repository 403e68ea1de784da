package im.pair.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.pair.core.Command;
import im.pair.core.Rejection;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is nasty in the fields that the protocols know. {@code '} stands for a quotation mark. See
 * {@link HostileJsonTest} for those they do not.
 */
class HostileFieldsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final String NUMBER = "1".repeat(MEGABYTE);

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String list(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
  }

  private static String nested(int depth, String open, String value, String close) {
    return open.repeat(depth) + value + close.repeat(depth);
  }

  static Stream<Arguments> unreadable() {
    String send = "'type':'send','ref':1,'to':'bob','id':'c1','body':'hi',";
    return Stream.of(
        arguments(Codec.V1, "a number of 1 MB for a number", send + "'of':" + NUMBER),
        arguments(Codec.V1, "a number of 1 MB for a string", send + "'kind':" + NUMBER),
        arguments(Codec.V1, "a reference of 1 MB", "'type':'ping','ref':" + NUMBER),
        arguments(Codec.V1, "a long reference", "'type':'ping','ref':'" + NUMBER + "'"),
        arguments(Codec.V1, "a reference of 300 digits", "'type':'ping','ref':" + "1".repeat(300)),
        arguments(Codec.V1, "a name of a type of 1 MB", "'type':'" + NUMBER + "'"),
        arguments(Codec.V1, "'to' twice", send + "'to':'eve'"),
        arguments(Codec.V1, "'to' twice, escaped once", send + "'\\u0074o':'eve'"),
        arguments(
            Codec.V1, "'data' 5,000 deep", send + "'data':" + nested(5_000, "{'x':", "1", "}")),
        arguments(Codec.V1, "'data' too deep", send + "'data':" + nested(15, "{'x':", "{}", "}")),
        arguments(Codec.V1, "'data' with a key twice", send + "'data':{'x':[{'y':1,'\\u0079':2}]}"),
        arguments(Codec.V1, "'data' with a lone surrogate", send + "'data':{'x':['\\ud83d']}"),
        arguments(Codec.V1, "'data' with a raw one", send + "'data':{'x':'\ud83d'}"),
        arguments(Codec.V1, "'data' with NUL in a name", send + "'data':{'\\u0000':1}"),
        arguments(Codec.V1, "'data' with a number of 1 MB", send + "'data':{'x':" + NUMBER + "}"),
        arguments(
            Codec.V1,
            "cursors 5,000 deep",
            "'type':'hello','ref':1,'cursors':" + nested(5_000, "{'bob':", "[1,1]", "}")),
        arguments(
            Codec.V1,
            "a cursor 5,000 deep",
            "'type':'hello','ref':1,'cursors':{'bob':" + nested(5_000, "[", "1", "]") + "}"),
        arguments(
            Codec.V1,
            "a cursor of 1 MB",
            "'type':'hello','ref':1,'cursors':{'bob':[" + NUMBER + ",1]}"),
        arguments(
            Codec.V1,
            "a cursor twice",
            "'type':'hello','ref':1,'cursors':{'bob':[1,1],'bo\\u0062':[1,1]}"),
        arguments(
            Codec.V1,
            "a cursor's peer of 1 MB",
            "'type':'hello','ref':1,'cursors':{'" + NUMBER + "':[1,1]}"),
        arguments(
            Codec.V1,
            "peers 5,000 deep",
            "'type':'watch','ref':1,'peers':" + nested(5_000, "[", "'bob'", "]")),
        arguments(Codec.CLASSIC, "a number of 1 MB", "'targetId':'2','userId':" + NUMBER),
        arguments(
            Codec.CLASSIC, "a number of 300 digits", "'targetId':'2','userId':" + "1".repeat(300)),
        arguments(
            Codec.CLASSIC,
            "a number of 1 MB for a string",
            "'userId':1,'targetId':2,'message':" + NUMBER),
        arguments(Codec.CLASSIC, "'targetId' twice", "'userId':1,'targetId':2,'target\\u0049d':3"),
        arguments(
            Codec.CLASSIC, "5,000 deep", "'userId':1,'targetId':" + nested(5_000, "[", "2", "]")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("unreadable")
  void whatIsIllegalIsABadFrame(Codec codec, String what, String fields) {
    codec.assertBad(json("{" + fields + "}"));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(Rejection.BAD_USER, "'type':'history','peer':'" + NUMBER + "'"),
        arguments(Rejection.BAD_USER, "'type':'hello','user':'" + NUMBER + "'"),
        arguments(
            Rejection.BAD_USER, "'type':'hello','cursors':{'" + "b".repeat(50_000) + "':[1,1]}"),
        arguments(Rejection.BAD_USER, "'type':'hello','cursors':{'__proto__':[1,1]}"),
        arguments(Rejection.BAD_USER, "'type':'watch','peers':['bob','__proto__']"),
        arguments(Rejection.BAD_USER, "'type':'conversations','cursor':'1." + NUMBER + "'"),
        arguments(Rejection.BAD_FRAME, "'type':'conversations','cursor':'" + NUMBER + ".bob'"),
        arguments(Rejection.BAD_FRAME, "'type':'conversations','cursor':'" + NUMBER + "'"),
        arguments(Rejection.BAD_FRAME, "'type':'" + NUMBER + "'"),
        arguments(Rejection.BAD_FRAME, "'type':'send','id':'" + NUMBER + "'"),
        arguments(Rejection.BAD_FRAME, "'type':'mark','peer':'bob','read':" + "1".repeat(999)),
        arguments(Rejection.BAD_FRAME, "'type':'mark','peer':'bob','read':1." + "1".repeat(900)),
        arguments(
            Rejection.BAD_FRAME,
            "'type':'hello','cursors':{'bob':[" + list(1_000_000, i -> "1") + "]}"),
        arguments(
            Rejection.BAD_FRAME,
            "'type':'hello','cursors':{'bob':[" + list(1_000_000, i -> "[]") + "]}"),
        arguments(
            Rejection.BAD_FRAME, "'type':'watch','peers':[" + list(1_000_000, i -> "1") + "]"),
        arguments(
            Rejection.BAD_FRAME,
            "'type':'watch','peers':{" + list(100_000, i -> "'k" + i + "':1") + "}"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsOutOfItsBoundsIsRejectedByItsReference(Rejection code, String fields)
      throws Exception {
    String frame = json("{'ref':1," + fields + "}");

    assertThat(Codec.V1.read(frame))
        .isInstanceOfSatisfying(
            V1Frame.Refused.class,
            refused -> {
              assertThat(refused.rejected().ref()).isEqualTo("1");
              assertThat(refused.rejected().code()).isEqualTo(code);
              assertThat(refused.rejected().reason()).isNotBlank().hasSizeLessThan(200);
            });
  }

  static Stream<String> manyOfOne() {
    return Stream.of(
        "'type':'watch','peers':[" + list(100_000, i -> "'u" + i + "'") + "]",
        "'type':'watch','peers':[" + list(300_000, i -> "'u'") + "]",
        "'type':'hello','cursors':{" + list(100_000, i -> "'u" + i + "':[0,0]") + "}",
        "'type':'hello','token':'" + "t".repeat(MEGABYTE) + "'",
        "'type':'send','to':'bob','id':'c1','body':'" + "\\ud83d\\udc4d".repeat(MEGABYTE) + "'",
        "'type':'send','to':'bob','id':'c1','data':{" + list(100_000, i -> "'k" + i + "':1") + "}",
        "'type':'send','to':'bob','id':'c1','data':{'x':[" + list(300_000, i -> "{}") + "]}");
  }

  /** The limits on these are the router's; to read them is cheap all the same. */
  @ParameterizedTest
  @MethodSource("manyOfOne")
  void muchOfWhatIsLegalIsRead(String fields) throws Exception {
    String frame = json("{" + fields + "}");

    assertThat(Codec.V1.read(frame)).isNotInstanceOf(V1Frame.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'__proto__':{'admin':true},'constructor':{'prototype':{}}}",
        "{'x':'</script><!--\u2028\u2029\u0085\uFEFF\uFFFE\uD83F\uDFFF'}",
        "{'x':'\\uD83D\\uDC4D\\u2028\\/'}",
        "{ 'x' : -0.0E-0 , 'y' : 1e999999999 }",
      })
  void oddDataComesOutOfTheEntryByteForByte(String text) throws Exception {
    String data = json(text);
    String frame = json("{'type':'send','to':'bob','id':'c1','data':" + data + "}");

    V1Frame.Ask ask = (V1Frame.Ask) V1Decoder.decode(frame);

    assertThat(((Command.Send) ask.command()).draft().data()).isEqualTo(data);
    assertThat(Written.entry(((Command.Send) ask.command()).draft()))
        .endsWith(",\"data\":" + data + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037"})
  void bytesOfAnotherEncodingAreABadFrame(String charset) {
    for (String frame :
        new String[] {"{\"userId\":1,\"targetId\":2}", "{\"userId\":\"é\",\"targetId\":2}"}) {
      assertBad(frame.getBytes(Charset.forName(charset)));
      assertBad(("\uFEFF" + frame).getBytes(Charset.forName(charset)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "BF",
        "C3",
        "C328",
        "C080",
        "C1BF",
        "E08080",
        "E09FBF",
        "E228A1",
        "EDA080",
        "EDBFBF",
        "EDA0BDEDB18D",
        "F0808080",
        "F08FBFBF",
        "F09F91",
        "F4908080",
        "F5808080",
        "F8888080",
        "FE",
        "FF",
      })
  void bytesThatAreNoUtf8AreABadFrame(String hex) {
    byte[] bytes = "{\"userId\":1,\"targetId\":2,\"message\":\"........\"}".getBytes(UTF_8);
    byte[] broken = HexFormat.of().parseHex(hex);
    System.arraycopy(broken, 0, bytes, bytes.length - 10, broken.length);

    assertBad(bytes);
  }

  @Test
  void bytesOfTheLongestFormAreRead() throws Exception {
    byte[] bytes =
        "{\"userId\":1,\"targetId\":2,\"message\":\"\uDBFF\uDFFF\uFFFF\u07FF\"}".getBytes(UTF_8);

    assertThat(ClassicCodec.decode(bytes).message()).isEqualTo("\uDBFF\uDFFF\uFFFF\u07FF");
  }

  private static void assertBad(byte[] bytes) {
    assertThat(catchThrowableOfType(BadFrameException.class, () -> ClassicCodec.decode(bytes)))
        .isNotNull()
        .extracting(BadFrameException::code)
        .isEqualTo(Rejection.BAD_FRAME);
  }
}
