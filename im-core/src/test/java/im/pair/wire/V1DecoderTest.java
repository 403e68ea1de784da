package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.pair.core.Command;
import im.pair.core.Cursor;
import im.pair.core.Draft;
import im.pair.core.Kind;
import im.pair.core.MessageStore.Place;
import im.pair.core.UserId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are read, and what they become. {@code '} stands for a quotation mark. */
class V1DecoderTest {
  private static final UserId BOB = new UserId("bob");
  private static final long MAX = (1L << 53) - 1;
  private static final String HI = "{'type':'send','to':'bob','id':'c1','body':'hi'";

  private static V1Frame decode(String frame) throws BadFrameException {
    return V1Decoder.decode(frame.replace('\'', '"'));
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        arguments("{'type':'ping'}", new V1Frame.Ping(null)),
        arguments(" \t\r\n{ 'type' : 'ping' } \n", new V1Frame.Ping(null)),
        arguments("{'\\u0074ype':'p\\u0069ng'}", new V1Frame.Ping(null)),
        arguments("{'type':'ping','ref':3,'on':'what?','to':7}", new V1Frame.Ping("3")),
        arguments("{'type':'hello'}", hello(null, null, null, null)),
        arguments(
            "{'type':'hello','ref':1,'token':'x.y','user':'bob','epoch':''}",
            hello("1", "x.y", BOB, "")),
        arguments(
            "{'type':'hello','token':null,'user':null,'epoch':null,'cursors':null}",
            hello(null, null, null, null)),
        arguments("{'type':'hello','cursors':{}}", hello(null, null, null, null)),
        arguments(HI + "}", send(null, Draft.message("c1", "hi"))),
        arguments(
            "{'body':'hi','id':'c1','to':'bob','type':'send'}",
            send(null, Draft.message("c1", "hi"))),
        arguments(HI + ",'kind':'message','ref':'r'}", send("\"r\"", Draft.message("c1", "hi"))),
        arguments(
            HI + ",'kind':null,'of':null,'data':null,'ref':null}",
            send(null, Draft.message("c1", "hi"))),
        arguments(HI + ",'of':0}", send(null, Draft.message("c1", "hi"))),
        arguments(HI + ",'from':'eve','seq':9,'at':0}", send(null, Draft.message("c1", "hi"))),
        arguments(
            "{'type':'send','to':'bob','id':' ~','body':' '}",
            send(null, Draft.message(" ~", " "))),
        arguments("{'type':'send','to':'bob','id':'c1','data':{}}", data(null, "{}")),
        arguments("{'type':'send','to':'bob','id':'c1','data':{},'body':''}", data("", "{}")),
        arguments(HI + ",'data':{}}", data("hi", "{}")),
        arguments(
            "{'type':'send','to':'bob','id':'c2','kind':'edit','of':8,'body':'ho'}",
            send(null, Draft.edit("c2", 8, "ho"))),
        arguments(
            "{'type':'send','to':'bob','id':'c2','kind':'delete','of':1}",
            send(null, Draft.delete("c2", 1))),
        arguments(
            "{'type':'send','to':'bob','id':'c2','kind':'delete','of':1,'body':null}",
            send(null, Draft.delete("c2", 1))),
        arguments(
            "{'type':'send','to':'bob','id':'c2','kind':'react','of':8,'body':'\\ud83d\\udc4d'}",
            send(null, Draft.react("c2", 8, "👍"))),
        arguments(
            "{'type':'send','to':'bob','id':'c2','kind':'react','of':8,'body':''}",
            send(null, Draft.react("c2", 8, ""))),
        arguments(
            "{'type':'mark','peer':'bob','delivered':8,'read':7}",
            ask(new Command.Mark(null, BOB, 8, 7))),
        arguments("{'type':'mark','peer':'bob','read':0}", ask(new Command.Mark(null, BOB, 0, 0))),
        arguments(
            "{'type':'mark','peer':'bob','delivered':9007199254740991,'read':null}",
            ask(new Command.Mark(null, BOB, MAX, 0))),
        arguments(
            "{'type':'typing','to':'bob','on':true}", ask(new Command.Typing(null, BOB, true))),
        arguments(
            "{'type':'typing','to':'bob','on':false,'ref':0}",
            ask(new Command.Typing("0", BOB, false))),
        arguments("{'type':'watch','peers':[]}", watch()),
        arguments("{'type':'watch','peers':['bob','Bob','1','bob']}", watch("bob", "Bob", "1")),
        arguments("{'type':'history','ref':1,'peer':'bob'}", history(Long.MAX_VALUE, false, 50)),
        arguments(
            "{'type':'history','ref':1,'peer':'bob','before':100,'limit':7}",
            history(100, false, 7)),
        arguments("{'type':'history','ref':1,'peer':'bob','before':0}", history(0, false, 50)),
        arguments(
            "{'type':'history','ref':1,'peer':'bob','after':9007199254740991,'before':null}",
            history(MAX, true, 50)),
        arguments(
            "{'type':'history','ref':1,'peer':'bob','after':0,'limit':0}", history(0, true, 0)),
        arguments(
            "{'type':'history','ref':1,'peer':'bob','limit':2147483648}",
            history(Long.MAX_VALUE, false, Integer.MAX_VALUE)),
        arguments("{'type':'conversations','ref':1}", conversations(null, 50)),
        arguments("{'type':'conversations','ref':1,'cursor':null}", conversations(null, 50)),
        arguments(
            "{'type':'conversations','ref':1,'cursor':'1763990000123.b.o.b','limit':1}",
            conversations(new Place(1_763_990_000_123L, new UserId("b.o.b")), 1)),
        arguments(
            "{'type':'conversations','ref':1,'cursor':'0.1'}",
            conversations(new Place(0, new UserId("1")), 50)));
  }

  private static V1Frame hello(
      @Nullable String ref, @Nullable String token, @Nullable UserId user, @Nullable String epoch) {
    return new V1Frame.Hello(ref, new Credentials(token, user), epoch, Map.of());
  }

  private static V1Frame ask(Command command) {
    return new V1Frame.Ask(command);
  }

  private static V1Frame send(@Nullable String ref, Draft draft) {
    return ask(new Command.Send(ref, BOB, draft));
  }

  private static V1Frame data(@Nullable String body, String data) {
    return send(null, new Draft("c1", Kind.MESSAGE, 0, body, data));
  }

  private static V1Frame watch(String... peers) {
    Set<UserId> users =
        Arrays.stream(peers).map(UserId::new).collect(Collectors.toCollection(LinkedHashSet::new));
    return ask(new Command.Watch(null, users));
  }

  private static V1Frame history(long from, boolean ascending, int limit) {
    return ask(new Command.History("1", BOB, from, ascending, limit));
  }

  private static V1Frame conversations(@Nullable Place after, int limit) {
    return ask(new Command.Conversations("1", after, limit));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameIsReadAs(String frame, V1Frame expected) throws Exception {
    assertThat(decode(frame)).isEqualTo(expected);
  }

  static Stream<Arguments> refs() {
    return Stream.of(
        arguments("0", "0"),
        arguments("9007199254740991", "9007199254740991"),
        arguments("''", "\"\""),
        arguments("'1'", "\"1\""),
        arguments("'\\u0041\\/\\u2028'", "\"A/\u2028\""),
        arguments("'\\n\\u0001\\\\'", "\"\\n\\u0001\\\\\""),
        arguments("'" + "x".repeat(64) + "'", "\"" + "x".repeat(64) + "\""),
        arguments("'" + "👍".repeat(32) + "'", "\"" + "👍".repeat(32) + "\""));
  }

  @ParameterizedTest
  @MethodSource("refs")
  void aReferenceIsKeptAsJson(String sent, String kept) throws Exception {
    assertThat(decode("{'type':'ping','ref':" + sent + "}")).isEqualTo(new V1Frame.Ping(kept));
  }

  @Test
  void cursorsAreOfPeers() throws Exception {
    String cursors = "{'bob':[7,1763990000123],'1':[0,0],'Bob' : [ 9007199254740991 ,\n1 ]}";

    assertThat(decode("{'type':'hello','epoch':'e','cursors':" + cursors + "}"))
        .isEqualTo(
            new V1Frame.Hello(
                null,
                new Credentials(null, null),
                "e",
                Map.of(
                    BOB,
                    new Cursor(7, 1_763_990_000_123L),
                    new UserId("1"),
                    new Cursor(0, 0),
                    new UserId("Bob"),
                    new Cursor(MAX, 1))));
  }

  @Test
  void watchedPeersKeepTheirOrder() throws Exception {
    String names =
        IntStream.range(0, 300)
            .mapToObj(i -> "'u" + i * 7919 + "'")
            .collect(Collectors.joining(","));

    V1Frame.Ask watch = (V1Frame.Ask) decode("{'type':'watch','peers':[" + names + "]}");

    assertThat(((Command.Watch) watch.command()).peers())
        .containsExactlyElementsOf(
            IntStream.range(0, 300).mapToObj(i -> new UserId("u" + i * 7919)).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        "{\t'a' :\n1\r}",
        "{'':''}",
        "{'n':1e400,'m':-0,'k':-0.0E-00,'l':123456789012345678901234567890}",
        "{'u':'\\u0041\\ud83d\\udc4d\\/','v':'👍\u2028\uFEFF\uFFFF'}",
        "{'a':null,'b':[null,{'c':[[]]}],'d':true}",
        "{'type':'hello','to':'eve','data':{'data':{}}}",
        "{'__proto__':{'x':1},'constructor':{'prototype':1}}",
        "{'</script>':'<!--'}",
        "{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':1}}}}}}}}}}}}}}",
      })
  void dataIsKeptAsItWasSent(String sent) throws Exception {
    String data = sent.replace('\'', '"');

    assertThat(decode("{'type':'send','to':'bob','id':'c1','data':" + data + "}"))
        .isEqualTo(data(null, data));
    assertThat(decode("{'data' : " + data + "\n,'type':'send','to':'bob','id':'c1'}"))
        .isEqualTo(data(null, data));
  }

  /** The parser reads long frames in pieces of 4,000; data is cut out of the frame by its place. */
  @Test
  void dataIsKeptAsItWasSentWhereverItStands() throws Exception {
    String data = "{\"a\":[1,{\"b\":\"👍\"}]}";
    for (int edge : new int[] {60, 4_000, 32_768, 36_000, 40_000, 64_000}) {
      for (int before = edge - 60; before < edge + 10; before++) {
        String padding = "x".repeat(before);
        String head = "{'type':'send','to':'bob','id':'c1','x':'" + padding + "','data':";
        assertThat(decode(head + data + "}")).as("at %d", before).isEqualTo(data(null, data));
      }
    }
  }
}
