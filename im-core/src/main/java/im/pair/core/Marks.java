package im.pair.core;

/**
 * How far a user has received and read a pair's log. Both only ever move forward, and what was read
 * was received.
 *
 * @param delivered the number up to which its devices have received the entries
 * @param read the number up to which it has read them
 */
public record Marks(long delivered, long read) {
  /** Nothing received yet. */
  public static final Marks NONE = new Marks(0, 0);

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException unless 0 ≤ read ≤ delivered
   */
  public Marks {
    if (read < 0 || read > delivered) {
      throw new IllegalArgumentException(
          "marks are 0 <= read <= delivered, not " + read + " and " + delivered);
    }
  }

  /**
   * These marks moved to the given numbers: not back, not beyond the head, and {@code delivered} at
   * least to where {@code read} is.
   *
   * @param delivered a number, not negative
   * @param read likewise
   * @param head the number of the log's newest entry
   */
  public Marks moved(long delivered, long read, long head) {
    long nowRead = Math.min(read, head);
    return max(new Marks(Math.max(Math.min(delivered, head), nowRead), nowRead));
  }

  /** The further of both, each for itself. */
  public Marks max(Marks other) {
    return new Marks(Math.max(delivered, other.delivered), Math.max(read, other.read));
  }
}
