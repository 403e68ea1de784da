package im.pair.wire;

/** One connection's end of a JSON protocol: what a {@link Transport} calls. */
public interface Protocol {
  /**
   * Takes a frame: whole, in well-formed text. One call at a time.
   *
   * @return whether to read on; if false, not before {@link Transport#resumeReading}
   */
  boolean receive(String frame);

  /** There is room again after a refused frame. Called from any thread that holds no lock. */
  void onWritable();

  /**
   * Does what is due. Called about once a second, one call at a time, from a thread that holds no
   * lock; perhaps while {@code receive} is under way, and once more after {@code onClosed}.
   *
   * @param nanos the monotonic time, in nanoseconds
   */
  void tick(long nanos);

  /** The connection has ended. Calls after the first do nothing. */
  void onClosed();
}
