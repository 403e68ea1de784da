package im.pair.jetty;

import im.pair.core.CloseReason;
import im.pair.core.Connection;
import im.pair.core.Outgoing;
import im.pair.testkit.ConnectionContract;
import im.pair.wire.ClassicCodec;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What every connection must do, over Jetty and a real socket. */
class JettyConnectionContractTest extends ConnectionContract {
  @Override
  protected Line open() throws Exception {
    return new SocketLine();
  }

  /** A connection whose writer waits until its client reads, so that the buffer fills for sure. */
  private static final class SocketLine implements Line {
    private final BlockingQueue<Tap> taps = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> reads = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Executor writers = this::runOnceTheClientReads;
    private final ImServer server =
        ImServer.builder()
            .port(0)
            .writers(writers)
            .classicProtocol(
                transport -> {
                  Tap tap = new Tap(transport);
                  taps.add(tap);
                  return tap;
                })
            .build();
    private final RawWebSocket client;
    private final Tap tap;
    private @Nullable Integer closeCode;

    SocketLine() throws Exception {
      server.start();
      client = RawWebSocket.open(server.port());
      tap = taps.poll(20, TimeUnit.SECONDS);
    }

    private void runOnceTheClientReads(Runnable task) {
      CompletableFuture<Void> unused = reads.thenRunAsync(task, threads);
    }

    @Override
    public Connection connection() {
      return tap;
    }

    @Override
    public void onWritable(Runnable call) {
      tap.onWritable = call;
    }

    @Override
    public @Nullable String take() throws IOException {
      reads.complete(null);
      RawWebSocket.Frame frame = client.next();
      if (frame == null || frame.opcode() == RawWebSocket.CLOSE) {
        closeCode = frame == null ? null : (Integer) frame.code();
        return null;
      }
      String text = frame.text();
      return text.substring("{\"id\":\"alice\",\"msg\":\"".length(), text.length() - 2);
    }

    @Override
    public @Nullable Integer closeCode() {
      return closeCode;
    }

    @Override
    public void close() throws IOException {
      reads.complete(null);
      client.close();
      server.close();
      threads.shutdown();
    }
  }

  /** A protocol that only lets events through. */
  private static final class Tap implements Protocol, Connection {
    private final Transport transport;
    private volatile Runnable onWritable = () -> {};

    Tap(Transport transport) {
      this.transport = transport;
    }

    @Override
    public boolean receive(String frame) {
      return true;
    }

    @Override
    public void onWritable() {
      onWritable.run();
    }

    @Override
    public void tick(long nanos) {}

    @Override
    public void onClosed() {}

    @Override
    public boolean send(Outgoing event) {
      return transport.send(event.as(ClassicCodec.STRING_IDS));
    }

    @Override
    public void resumeReading() {
      transport.resumeReading();
    }

    @Override
    public void close(CloseReason reason) {
      transport.close(reason);
    }
  }
}
