package im.pair.jetty;

import im.pair.core.CloseReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames on their way to one client, bounded in bytes. A frame counts, with its header, from
 * the moment it is taken until its batch is known to be written: Jetty reports a batched frame done
 * as soon as it is copied, so its own word for each frame would not do.
 *
 * <p>Only a state: whoever calls it acts on the answers, outside its lock. The lock covers a few
 * field accesses and no call, which is why {@code send} may take it under a router's lock. One
 * writer at a time takes batches out.
 */
final class OutgoingBuffer {
  private static final int SMALL_HEADER = 2;
  private static final int LARGE_HEADER = 4;
  private static final int HUGE_HEADER = 10;

  private final int maxBytes;
  private final int batchBytes;
  private final SharedMemory memory;

  // All guarded by this.
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private int bytes; // of all that was taken and is not known to be written
  private int batchUnderWay; // bytes
  private long written; // batches
  private boolean writing; // a writer is at work, or called
  private boolean refused; // and onWritable is owed
  private boolean ended;
  private @Nullable CloseReason closing;
  private boolean closeTaken;

  /**
   * An empty buffer.
   *
   * @param maxBytes what it holds; a larger frame is taken if the buffer is empty
   * @param batchBytes what one batch holds, at least one frame
   * @param memory of all clients; when it is used up each still has one frame at a time
   */
  OutgoingBuffer(int maxBytes, int batchBytes, SharedMemory memory) {
    this.maxBytes = maxBytes;
    this.batchBytes = batchBytes;
    this.memory = memory;
  }

  /** Takes a frame, or refuses it and owes the owner a word when there is room. */
  synchronized boolean offer(byte[] frame) {
    if (closing != null || ended) {
      return false;
    }
    int size = sizeOf(frame);
    if (bytes > 0 && (bytes + size > maxBytes || memory.lacks(size))) {
      refused = true;
      return false;
    }
    queue.add(frame);
    bytes += size;
    memory.take(size);
    return true;
  }

  /** Notes the last thing to write. Only the first call counts, and it says so. */
  synchronized boolean close(CloseReason reason) {
    if (closing != null || ended) {
      return false;
    }
    closing = reason;
    return true;
  }

  /** Whether a writer must be called: true for one caller, until that writer finds nothing. */
  synchronized boolean callsWriter() {
    boolean call = !writing && !ended && hasWork();
    writing |= call;
    return call;
  }

  private boolean hasWork() {
    return !queue.isEmpty() || (closing != null && !closeTaken);
  }

  /**
   * Tells that the batch that was taken last, if any, is written.
   *
   * @return whether there is room again that was missed before, so that the owner must be told
   */
  synchronized boolean settle() {
    if (batchUnderWay > 0) {
      bytes -= batchUnderWay;
      memory.give(batchUnderWay);
      batchUnderWay = 0;
      written++;
    }
    boolean tell = refused && closing == null && !ended && bytes <= maxBytes / 2;
    refused &= !tell;
    return tell;
  }

  /** The next work for the writer; when it is {@link Batch#NOTHING} the writer goes to rest. */
  synchronized Batch nextBatch() {
    if (ended || !hasWork()) {
      writing = false;
      return Batch.NOTHING;
    }
    if (queue.isEmpty()) {
      closeTaken = true;
      return new Batch(List.of(), closing);
    }
    List<byte[]> frames = new ArrayList<>();
    do {
      byte[] frame = queue.remove();
      frames.add(frame);
      batchUnderWay += sizeOf(frame);
    } while (!queue.isEmpty() && batchUnderWay + sizeOf(queue.element()) <= batchBytes);
    return new Batch(frames, null);
  }

  /** Drops everything: the connection has ended. */
  synchronized void end() {
    ended = true;
    queue.clear();
    memory.give(bytes);
    bytes = 0;
    batchUnderWay = 0;
  }

  /** Whether frames wait to be written. */
  synchronized boolean isQueued() {
    return bytes > 0 && !ended;
  }

  /** Whether a frame found no room, and there is none yet. */
  synchronized boolean isFull() {
    return refused && closing == null && !ended;
  }

  /** How many batches were written. */
  synchronized long written() {
    return written;
  }

  /** Whether the last thing to write was noted. */
  synchronized boolean isClosing() {
    return closing != null || ended;
  }

  /** Why the connection was closed, if it was from here. */
  synchronized @Nullable CloseReason closing() {
    return closing;
  }

  private static int sizeOf(byte[] frame) {
    int header =
        frame.length < 126 ? SMALL_HEADER : frame.length < 65_536 ? LARGE_HEADER : HUGE_HEADER;
    return frame.length + header;
  }

  /**
   * What a writer writes in one go: frames, or the close frame after all of them.
   *
   * @param frames in their order
   * @param close the reason for the close frame
   */
  record Batch(List<byte[]> frames, @Nullable CloseReason close) {
    static final Batch NOTHING = new Batch(List.of(), null);
  }
}
