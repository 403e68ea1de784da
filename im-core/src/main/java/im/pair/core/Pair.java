package im.pair.core;

/**
 * Two different users, in one canonical order, so that a pair is the same whoever names it.
 *
 * @param first the user whose id is the smaller by bytes
 * @param second the other one
 */
public record Pair(UserId first, UserId second) {
  /**
   * Checks the order; {@link #of} does not care about it.
   *
   * @throws IllegalArgumentException if the two are the same user or in the wrong order
   */
  public Pair {
    if (first.compareTo(second) >= 0) {
      throw new IllegalArgumentException("a pair is two different users, the smaller id first");
    }
  }

  /**
   * The pair of two users, named in any order.
   *
   * @throws IllegalArgumentException if both are the same user
   */
  public static Pair of(UserId one, UserId another) {
    return one.compareTo(another) < 0 ? new Pair(one, another) : new Pair(another, one);
  }

  /** Whether the user is one of the two. */
  public boolean has(UserId user) {
    return first.equals(user) || second.equals(user);
  }

  /**
   * The one of the two that {@code user} is not.
   *
   * @throws IllegalArgumentException if {@code user} is neither
   */
  public UserId other(UserId user) {
    if (first.equals(user)) {
      return second;
    }
    if (second.equals(user)) {
      return first;
    }
    throw new IllegalArgumentException(user + " is not one of " + this);
  }

  @Override
  public String toString() {
    return first + "~" + second;
  }
}
