package im.pair.wire;

import im.pair.core.UserId;

/**
 * Who a client was found to be.
 *
 * @param user the user
 * @param expires until when that holds, in milliseconds since the epoch; {@link #NEVER} if for good
 */
public record Identity(UserId user, long expires) {
  /** It does not expire. */
  public static final long NEVER = 0;

  /**
   * Checks the bound.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public Identity {
    if (expires < 0) {
      throw new IllegalArgumentException("a time is not negative: " + expires);
    }
  }
}
