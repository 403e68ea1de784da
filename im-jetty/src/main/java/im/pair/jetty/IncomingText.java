package im.pair.jetty;

import im.pair.core.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole texts of the frames and pieces of frames that Jetty hands over as they come in. It
 * keeps at most one message of the largest size, and nothing between messages. Not thread-safe.
 *
 * <p>A message that breaks a rule is dropped as it comes and complained about at its end. If the
 * connection were closed at once, the client's unread bytes would make TCP reset it, and the client
 * would not learn why. The patience ends at {@link #MAX_DROPPED}.
 */
final class IncomingText {
  /** The largest message, in bytes of UTF-8. */
  static final int MAX_BYTES = 65_536;

  /** After so many bytes of a message that is dropped anyway, its end is not waited for. */
  static final int MAX_DROPPED = 32 << 20;

  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int length;
  private @Nullable CloseReason breach;
  private long dropped;

  /**
   * Takes the next piece of the message.
   *
   * @param binary whether the message is a binary one
   * @param last whether the message ends with this piece
   * @return the text, if it is complete
   * @throws BreachException once the message is seen to break a rule and nothing of it is left to
   *     be read
   */
  @Nullable String take(ByteBuffer piece, boolean binary, boolean last) throws BreachException {
    if (breach == null) {
      breach = breachBy(piece, binary);
    }
    if (breach != null) {
      return drop(breach, piece, last);
    }
    append(piece);
    if (!last) {
      return null;
    }
    String text = decode();
    forget();
    return text;
  }

  private @Nullable CloseReason breachBy(ByteBuffer piece, boolean binary) {
    if (binary) {
      return CloseReason.BINARY;
    }
    return piece.remaining() > MAX_BYTES - length ? CloseReason.TOO_LARGE : null;
  }

  private @Nullable String drop(CloseReason reason, ByteBuffer piece, boolean last)
      throws BreachException {
    forget();
    dropped += piece.remaining();
    if (last || dropped > MAX_DROPPED) {
      throw new BreachException(reason);
    }
    return null;
  }

  private void append(ByteBuffer piece) {
    int end = length + piece.remaining();
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, length == 0 ? end : Math.min(Math.max(end, length * 2), MAX_BYTES));
    }
    piece.get(bytes, length, piece.remaining());
    length = end;
  }

  /**
   * The text, strictly. What is not UTF-8 decodes to replacement characters, which can also be sent
   * as such: only if there is one is a slower, strict decoder asked which it was.
   */
  private String decode() throws BreachException {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      } catch (CharacterCodingException e) {
        throw new BreachException(CloseReason.NOT_UTF8);
      }
    }
    return text;
  }

  private void forget() {
    bytes = NOTHING;
    length = 0;
  }

  /** A message broke a rule that ends the connection. */
  static final class BreachException extends Exception {
    private static final long serialVersionUID = 1;

    private final CloseReason reason;

    BreachException(CloseReason reason) {
      super(reason.words(), null, false, false); // made of a client's rubbish: no stack trace
      this.reason = reason;
    }

    CloseReason reason() {
      return reason;
    }
  }
}
