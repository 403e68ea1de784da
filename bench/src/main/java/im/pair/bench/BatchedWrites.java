package im.pair.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * What batches are worth: the same rounds of small frames over the same connection, each frame sent
 * by itself, and as a batch with a flush at its end, as im-jetty does. The two take turns, so that
 * what disturbs one disturbs the other.
 */
public final class BatchedWrites {
  private static final int FRAMES = 300_000;
  private static final int ROUND = 300; // of 102 bytes: about im-jetty's 32 KiB
  private static final int TURNS = 7;
  private static final byte[] PAYLOAD = "x".repeat(100).getBytes(StandardCharsets.UTF_8);

  private BatchedWrites() {}

  /** Measures and prints the medians and their ratio. */
  public static void main(String[] args) throws Exception {
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    BlockingQueue<CoreSession> opened = new LinkedBlockingQueue<>();
    jetty.setHandler(
        WebSocketUpgradeHandler.from(jetty, container -> configure(container, opened)));
    jetty.start();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      DataInputStream in = upgrade(client);
      CoreSession session = opened.take();
      List<Double> single = new ArrayList<>();
      List<Double> batched = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        single.add(framesPerSecond(in, () -> send(session, false)));
        batched.add(framesPerSecond(in, () -> send(session, true)));
      }
      // The first turns warm up.
      double one = median(single.subList(2, TURNS));
      double many = median(batched.subList(2, TURNS));
      System.out.printf(
          Locale.ROOT,
          "frames of %d bytes over one connection, frames/s: each by itself %.0f, in batches %.0f, ratio %.1f%n",
          PAYLOAD.length,
          one,
          many,
          many / one);
    } finally {
      jetty.stop();
    }
  }

  private static void configure(
      ServerWebSocketContainer container, BlockingQueue<CoreSession> opened) {
    container.setIdleTimeout(Duration.ZERO);
    container.setOutputBufferSize(32_768);
    container.addMapping("/", (request, response, callback) -> new Opening(opened));
  }

  private static DataInputStream upgrade(Socket client) throws IOException {
    String request =
        String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
            "",
            "");
    client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 16));
    int end = 0;
    while (end != 0x0d0a0d0a) {
      end = end << 8 | in.readUnsignedByte();
    }
    return in;
  }

  private static double framesPerSecond(DataInputStream in, Runnable sender) throws IOException {
    byte[] frame = new byte[2 + PAYLOAD.length];
    long start = System.nanoTime();
    sender.run();
    for (int i = 0; i < FRAMES; i++) {
      in.readFully(frame);
    }
    return FRAMES * 1e9 / (System.nanoTime() - start);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
  }

  private static Frame frame() {
    return new Frame(OpCode.TEXT, true, ByteBuffer.wrap(PAYLOAD));
  }

  /**
   * Hands the session over when it is open. Public because Jetty finds its method by reflection.
   */
  public static final class Opening implements Session.Listener.AutoDemanding {
    private final BlockingQueue<CoreSession> opened;

    Opening(BlockingQueue<CoreSession> opened) {
      this.opened = opened;
    }

    @Override
    public void onWebSocketOpen(Session session) {
      opened.add(((WebSocketSession) session).getCoreSession());
    }
  }

  /** Sends all frames from a thread of its own, a round when the one before is written. */
  private static void send(CoreSession session, boolean batched) {
    Thread thread =
        new Thread(
            () -> {
              for (int sent = 0; sent < FRAMES; sent += ROUND) {
                sendRound(session, batched).join();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static CompletableFuture<Void> sendRound(CoreSession session, boolean batched) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Callback last = Callback.from(() -> written.complete(null), written::completeExceptionally);
    for (int i = 1; i < ROUND; i++) {
      session.sendFrame(frame(), Callback.NOOP, batched);
    }
    session.sendFrame(frame(), batched ? Callback.NOOP : last, batched);
    if (batched) {
      session.flush(last);
    }
    return written;
  }
}
