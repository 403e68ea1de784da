package im.pair.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
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
  private final StringBuilder frame = new StringBuilder();
  private final CompletableFuture<JsonNode> synced = new CompletableFuture<>();
  private final CompletableFuture<JsonNode> page = new CompletableFuture<>();

  private ServerLog() {}

  /** The texts of its newest messages, 100 at most, the oldest first. */
  static List<String> texts(int port, String user, String peer) {
    ServerLog log = new ServerLog();
    URI url = URI.create("ws://127.0.0.1:" + port + "/ws");
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    WebSocket socket = within(builder.subprotocols("im.v1").buildAsync(url, log));
    within(socket.sendText(("{'type':'hello','user':'" + user + "'}").replace('\'', '"'), true));
    within(log.synced);
    String history = "{'type':'history','ref':1,'limit':100,'peer':'" + peer + "'}";
    within(socket.sendText(history.replace('\'', '"'), true));
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : within(log.page).get("entries")) {
      if (entry.get("kind").asText().equals("message") && !entry.path("deleted").asBoolean()) {
        texts.add(entry.get("body").asText());
      }
    }
    socket.abort();
    return texts;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    frame.append(part);
    if (last) {
      receive(frame.toString());
      frame.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void receive(String text) {
    try {
      JsonNode json = new ObjectMapper().readTree(text);
      switch (json.get("type").asText()) {
        case "synced" -> synced.complete(json);
        case "page" -> page.complete(json);
        default -> {}
      }
    } catch (JsonProcessingException e) {
      page.completeExceptionally(e);
    }
  }

  private static <T> T within(CompletableFuture<T> answer) {
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
