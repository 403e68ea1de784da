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

  /** The connection has ended. Calls after the first do nothing. */
  void onClosed();
}
