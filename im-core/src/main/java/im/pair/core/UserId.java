package im.pair.core;

/**
 * The name of a user: 1 to 64 of {@code A-Z a-z 0-9 . _ - @ : +}, the first and the last a letter
 * or a digit. Case matters; nothing is normalised. Source: design §3.
 *
 * @param value the name as it was given
 */
public record UserId(String value) implements Comparable<UserId> {
  /** The longest name, in characters (all are ASCII, so in bytes too). */
  public static final int MAX_LENGTH = 64;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is not a user's name; the message says what one looks
   *     like
   */
  public UserId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a user id is 1 to 64 of A-Z a-z 0-9 . _ - @ : + and begins and ends with a letter or a digit");
    }
  }

  /**
   * Whether the constructor would take this name.
   *
   * @param value any text
   */
  public static boolean isValid(String value) {
    int length = value.length();
    if (length == 0
        || length > MAX_LENGTH
        || !isAlphanumeric(value.charAt(0))
        || !isAlphanumeric(value.charAt(length - 1))) {
      return false;
    }
    for (int i = 1; i < length - 1; i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && "._-@:+".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** By bytes, which for these characters is by {@code char}. */
  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
