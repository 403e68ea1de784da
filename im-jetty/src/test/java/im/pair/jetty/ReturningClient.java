package im.pair.jetty;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of im.v1 that does what wire.md asks of one: it keeps what it sends until it sees it
 * echoed or accepted, comes back after a random wait when it is sent away, resumes from its cursor,
 * and sends again, in order and under the same ids. It talks with one peer. Its lock guards all.
 */
final class ReturningClient implements WebSocket.Listener {
  /** What stands for a second of the documented back-off, so that a test is quick. */
  private static final long SECOND_MILLIS = 20;

  private static final int MOST_UNSETTLED = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI address;
  private final String user;
  private final String peer;

  private final Map<String, String> outbox = new LinkedHashMap<>(); // bodies by id, in order
  private final List<JsonNode> log = new ArrayList<>(); // the entries, by number
  private final List<Integer> closeCodes = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
  private @Nullable WebSocket socket;
  private @Nullable String epoch;
  private boolean synced;
  private boolean resumed;
  private boolean left;
  private int failures; // in a row
  private int toWrite;
  private int written;

  ReturningClient(HttpClient http, int port, String user, String peer) {
    this.http = http;
    this.address = URI.create("ws://127.0.0.1:" + port + "/ws");
    this.user = user;
    this.peer = peer;
  }

  synchronized void connect() {
    if (left) {
      return;
    }
    CompletionStage<WebSocket> opening =
        http.newWebSocketBuilder().subprotocols("im.v1").buildAsync(address, this);
    opening.whenComplete(
        (opened, failure) -> {
          if (failure != null) {
            comeBack();
          }
        });
  }

  private synchronized void comeBack() {
    synced = false;
    socket = null;
    long most = Math.min(30, 1L << Math.min(failures, 5)) * SECOND_MILLIS;
    failures++;
    CompletableFuture.delayedExecutor(
            ThreadLocalRandom.current().nextLong(most + 1), TimeUnit.MILLISECONDS)
        .execute(this::connect);
  }

  @Override
  public void onOpen(WebSocket opened) {
    synchronized (this) {
      socket = opened;
      sending = CompletableFuture.completedFuture(null);
      part.setLength(0);
      say(hello());
    }
    opened.request(1);
  }

  private String hello() {
    String who = "{'type':'hello','user':'" + user + "'";
    if (epoch == null) {
      return who + "}";
    }
    JsonNode newest = log.isEmpty() ? JSON.createObjectNode() : log.get(log.size() - 1);
    String cursor = newest.path("seq").asLong(0) + "," + newest.path("at").asLong(0);
    return who + ",'epoch':'" + epoch + "','cursors':{'" + peer + "':[" + cursor + "]}}";
  }

  /** Writes so many messages, a few at a time: one more for each that is echoed. */
  synchronized void write(int count) {
    toWrite += count;
    writeOn();
  }

  private void writeOn() {
    while (toWrite > 0 && outbox.size() < MOST_UNSETTLED) {
      toWrite--;
      written++;
      String id = user + "-" + written;
      outbox.put(id, "message " + written + " of " + user);
      if (synced) {
        send(id);
      }
    }
  }

  private void send(String id) {
    String body = requireNonNull(outbox.get(id));
    say("{'type':'send','to':'" + peer + "','id':'" + id + "','body':'" + body + "'}");
  }

  private void say(String frame) {
    WebSocket open = socket;
    if (open != null) {
      String text = frame.replace('\'', '"');
      sending = sending.thenCompose(before -> open.sendText(text, true));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    synchronized (this) {
      part.append(text);
      if (last) {
        hear(part.toString());
        part.setLength(0);
      }
    }
    from.request(1);
    return null;
  }

  private void hear(String text) {
    JsonNode frame;
    try {
      frame = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      surprises.add(text);
      return;
    }
    switch (frame.path("type").asText()) {
      case "welcome" -> {
        resumed = frame.path("resumed").asBoolean();
        if (!resumed && epoch != null) {
          surprises.add(text);
        }
        epoch = frame.path("epoch").asText();
      }
      case "synced" -> {
        synced = true;
        failures = 0;
        outbox.keySet().forEach(this::send);
        writeOn();
      }
      case "entry" -> take(frame);
      case "accepted" -> settled(frame.path("id").asText());
      case "mark" -> {} // of the resumed pair
      default -> surprises.add(text);
    }
  }

  /** An entry comes once and in order; but its last ones may be told again by a resume. */
  private void take(JsonNode entry) {
    if (entry.path("seq").asLong() == log.size() + 1L) {
      log.add(entry);
    } else {
      surprises.add(entry.toString());
    }
    if (entry.path("from").asText().equals(user)) {
      settled(entry.path("id").asText());
    }
  }

  private void settled(String id) {
    outbox.remove(id);
    writeOn();
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    synchronized (this) {
      closeCodes.add(code);
    }
    comeBack();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    synchronized (this) {
      closeCodes.add(1006);
    }
    comeBack();
  }

  synchronized boolean isSynced() {
    return synced;
  }

  synchronized boolean hasResumed() {
    return synced && resumed;
  }

  /** How many messages it has not seen echoed or accepted. */
  synchronized int unsettled() {
    return toWrite + outbox.size();
  }

  /** How many entries it has been given. */
  synchronized int given() {
    return log.size();
  }

  /** The ids of the entries, by number. */
  synchronized List<String> ids() {
    return log.stream().map(it -> it.path("id").asText()).toList();
  }

  synchronized List<Integer> closeCodes() {
    return List.copyOf(closeCodes);
  }

  /** What it should not have been told. */
  synchronized List<String> surprises() {
    return List.copyOf(surprises);
  }

  synchronized void leave() {
    left = true;
    if (socket != null) {
      socket.abort();
    }
  }
}
