package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which protocol is spoken with a client, by what it offers. */
@Timeout(60)
class SubprotocolsTest {
  private final ImServer server = ImServer.builder().port(0).build();
  private int port;

  @BeforeEach
  void start() throws IOException {
    server.start();
    port = server.port();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noOfferIsClassicAndNothingIsEchoed() throws IOException {
    HttpReply reply = HttpReply.upgrade(port, "127.0.0.1");

    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("Sec-WebSocket-Protocol")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "im.v1",
        "im.v1,chat",
        "chat ,\tim.v1",
        "im.v2, im.v1",
        "chat\r\nSec-WebSocket-Protocol: im.v1",
        "im.v1\r\nsec-websocket-protocol: chat, more",
      })
  void anOfferOfV1AmongOthersIsTakenAndEchoedAlone(String offer) throws IOException {
    HttpReply reply = HttpReply.upgrade(port, "127.0.0.1", "Sec-WebSocket-Protocol: " + offer);

    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("Sec-WebSocket-Protocol")).isEqualTo("im.v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "chat",
        "im.v2, chat",
        "IM.V1",
        "im.v10",
        "im",
        "im.v1;q=1",
        "\"im.v1\"",
        "chat\r\nSec-WebSocket-Protocol: im.v2",
      })
  void anOfferWithoutItIsABadRequestThatSaysWhatToOffer(String offer) throws IOException {
    HttpReply reply = HttpReply.upgrade(port, "127.0.0.1", "Sec-WebSocket-Protocol: " + offer);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("im.v1", "classic");
  }

  @Test
  void oneOfEachHearTheOther() throws IOException {
    try (RawWebSocket bob = RawWebSocket.open(port, "/ws", 0, "Sec-WebSocket-Protocol: im.v1\r\n");
        TextClient alice = TextClient.open(server)) {
      bob.text("{\"type\":\"hello\",\"user\":\"bob\"}");
      assertThat(bob.nextText()).contains("\"welcome\"", "\"bob\"", "\"frameBytes\":65536");
      assertThat(bob.nextText()).contains("\"synced\"");
      alice.say(join("alice", "bob")).awaitJoined("alice");

      bob.text("{\"type\":\"send\",\"to\":\"alice\",\"id\":\"c1\",\"body\":\"hi\"}");
      assertThat(bob.nextText()).contains("\"entry\"", "\"hi\"");
      assertThat(alice.next()).isEqualTo(told("bob", "hi"));
    }
  }
}
