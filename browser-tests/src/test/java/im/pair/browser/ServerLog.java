package im.pair.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks a server, without our client, for what it has of a conversation. */
final class ServerLog implements WebSocket.Listener {
  private final String user;
  private final String peer;
  private final StringBuilder frame = new StringBuilder();
  private final CompletableFuture<JsonNode> page = new CompletableFuture<>();

  private ServerLog(String user, String peer) {
    this.user = user;
    this.peer = peer;
  }

  /** The texts of its newest messages, 100 at most, the oldest first. */
  static List<String> texts(int port, String user, String peer) {
    ServerLog log = new ServerLog(user, peer);
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols("im.v1")
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), log)
        .whenComplete((socket, error) -> log.onError(socket, error));
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : log.page.orTimeout(30, TimeUnit.SECONDS).join().get("entries")) {
      if (entry.get("kind").asText().equals("message") && !entry.path("deleted").asBoolean()) {
        texts.add(entry.get("body").asText());
      }
    }
    return texts;
  }

  @Override
  public void onOpen(WebSocket socket) {
    say(socket, "{\"type\":\"hello\",\"user\":\"" + user + "\"}");
    socket.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    frame.append(part);
    if (last) {
      receive(socket, frame.toString());
      frame.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    if (error != null) {
      page.completeExceptionally(error);
    }
  }

  private void receive(WebSocket socket, String text) {
    try {
      JsonNode json = new ObjectMapper().readTree(text);
      switch (json.get("type").asText()) {
        case "synced" ->
            say(socket, "{\"type\":\"history\",\"ref\":1,\"limit\":100,\"peer\":\"" + peer + "\"}");
        case "page" -> {
          page.complete(json);
          socket.abort();
        }
        default -> {}
      }
    } catch (Exception e) {
      page.completeExceptionally(e);
    }
  }

  private static void say(WebSocket socket, String frame) {
    socket.sendText(frame, true);
  }
}
