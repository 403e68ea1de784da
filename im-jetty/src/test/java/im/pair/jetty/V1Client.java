package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of im.v1 on the JDK's WebSocket, with a recorder of what it is told. In frames that it
 * says, {@code '} stands for {@code "}.
 */
final class V1Client implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WAIT_SECONDS = 20;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder(); // of the thread that brings a text
  private final WebSocket socket;
  private int pings;

  private V1Client(int port, String path) {
    socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("im.v1")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
            .join();
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
    socket.sendText(frame.replace('\'', '"'), true).join();
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
    try {
      String next = told.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      return next == null ? "(nothing)" : next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      told.add(part.toString());
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    told.add("(close " + code + ")");
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    told.add("(end)");
  }

  @Override
  public void close() {
    socket.abort();
  }
}
