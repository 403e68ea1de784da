package im.pair.core;

/**
 * The way to one client: the seam for transports. The router calls it from any thread, also while
 * it holds a lock, so each method only notes what is to be done and returns at once: it never
 * blocks, throws, or calls the session back.
 *
 * <p>What the transport owes its {@link Session} in return:
 *
 * <ul>
 *   <li>after {@code send} answered false, one {@link Session#onWritable} once there is room, of
 *       half the buffer say, also if it appeared at once; from a thread that holds no lock, and
 *       never from inside {@code send};
 *   <li>{@link Session#receive} for one command after the other, in the order in which they came;
 *   <li>after {@code receive} answered false, no further command before {@code resumeReading};
 *   <li>{@link Session#detach} once the connection has ended, however it ended.
 * </ul>
 *
 * Events reach the client in the order in which {@code send} took them. Source: design §3.
 */
public interface Connection {
  /**
   * Takes an event to send it, or refuses it because the buffer, which must be bounded, is full.
   * What was taken reaches the client unless the connection ends. After its end everything is
   * refused, and no {@code onWritable} follows.
   *
   * @return whether it was taken
   */
  boolean send(Outgoing event);

  /**
   * Commands are welcome again. It comes exactly once after {@code receive} answered false, perhaps
   * before that call has returned, unless the session has ended.
   */
  void resumeReading();

  /**
   * Ends the connection: what was taken is sent if the client still takes it, then the reason. Only
   * the first call counts.
   */
  void close(CloseReason reason);
}
