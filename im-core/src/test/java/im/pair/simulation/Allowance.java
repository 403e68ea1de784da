package im.pair.simulation;

/** What one user may send, as credit in nanoseconds that grows with time up to five seconds. */
final class Allowance {
  private static final long MOST = 5_000_000_000L;

  private final long cost;
  private long credit = MOST;
  private long since;

  Allowance(int perSecond, long now) {
    cost = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
    since = now;
  }

  /** Pays for a send; or after how many milliseconds, at the earliest, one could. */
  long take(long now) {
    credit = Math.min(MOST, credit + now - since);
    since = now;
    if (credit >= cost) {
      credit -= cost;
      return 0;
    }
    return (cost - credit + 999_999) / 1_000_000;
  }
}
