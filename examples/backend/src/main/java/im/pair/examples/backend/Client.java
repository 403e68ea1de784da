package im.pair.examples.backend;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A client of the classic protocol, over the JDK's WebSocket. It writes plain words only. */
final class Client implements WebSocket.Listener, AutoCloseable {
  private static final int LONGEST_WAIT_SECONDS = 10;

  private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(1);
  private final StringBuilder part = new StringBuilder(); // of the thread that brings a text
  private final WebSocket socket;

  Client(int port) {
    URI server = URI.create("ws://127.0.0.1:" + port + "/");
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(server, this).join();
  }

  void says(String user, String peer, String words) {
    String ids = "{\"userId\":\"" + user + "\",\"targetId\":\"" + peer + "\",";
    socket.sendText(ids + "\"message\":\"" + words + "\"}", true).join();
  }

  /** The next frame; waits for it. */
  String hears() throws InterruptedException {
    String frame = heard.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new IllegalStateException("the server says nothing");
    }
    socket.request(1);
    return frame;
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      heard.add(part.toString()); // there is room: the next is requested when this is taken
      part.setLength(0);
    } else {
      webSocket.request(1);
    }
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
