package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** A client of im.v1. In frames that it says, {@code '} stands for {@code "}. */
final class V1Client implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TextClient client;
  private int pings;

  private V1Client(int port, String path) {
    client = TextClient.offering("im.v1", port, path);
  }

  /** A connection that has said nothing yet. */
  static V1Client open(int port) {
    return open(port, "/ws");
  }

  static V1Client open(int port, String path) {
    return new V1Client(port, path);
  }

  /** A connection of a user that resumes nothing, after its welcome. */
  static V1Client of(ImServer server, String user) {
    V1Client client = open(server.port());
    client.say("{'type':'hello','user':'" + user + "'}");
    assertThat(client.next().path("type").asText()).isEqualTo("welcome");
    assertThat(client.next().path("type").asText()).isEqualTo("synced");
    return client;
  }

  V1Client say(String frame) {
    client.say(frame.replace('\'', '"'));
    return this;
  }

  V1Client send(String to, String id, String body) {
    return say("{'type':'send','to':'" + to + "','id':'" + id + "','body':'" + body + "'}");
  }

  /** What it is told next; waits for it. */
  JsonNode next() {
    String text = nextText();
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not a frame: " + text, e);
    }
  }

  /** The text of what it is told next, or how it ended: {@code (close 4503)}. Waits for it. */
  String nextText() {
    return client.next();
  }

  /** All that it is told before the answer to a ping that it sends now. */
  List<String> toldSoFar() {
    String ref = "p" + ++pings;
    say("{'type':'ping','ref':'" + ref + "'}");
    String pong = "{\"type\":\"pong\",\"ref\":\"" + ref + "\"}";
    List<String> before = new ArrayList<>();
    String text = nextText();
    while (!text.equals(pong)) {
      assertThat(text).startsWith("{");
      before.add(text);
      text = nextText();
    }
    return before;
  }

  /** The close code, after anything else that it is told. */
  int closeCode() {
    String text = nextText();
    while (text.startsWith("{")) {
      text = nextText();
    }
    assertThat(text).matches("\\(close \\d+\\)");
    return Integer.parseInt(text.replaceAll("\\D", ""));
  }

  @Override
  public void close() {
    client.close();
  }
}
