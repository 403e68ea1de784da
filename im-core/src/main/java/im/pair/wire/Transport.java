package im.pair.wire;

import im.pair.core.CloseReason;

/**
 * A two-way stream of text frames, such as a WebSocket: the seam between a {@link Protocol} and
 * what carries it. Thread-safe; no method blocks, throws, or calls the protocol back.
 *
 * <p>It owes its protocol: {@link Protocol#receive} for one frame after the other and, once that
 * answered false, none before {@code resumeReading}; {@link Protocol#onWritable} after a refused
 * frame as soon as there is room, also if the room appeared at once, from a thread that holds no
 * lock; {@link Protocol#tick} about once a second; {@link Protocol#onClosed} at the end, however it
 * ended. Its buffer is bounded.
 */
public interface Transport {
  /**
   * Takes a frame to send it, or refuses it because the buffer is full. Frames leave in the order
   * in which they were taken. After the end everything is refused, and no {@code onWritable}
   * follows.
   *
   * @param utf8 the frame's text; shared between transports, never changed
   * @return whether it was taken
   */
  boolean send(byte[] utf8);

  /**
   * Frames are welcome again; exactly once after {@code receive} answered false, perhaps before
   * that call has returned.
   */
  void resumeReading();

  /** Ends the connection after the frames that were taken. Only the first call counts. */
  void close(CloseReason reason);
}
