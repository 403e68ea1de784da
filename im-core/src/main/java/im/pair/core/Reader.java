package im.pair.core;

/** A session's place in one pair's log. */
final class Reader {
  /**
   * The cursor of a reader that is owed nothing yet: its base line is the first entry that is
   * handed out, minus one.
   */
  static final long UNSET = -1;

  private static final int BOTH_MARKS = 3;

  final Pair pair;

  // Guarded by the pair's lock.
  long cursor = UNSET; // the number of the last entry that the session was given
  int marksDue; // whose marks it is to be told: one bit for each of the pair

  /** Whether it resumes, and has not caught up with the store yet. Guarded by the pair's lock. */
  boolean resuming;

  /** Whether it waits in its session's outbox to catch up. Guarded by that. */
  boolean lagging;

  Reader(Pair pair) {
    this.pair = pair;
  }

  /** A reader that goes on after a cursor, and is told both users' marks then. */
  static Reader resuming(Pair pair, long cursor) {
    Reader reader = new Reader(pair);
    reader.cursor = cursor;
    reader.marksDue = BOTH_MARKS;
    reader.resuming = true;
    return reader;
  }

  /** The one of the bits that is for a user. */
  int bit(UserId user) {
    return user.equals(pair.first()) ? 1 : 2;
  }
}
