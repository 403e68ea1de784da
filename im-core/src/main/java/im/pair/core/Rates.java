package im.pair.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each user that sends: so many a second, and a burst of {@link #BURST_SECONDS}
 * of that. A bucket is kept as the one time at which it will be full again (the generic cell rate
 * algorithm), and forgotten then. Thread-safe.
 */
final class Rates {
  static final int BURST_SECONDS = 5;

  private final long interval; // between two sends, in nanoseconds; 0: no limit
  private final Map<UserId, Long> fullAt = new ConcurrentHashMap<>();

  Rates(int perSecond) {
    interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /**
   * Takes a token if there is one.
   *
   * @return 0, or after how many nanoseconds there will be one
   */
  long take(UserId user, long now) {
    if (interval == 0) {
      return 0;
    }
    long[] wait = new long[1];
    fullAt.compute(
        user,
        (key, before) -> {
          long full = before == null || before - now < 0 ? now : before;
          wait[0] = Math.max(0, full + interval - now - TimeUnit.SECONDS.toNanos(BURST_SECONDS));
          return wait[0] == 0 ? full + interval : full;
        });
    return wait[0];
  }

  /** Forgets the buckets that are full. */
  void tick(long now) {
    fullAt.values().removeIf(full -> full - now <= 0);
  }

  int size() {
    return fullAt.size();
  }
}
