package im.pair.jetty;

import static java.lang.System.Logger.Level.ERROR;

import im.pair.core.CloseReason;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket as a {@link Transport}: a bounded buffer before Jetty's, which has no
 * bound, and one writer that hands over a batch at a time.
 *
 * <p>{@code send} only queues. It is called under a pair's lock and mostly for several clients in a
 * row, so it starts no write itself: it calls the writer on the server's thread pool, and what is
 * sent until that has come round, or while a write is under way, goes out with it. Of a batch of
 * several frames Jetty copies the small ones into one buffer, and the flush at its end costs one
 * system call, where each frame alone would cost one. There is a batch at a time because the count
 * of what Jetty has not written would otherwise be lost, and because a batch is the measure of a
 * slow reader's progress.
 *
 * <p>Thread-safe. The protocol is called by the writer's thread ({@code onWritable}), under no
 * lock.
 */
final class JettyTransport implements Transport {
  private static final System.Logger LOG = System.getLogger(JettyTransport.class.getName());

  /** What Jetty copies frames into before it writes, in bytes; also the size of a batch. */
  static final int BATCH_BYTES = 32_768;

  private final CoreSession session;
  private final boolean compresses;
  private final Executor executor;
  private final OutgoingBuffer buffer;
  private final ReadingGate gate;
  private final Protocol protocol;
  private final Writer writer = new Writer();

  /**
   * The transport of a session, and with it its protocol.
   *
   * @param compresses whether the client has agreed to that
   * @param executor runs the writer, never inside the call
   * @param bufferBytes the bound of the buffer
   * @param memory that of all clients
   */
  JettyTransport(
      CoreSession session,
      boolean compresses,
      ReadingGate gate,
      Executor executor,
      int bufferBytes,
      SharedMemory memory,
      Function<Transport, Protocol> protocols) {
    this.session = session;
    this.compresses = compresses;
    this.gate = gate;
    this.executor = executor;
    this.buffer = new OutgoingBuffer(bufferBytes, BATCH_BYTES, memory);
    this.protocol = protocols.apply(this);
  }

  Protocol protocol() {
    return protocol;
  }

  @Override
  public boolean send(byte[] utf8) {
    boolean taken = buffer.offer(utf8);
    if (taken) {
      callWriter();
    }
    return taken;
  }

  @Override
  public void resumeReading() {
    if (gate.resume()) {
      session.demand();
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (buffer.close(reason)) {
      stopReading();
      callWriter();
    }
  }

  /** From now on the client's frames are dropped; it is still told what it is owed. */
  void stopReading() {
    if (gate.shut()) {
      session.demand();
    }
  }

  /** The connection has ended: nothing more is taken or written. */
  void end() {
    buffer.end();
  }

  boolean isQueued() {
    return buffer.isQueued();
  }

  boolean isFull() {
    return buffer.isFull();
  }

  boolean isClosing() {
    return buffer.isClosing();
  }

  /** Why the connection was closed, if it was from here. */
  @Nullable CloseReason closing() {
    return buffer.closing();
  }

  /** Counts up whenever something was written. */
  long written() {
    return buffer.written();
  }

  private void callWriter() {
    if (buffer.callsWriter()) {
      try {
        executor.execute(writer::iterate);
      } catch (RejectedExecutionException e) {
        // The thread pool has stopped, and with it Jetty, which ends the connection itself.
      }
    }
  }

  /** Writes batch after batch, in a loop also when Jetty completes a write at once. */
  private final class Writer extends IteratingCallback {
    @Override
    protected Action process() {
      if (buffer.settle()) {
        tellWritable();
      }
      OutgoingBuffer.Batch batch = buffer.nextBatch();
      CloseReason reason = batch.close();
      if (reason != null) {
        session.close(reason.code(), reason.words(), this);
      } else if (batch.frames().isEmpty()) {
        return Action.IDLE;
      } else {
        write(batch.frames());
      }
      return Action.SCHEDULED;
    }

    private void tellWritable() {
      try {
        protocol.onWritable();
      } catch (RuntimeException e) {
        LOG.log(ERROR, "a session could not go on", e);
        throw e;
      }
    }

    private void write(List<byte[]> texts) {
      List<Frame> frames =
          compresses ? Compression.deflate(texts) : texts.stream().map(this::frame).toList();
      if (frames.size() == 1) {
        session.sendFrame(frames.get(0), this, false);
        return;
      }
      for (Frame frame : frames) {
        session.sendFrame(frame, Callback.NOOP, true); // if it fails, so does the flush
      }
      session.flush(this);
    }

    private Frame frame(byte[] utf8) {
      return new Frame(OpCode.TEXT, true, ByteBuffer.wrap(utf8));
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      // Jetty ends a connection that fails. One whose client has closed it only takes no more
      // frames, and must not be cut, or the answer to the client's close frame may be lost.
      buffer.end();
    }
  }
}
