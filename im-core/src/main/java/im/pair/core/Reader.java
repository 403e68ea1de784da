package im.pair.core;

/** A session's place in one pair's log. */
final class Reader {
  /**
   * The cursor of a reader that is owed nothing yet: its base line is the first entry that is
   * handed out, minus one.
   */
  static final long UNSET = -1;

  final Pair pair;

  /** The number of the last entry that the session was given. Guarded by the pair's lock. */
  long cursor = UNSET;

  /** Whether it waits in its session's outbox to catch up. Guarded by that. */
  boolean lagging;

  Reader(Pair pair) {
    this.pair = pair;
  }
}
