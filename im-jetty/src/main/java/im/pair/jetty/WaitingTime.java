package im.pair.jetty;

import java.time.Duration;

/**
 * For how long clients have been waited for: the monotonic time, but for what the server lost to a
 * pause of its own, as on a machine that slept. What they have sent meanwhile is still to be read,
 * and must not be held against them. Not thread-safe.
 */
final class WaitingTime {
  private final long mostBetween;
  private long last;
  private long waited;

  /**
   * Begins to wait.
   *
   * @param tick how often it is asked
   * @param nanos the monotonic time, in nanoseconds
   */
  WaitingTime(Duration tick, long nanos) {
    mostBetween = 2 * tick.toNanos();
    last = nanos;
  }

  /** The waiting time, in nanoseconds. */
  long at(long nanos) {
    waited += Math.min(nanos - last, mostBetween);
    last = nanos;
    return waited;
  }
}
