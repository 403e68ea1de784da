package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A decent WebSocket client, the JDK's, with a recorder of what it is told. */
final class TextClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int WAIT_SECONDS = 20;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder(); // of the thread that brings a text
  private final WebSocket socket;

  private TextClient(WebSocket.Builder builder, String address) {
    socket = builder.buildAsync(URI.create(address), this).join();
  }

  static TextClient open(ImServer server) {
    return open(server, "/");
  }

  static TextClient open(ImServer server, String path) {
    return open(server.port(), path);
  }

  static TextClient open(int port, String path) {
    return open(HTTP.newWebSocketBuilder(), port, path);
  }

  /** Opens a connection that offers a subprotocol. */
  static TextClient offering(String subprotocol, int port, String path) {
    return open(HTTP.newWebSocketBuilder().subprotocols(subprotocol), port, path);
  }

  private static TextClient open(WebSocket.Builder builder, int port, String path) {
    return new TextClient(builder, "ws://127.0.0.1:" + port + path);
  }

  /** Over TLS. */
  static TextClient open(ImServer server, SSLContext trust) {
    HttpClient http = HttpClient.newBuilder().sslContext(trust).build();
    return new TextClient(http.newWebSocketBuilder(), "wss://localhost:" + server.port() + "/ws");
  }

  /** Opens a connection that has joined a pair before this returns. */
  static TextClient joined(ImServer server, String user, String peer) {
    TextClient client = open(server);
    client.say(join(user, peer));
    client.awaitJoined(user);
    return client;
  }

  /** The frame that joins a pair. */
  static String join(String user, String peer) {
    return "{\"userId\":\"" + user + "\",\"targetId\":\"" + peer + "\"}";
  }

  /** The frame that joins a pair and sends a message. */
  static String message(String user, String peer, String text) {
    return "{\"userId\":\""
        + user
        + "\",\"targetId\":\""
        + peer
        + "\",\"message\":\""
        + text
        + "\"}";
  }

  /** The frame that everybody in the pair is told. */
  static String told(String user, String text) {
    return "{\"id\":\"" + user + "\",\"msg\":\"" + text + "\"}";
  }

  TextClient say(String frame) {
    socket.sendText(frame, true).join();
    return this;
  }

  /**
   * Waits until what was said so far is dealt with: frames are taken in order, and this one is
   * answered with an error.
   */
  void awaitJoined(String user) {
    say("{\"userId\":\"" + user + "\",\"targetId\":\"" + user + "\"}");
    assertThat(next()).contains("\"error\":\"self\"");
  }

  /** What it is told next, or how it ended: {@code (close 4503)}. Waits for it. */
  String next() {
    try {
      String next = told.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      return next == null ? "(nothing)" : next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asserts that it has been told nothing more: what it asks now is answered next. */
  void assertToldNothingElse(String user) {
    awaitJoined(user);
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

  /** Says good-bye and waits for the answer. */
  void leave() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(next()).isEqualTo("(close 1000)");
  }

  @Override
  public void close() {
    socket.abort();
  }
}
