package im.pair.core;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to append to a log. Sending the same id again to the same peer is safe: it
 * gives back the number of the first entry, and contents are not compared.
 *
 * @param id the client's own, unique for this sender in this pair: 1 to 64 printable ASCII
 *     characters
 * @param kind what the entry does
 * @param of the number of the message that it changes; 0 for a message
 * @param body the text: of a message (absent if only {@code data} matters), the new one of an edit,
 *     a reaction; absent for a deletion
 * @param data anything more that a host or a client wants to keep with a message, opaque to the
 *     core
 */
public record Draft(String id, Kind kind, long of, @Nullable String body, @Nullable String data) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Checks the shape, not the sizes, which are {@link Limits}' matter.
   *
   * @throws IllegalArgumentException if a part is missing, is there and must not be, or is
   *     malformed
   */
  public Draft {
    if (id.isEmpty() || id.length() > 64 || !id.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("an id is 1 to 64 printable ASCII characters");
    }
    if (kind == Kind.MESSAGE ? of != 0 : of < 1) {
      throw new IllegalArgumentException(
          "all but a message, and they alone, name a message by 'of'");
    }
    if (kind == Kind.DELETE
        ? body != null
        : body == null && (kind != Kind.MESSAGE || data == null)) {
      throw new IllegalArgumentException(
          "a deletion has no body; a message has a body or data; the others have a body");
    }
    if (data != null && kind != Kind.MESSAGE) {
      throw new IllegalArgumentException("only a message has data");
    }
    Text.utf8Length(body);
    Text.utf8Length(data);
  }

  /** A message under an id of one's own. */
  public static Draft message(String id, String body) {
    return new Draft(id, Kind.MESSAGE, 0, body, null);
  }

  /** A message under a new id of 128 random bits, for senders that never send again. */
  public static Draft message(String body) {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return message(HexFormat.of().formatHex(bits), body);
  }

  /** Another body for the message {@code of}. */
  public static Draft edit(String id, long of, String body) {
    return new Draft(id, Kind.EDIT, of, body, null);
  }

  /** The deletion of the message {@code of}. */
  public static Draft delete(String id, long of) {
    return new Draft(id, Kind.DELETE, of, null, null);
  }

  /** A reaction to the message {@code of}; an empty one takes it back. */
  public static Draft react(String id, long of, String reaction) {
    return new Draft(id, Kind.REACT, of, reaction, null);
  }
}
