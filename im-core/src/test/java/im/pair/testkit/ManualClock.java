package im.pair.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Both of a router's clocks, moved by hand. Thread-safe. */
public final class ManualClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z"); // guarded by this
  private long nanos; // guarded by this

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** The monotonic time, in nanoseconds. */
  public synchronized long nanoTime() {
    return nanos;
  }

  /** Lets time pass on both clocks. */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Sets the wall clock alone, also back. */
  public synchronized void set(Instant instant) {
    now = instant;
  }
}
