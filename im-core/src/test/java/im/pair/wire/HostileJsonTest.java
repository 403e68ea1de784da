package im.pair.wire;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is nasty to read, to both codecs, in sizes that no server takes as well: it is a bad frame
 * or a good one, nothing else, and costs no more than in proportion to its size. {@code '} stands
 * for a quotation mark, {@code `} for an apostrophe.
 */
class HostileJsonTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 10_000;
  private static final String HIGH = "\uD83D";
  private static final String LOW = "\uDC4D";

  private static String json(String text) {
    return text.replace('\'', '"').replace('`', '\'');
  }

  private static String list(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
  }

  private static String nested(int depth, String open, String value, String close) {
    return open.repeat(depth) + value + close.repeat(depth);
  }

  /** Names of one hash code: each two characters are one of two pairs that hash alike. */
  private static String colliding(int number) {
    return IntStream.range(0, 17)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  static Stream<Arguments> ignoredFields() {
    return Stream.of(
        arguments("100,000 names", list(100_000, i -> "'k" + i + "':1")),
        arguments("100,000 names of one hash code", list(100_000, i -> "'" + colliding(i) + "':1")),
        arguments(
            "100,000 names in an inner object",
            "'x':{" + list(100_000, i -> "'k" + i + "':0") + "}"),
        arguments("300,000 arrays", "'x':[" + list(300_000, i -> "[]") + "]"),
        arguments("300,000 objects", "'x':[" + list(300_000, i -> "{}") + "]"),
        arguments("a million zeros", "'x':[" + list(1_000_000, i -> "0") + "]"),
        arguments("a string of 4 MB", "'x':'" + "x".repeat(4 * MEGABYTE) + "'"),
        arguments("a string of a million escapes", "'x':'" + "\\u00e9".repeat(MEGABYTE) + "'"),
        arguments("a megabyte of white space", "'x'" + " \t\r\n".repeat(MEGABYTE / 4) + ":1"),
        arguments("a name of 50,000 characters", "'" + "n".repeat(50_000) + "':1"),
        arguments("numbers of 1,000 digits", "'x':[" + list(1_000, i -> "9".repeat(1_000)) + "]"),
        arguments("an exponent that no double has", "'x':1e999999999999,'y':-1E-999999999999"),
        arguments("names of prototypes", "'__proto__':{'x':1},'constructor':{'prototype':{}}"),
        arguments("names of every object", "'toString':1,'hasOwnProperty':null,'class':'@type'"),
        arguments("an empty name", "'':''"),
        arguments("line separators", "'\u2028':'\u2029\u0085\u00a0'"),
        arguments("characters that are none", "'x':'\uFFFE\uFFFF\uFDD0\uD83F\uDFFF'"),
        arguments("a BOM in a string and in a name", "'\uFEFF':'\uFEFF'"),
        arguments("delete and C1 controls", "'x':'\u007f\u0080\u009f'"),
        arguments("escapes of all sorts", "'x':'\\'\\\\\\/\\b\\f\\n\\r\\t\\u001F\\uD83D\\uDC4D'"),
        arguments("half a pair escaped, half not", "'x':'\\uD83D" + LOW + HIGH + "\\uDC4D'"),
        arguments("15 arrays in each other", "'x':" + nested(15, "[", "", "]")),
        arguments("15 objects in each other", "'x':" + nested(14, "{'x':", "{}", "}")),
        arguments("both in each other", "'x':" + nested(7, "{'x':[", "{}", "]}")),
        arguments("names that differ by what looks alike", "'\u00e9':1,'e\u0301':2,'\\u00C9':3"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ignoredFields")
  void whatIsLegalIsIgnored(String what, String field) throws Exception {
    for (Codec codec : Codec.values()) {
      codec.assertPlain(json("{" + codec.fields + "," + field + "}"));
      codec.assertPlain(
          json("{" + (field.length() < LARGE ? field + "," : "") + codec.fields + "}"));
    }
  }

  static Stream<Arguments> illegalFields() {
    return Stream.of(
        arguments("5,000 arrays in each other", "'x':" + nested(5_000, "[", "", "]")),
        arguments("5,000 objects in each other", "'x':" + nested(5_000, "{'x':", "1", "}")),
        arguments("both in each other", "'x':" + nested(5_000, "[{'x':", "1", "}]")),
        arguments("16 arrays in each other", "'x':" + nested(16, "[", "", "]")),
        arguments("16 objects in each other", "'x':" + nested(15, "{'x':", "{}", "}")),
        arguments("a million open arrays", "'x':" + "[".repeat(MEGABYTE)),
        arguments("a million closed arrays", "'x':" + "]".repeat(MEGABYTE)),
        arguments("a number of 1 MB", "'x':" + "1".repeat(MEGABYTE)),
        arguments("a number of 1 MB with a sign", "'x':-" + "1".repeat(MEGABYTE)),
        arguments("a fraction of 1 MB", "'x':0." + "0".repeat(MEGABYTE)),
        arguments("an exponent of 1 MB", "'x':1e" + "1".repeat(MEGABYTE)),
        arguments("a number of 1 MB in an array", "'x':[0," + "1".repeat(MEGABYTE) + "]"),
        arguments("a name of 1 MB", "'" + "n".repeat(MEGABYTE) + "':1"),
        arguments("a name of a million escapes", "'" + "\\u00e9".repeat(MEGABYTE) + "':1"),
        arguments("a word of 1 MB", "'x':" + "n".repeat(MEGABYTE)),
        arguments("a string that never ends", "'x':'" + "x".repeat(MEGABYTE)),
        arguments("a string of 21 MB", "'x':'" + "x".repeat(21 * MEGABYTE) + "'"),
        arguments("100,000 names and one again", list(100_000, i -> "'k" + i + "':1") + ",'k7':1"),
        arguments("a name twice", "'x':1,'x':1"),
        arguments("a name twice, null first", "'x':null,'x':1"),
        arguments("a name twice, escaped once", "'to':'bob','t\\u006f':'eve'"),
        arguments("an empty name twice", "'':1,'':1"),
        arguments("a name twice inside", "'x':[{'y':{'z':1,'a':2,'z':3}}]"),
        arguments("a prototype twice", "'__proto__':1,'\\u005f_proto__':2"),
        arguments("a pair twice, escaped once", "'👍':1,'\\uD83D\\uDC4D':2"),
        arguments("a lone high surrogate", "'x':'\uD83D'"),
        arguments("a lone low surrogate", "'x':'\uDC4D'"),
        arguments("a lone surrogate between others", "'x':'👍\uD83Dx\uD83D\uDC4D'"),
        arguments("surrogates the wrong way round", "'x':'\uDC4D\uD83D'"),
        arguments("an escaped high surrogate", "'x':'\\uD83D'"),
        arguments("an escaped low surrogate", "'x':['\\udc4d']"),
        arguments("an escaped pair the wrong way round", "'x':'\\uDC4D\\uD83D'"),
        arguments("three halves", "'x':'\\uD83D\\uDC4D\\uD83D'"),
        arguments("a lone surrogate in a name", "'\uD83D':1"),
        arguments("an escaped surrogate in a name", "'\\uDC4D':1"),
        arguments("an escaped surrogate in a name inside", "'x':[{'y\\uD83D':1}]"),
        arguments("a lone surrogate outside a string", "'x':1\uD83D"),
        arguments("NUL in a string", "'x':'\u0000'"),
        arguments("an escaped NUL", "'x':'\\u0000'"),
        arguments("NUL in a name", "'\u0000':1"),
        arguments("an escaped NUL in a name inside", "'x':{'\\u0000':1}"),
        arguments("NUL between fields", "'x':1\u0000"),
        arguments("NUL in a number", "'x':1\u00002"),
        arguments("a line feed in a string", "'x':'\n'"),
        arguments("a tab in a name", "'\t':1"),
        arguments("an escape that is none", "'x':'\\x41'"),
        arguments("an escape of a quote that is none", "'x':'\\`'"),
        arguments("a short escape", "'x':'\\u12'"),
        arguments("an escape of no digits", "'x':'\\u12g4'"),
        arguments("an escape of other digits", "'x':'\\u٠٠٤١'"),
        arguments("an escape with a sign", "'x':'\\u+041'"),
        arguments("an escape at the end", "'x':'\\"),
        arguments("a BOM between fields", "\uFEFF'x':1"),
        arguments("a no-break space", "\u00a0'x':1"),
        arguments("a line separator between fields", "\u2028'x':1"),
        arguments("a vertical tab", "\u000b'x':1"),
        arguments("a comment", "/**/'x':1"),
        arguments("a comment to the end of the line", "'x'://\n1"),
        arguments("a comment of another kind", "#\n'x':1"),
        arguments("single quotes", "`x`:1"),
        arguments("no quotes", "x:1"),
        arguments("no colon", "'x' 1"),
        arguments("an equals sign", "'x'=1"),
        arguments("a comma too many", "'x':[1,]"),
        arguments("two commas", "'x':[1,,2]"),
        arguments("a comma first", "'x':[,1]"),
        arguments("no comma", "'x':[1 2]"),
        arguments("no value", "'x':"),
        arguments("no name", ":1"),
        arguments("a bracket that is not its", "'x':[1}"),
        arguments("a bracket that is not its, inside", "'x':[{]}"),
        arguments("NaN", "'x':NaN"),
        arguments("Infinity", "'x':Infinity"),
        arguments("minus infinity", "'x':-Infinity"),
        arguments("INF", "'x':-INF"),
        arguments("undefined", "'x':undefined"),
        arguments("True", "'x':True"),
        arguments("nul", "'x':nul"),
        arguments("nullx", "'x':nullx"),
        arguments("a plus", "'x':+1"),
        arguments("a minus alone", "'x':-"),
        arguments("a leading zero", "'x':01"),
        arguments("a leading zero and a sign", "'x':-01"),
        arguments("a leading point", "'x':.5"),
        arguments("a trailing point", "'x':5."),
        arguments("an exponent of nothing", "'x':5e"),
        arguments("an exponent of a sign", "'x':5e+"),
        arguments("two points", "'x':1.2.3"),
        arguments("a hexadecimal number", "'x':0x10"),
        arguments("another script's digits", "'x':٣"),
        arguments("a BigInt", "'x':1n"),
        arguments("an underscore in a number", "'x':1_000"),
        arguments("a regular expression", "'x':/x/"),
        arguments("a function", "'x':function(){}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("illegalFields")
  void whatIsIllegalIsABadFrameWhereverItStands(String what, String field) {
    for (Codec codec : Codec.values()) {
      codec.assertBad(json("{" + codec.fields + "," + field + "}"));
      codec.assertBad(json("{" + field + (field.length() < LARGE ? "," + codec.fields : "") + "}"));
    }
  }

  static Stream<Arguments> wholeFrames() {
    return Stream.of(
        frame("a BOM before it", f -> "\uFEFF" + f),
        frame("a BOM behind it", f -> f + "\uFEFF"),
        frame("NUL before it", f -> "\u0000" + f),
        frame("NUL behind it", f -> f + "\u0000"),
        frame("itself behind it", f -> f + f),
        frame("a comma behind it", f -> f + ","),
        frame("a comment behind it", f -> f + "//"),
        frame("a bracket behind it", f -> f + "]"),
        frame("in an array", f -> "[" + f + "]"),
        frame("in a string", f -> '"' + f.replace("\"", "\\\"") + '"'),
        frame("in brackets", f -> "(" + f + ")"),
        frame("a call", f -> "f(" + f + ");"),
        frame("a guard of a script", f -> ")]}',\n" + f),
        frame("a record separator before it", f -> "\u001e" + f),
        frame("without its end", f -> f.substring(0, f.length() - 1)),
        frame("without its start", f -> f.substring(1)),
        frame("with single quotes", f -> f.replace('"', '\'')),
        frame("with typographer's quotes", f -> f.replace('"', '\u201d')),
        frame("all of it twice as wide", f -> f.replaceAll("(.)", "$1\u0000")),
        frame("a megabyte of white space, and nothing", f -> " ".repeat(MEGABYTE)),
        frame("a million open objects", f -> "{\"x\":".repeat(MEGABYTE)),
        frame("a million empty objects", f -> "{}".repeat(MEGABYTE)));
  }

  private static Arguments frame(String what, Function<String, String> change) {
    return arguments(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeFrames")
  void whatIsNotOneObjectIsABadFrame(String what, Function<String, String> change) {
    for (Codec codec : Codec.values()) {
      codec.assertBad(change.apply(json("{" + codec.fields + "}")));
    }
  }
}
