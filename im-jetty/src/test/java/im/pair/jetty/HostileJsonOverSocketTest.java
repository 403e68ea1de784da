package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.pair.core.PairRouter;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile JSON that fits into a frame is answered, the connection lives, and a pair beside it feels
 * nothing. {@code '} stands for a quotation mark.
 */
@Timeout(60)
class HostileJsonOverSocketTest {
  private static final int MOST = 65_536;
  private static final String OFFER = "Sec-WebSocket-Protocol: im.v1\r\n";

  private final LogWatch log = new LogWatch();
  private final PairRouter router = PairRouter.builder().build();
  private final ImServer server = ImServer.builder().port(0).router(router).build();
  private RawWebSocket healthy;
  private RawWebSocket peer;
  private RawWebSocket rude;

  @BeforeEach
  void start() throws IOException {
    server.start();
    healthy = hello("alice");
    peer = hello("bob");
    rude = hello("eve");
  }

  private RawWebSocket hello(String user) throws IOException {
    RawWebSocket client = RawWebSocket.open(server.port(), "/ws", 0, OFFER);
    say(client, "{'type':'hello','user':'" + user + "'}");
    assertThat(client.nextText()).startsWith("{\"type\":\"welcome\",");
    assertThat(client.nextText()).isEqualTo("{\"type\":\"synced\"}");
    return client;
  }

  private static void say(RawWebSocket client, String frame) throws IOException {
    client.text(frame.replace('\'', '"'));
  }

  @AfterEach
  void theOthersFeltNothing() throws IOException {
    say(healthy, "{'type':'send','to':'bob','id':'c1','body':'still here?'}");
    String heard = healthy.nextText();
    assertThat(heard)
        .startsWith("{\"type\":\"entry\",\"from\":\"alice\",\"to\":\"bob\",\"seq\":1,");
    assertThat(peer.nextText()).isEqualTo(heard);
    say(peer, "{'type':'send','to':'alice','id':'c1','body':'still here'}");
    heard = peer.nextText();
    assertThat(heard)
        .startsWith("{\"type\":\"entry\",\"from\":\"bob\",\"to\":\"alice\",\"seq\":2,");
    assertThat(healthy.nextText()).isEqualTo(heard);
    rude.close();
    healthy.close();
    peer.close();
    server.close();
    router.close();
    log.assertQuiet();
    log.close();
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'k" + i + "':0")
        .collect(Collectors.joining(","));
  }

  static Stream<Arguments> hostile() {
    String send = "{'type':'send','ref':1,'to':'bob','id':'c1','body':'hi',";
    String hello = "{'type':'hello','ref':1,'user':'eve','cursors':";
    return Stream.of(
        arguments("5,000 deep", send + "'x':" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
        arguments("30,000 deep", send + "'x':" + "[".repeat(30_000) + "]".repeat(30_000) + "}"),
        arguments(
            "data 5,000 deep", send + "'data':" + "{'x':".repeat(5_000) + "1" + "}".repeat(5_001)),
        arguments(
            "cursors 5,000 deep", hello + "{'bob':" + "[".repeat(5_000) + "]".repeat(5_000) + "}}"),
        arguments("a number of 65,000 digits", send + "'x':" + "9".repeat(65_000) + "}"),
        arguments(
            "a reference of 65,000 digits", "{'type':'ping','ref':" + "9".repeat(65_000) + "}"),
        arguments(
            "a fraction of 65,000 digits", send + "'data':{'x':0." + "9".repeat(65_000) + "}}"),
        arguments("a name of 65,000 characters", send + "'" + "n".repeat(65_000) + "':1}"),
        arguments("'to' twice", send + "'to':'alice'}"),
        arguments("'to' twice, escaped once", send + "'t\\u006f':'alice'}"),
        arguments("data with a key twice", send + "'data':{'x':{'y':1,'\\u0079':2}}}"),
        arguments("5,000 keys and one again", send + keys(5_000) + ",'k7':1}"),
        arguments("a lone high surrogate", send + "'x':'\\ud83d'}"),
        arguments("a lone low surrogate in data", send + "'data':{'x':'\\udc4d'}}"),
        arguments("a lone surrogate in a name", send + "'\\udc4d':1}"),
        arguments("an escaped NUL", send + "'x':'\\u0000'}"),
        arguments("NUL", send + "'x':'\u0000'}"),
        arguments("a BOM", "\uFEFF{'type':'ping','ref':1}"),
        arguments("'__proto__' twice", send + "'__proto__':{},'\\u005f_proto__':{}}"),
        arguments("NaN", send + "'x':NaN}"),
        arguments("a comment", send + "'x':1/**/}"),
        arguments("no end", send + "'x':'" + "x".repeat(65_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void whatIsUnreadableIsAnError(String what, String frame) throws IOException {
    say(rude, frame);

    assertThat(rude.nextText())
        .as(what)
        .startsWith("{\"type\":\"error\",\"code\":\"bad_frame\",\"reason\":\"")
        .hasSizeLessThan(250);
    itLivesOn();
  }

  @Test
  void whatIsReadableButWrongIsRejectedByItsReference() throws IOException {
    say(rude, "{'type':'hello','ref':1,'user':'eve','cursors':{'bob':['',0]}}");

    assertThat(rude.nextText())
        .startsWith("{\"type\":\"rejected\",\"ref\":1,\"code\":\"bad_frame\",\"reason\":\"");
    itLivesOn();
  }

  @Test
  void whatIsOddButLegalIsTaken() throws IOException {
    String data = "{'__proto__':{'admin':true},'constructor':{'n':1e9999}, '\u2028':'</script>' }";
    say(rude, "{" + keys(5_000) + ",'type':'send','to':'dave','id':'c1','data':" + data + "}");

    assertThat(rude.nextText())
        .startsWith("{\"type\":\"entry\",\"from\":\"eve\",\"to\":\"dave\",\"seq\":1,\"id\":\"c1\",")
        .endsWith(",\"data\":" + data.replace('\'', '"') + "}");
    itLivesOn();
  }

  @Test
  void nineInARowAreAnsweredAndTheTenthEndsIt() throws IOException {
    for (int i = 0; i < 10; i++) {
      say(rude, "[".repeat(MOST));
    }

    for (int i = 0; i < 10; i++) {
      assertThat(rude.nextText()).startsWith("{\"type\":\"error\",\"code\":\"bad_frame\",");
    }
    assertThat(rude.readToClose()).isEqualTo(4400);
  }

  private void itLivesOn() throws IOException {
    say(rude, "{'type':'ping','ref':'p'}");
    assertThat(rude.nextText()).isEqualTo("{\"type\":\"pong\",\"ref\":\"p\"}");
  }
}
