package im.pair.core;

/**
 * Up to where a client has a pair's log in order.
 *
 * @param seq the number of the last entry that it has; 0 for none: from the start
 * @param at that entry's time, by which it is told from one of another history; 0 for none
 */
public record Cursor(long seq, long at) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Cursor {
    if (seq < 0 || at < 0) {
      throw new IllegalArgumentException("a cursor is not negative: " + seq + ", " + at);
    }
  }
}
