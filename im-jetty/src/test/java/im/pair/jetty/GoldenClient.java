package im.pair.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.protocol.AsyncApi;
import im.pair.protocol.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A client of a golden case. It looks at the text of each frame before it hands it on as JSON. */
final class GoldenClient {
  private static final AsyncApi API = AsyncApi.load();
  private static final int NORMAL = 1000;
  private static final int NO_CLOSE_FRAME = 1006;

  private final RawWebSocket socket;
  private final boolean speaksV1;
  private boolean open = true;
  private boolean attached;

  private GoldenClient(RawWebSocket socket, boolean speaksV1) {
    this.socket = socket;
    this.speaksV1 = speaksV1;
  }

  /** Connects, and makes sure of the protocol. */
  static GoldenClient connect(int port, String protocol) throws IOException {
    boolean speaksV1 = protocol.equals("im.v1");
    String offer = speaksV1 ? "Sec-WebSocket-Protocol: im.v1\r\n" : "";
    RawWebSocket socket = RawWebSocket.connect(port, "127.0.0.1", 0);
    socket.bytes((RawWebSocket.upgrade(port, "/ws") + offer + "\r\n").getBytes(ISO_8859_1));
    assertThat(socket.readUpgrade().contains("Sec-WebSocket-Protocol: im.v1")).isEqualTo(speaksV1);
    return new GoldenClient(socket, speaksV1);
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the router has a session of it. */
  boolean isAttached() {
    return attached;
  }

  void send(int opcode, byte[] payload) throws IOException {
    socket.frame(opcode, true, payload);
    attached |= !speaksV1;
  }

  void send(String text) throws IOException {
    send(RawWebSocket.TEXT, text.getBytes(UTF_8));
  }

  /** The next frame, which must be one of the protocol's, written as they all are. */
  JsonNode receive() throws IOException {
    String text = socket.nextText();
    assertThat(text).as("the next frame").startsWith("{");
    JsonNode frame = Json.parse(text);
    if (speaksV1) {
      assertThat(text).startsWith("{\"type\":").doesNotContain(":null");
      attached |= frame.path("type").asText().equals("welcome");
    }
    assertThat(API.errors(speaksV1 ? "im.v1" : "classic", false, frame)).as(text).isEmpty();
    return frame;
  }

  /** Whether the frame is as expected, also in the order of its keys where that is laid down. */
  boolean hasOrderOf(JsonNode expected, JsonNode frame) {
    return speaksV1 || names(expected).equals(names(frame));
  }

  private static List<String> names(JsonNode frame) {
    List<String> names = new ArrayList<>();
    frame.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The code with which the server closes, as the next thing that it does. */
  int awaitClose() throws IOException {
    RawWebSocket.Frame frame = socket.next();
    open = false;
    attached = false;
    if (frame == null) {
      return NO_CLOSE_FRAME;
    }
    assertThat(frame.opcode()).as(frame.text()).isEqualTo(RawWebSocket.CLOSE);
    socket.frame(RawWebSocket.CLOSE, true, frame.payload());
    socket.close();
    return frame.code();
  }

  /** Says good-bye; nothing may come but the answer. */
  void leave() throws IOException {
    send(RawWebSocket.CLOSE, ByteBuffer.allocate(2).putShort((short) NORMAL).array());
    assertThat(awaitClose()).isEqualTo(NORMAL);
  }

  /** Breaks off, whatever may have come. */
  void vanish() throws IOException {
    open = false;
    attached = false;
    socket.vanish();
  }

  /** Asks what is answered at once; until the answer nothing else may come. */
  void assertNothingMore(String ref) throws IOException {
    if (speaksV1) {
      send("{\"type\":\"ping\",\"ref\":\"" + ref + "\"}");
      JsonNode answer = receive();
      assertThat(answer.path("type").asText())
          .as("instead of nothing came " + answer)
          .isEqualTo(attached ? "pong" : "error");
      assertThat(answer.path("ref").asText()).isEqualTo(attached ? ref : "");
    } else {
      send("{\"userId\":\"x\",\"targetId\":\"x\"}");
      assertThat(receive().path("error").asText()).as("instead of nothing").isEqualTo("self");
    }
  }

  void close() throws IOException {
    socket.close();
  }
}
