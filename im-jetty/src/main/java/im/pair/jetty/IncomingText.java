package im.pair.jetty;

import im.pair.core.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole texts of the frames and pieces of frames that Jetty hands over as they come in. It
 * keeps at most one message of the largest size, and nothing between messages. Not thread-safe, but
 * for {@link #unfinished}.
 *
 * <p>A message that breaks a rule is dropped as it comes and complained about at its end. If the
 * connection were closed at once, the client's unread bytes would make TCP reset it, and the client
 * would not learn why. The patience ends at {@link #MAX_DROPPED}, and at {@link #MAX_EMPTY_PIECES}.
 *
 * <p>A deflated message is inflated once it is complete, up to its bound.
 */
final class IncomingText {
  /** After so many bytes of a message that is dropped anyway, its end is not waited for. */
  static final int MAX_DROPPED = 32 << 20;

  /** Pieces without a byte that a message may have; with one more it counts as too large. */
  static final int MAX_EMPTY_PIECES = 1_000;

  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] NOTHING = {};

  private final int maxBytes;
  private final SharedMemory memory;

  // Guarded by this.
  private int held; // of the memory, for a message that is not complete
  private boolean ended;

  private byte[] bytes = NOTHING;
  private int length;
  private int emptyPieces;
  private boolean inflate;
  private @Nullable CloseReason breach;
  private long dropped;
  private long begun; // messages
  private volatile long unfinished;

  /**
   * Waits for a first message.
   *
   * @param maxBytes the largest message, in bytes of UTF-8
   * @param memory of all clients; when it is used up a message that is not complete is a breach
   */
  IncomingText(int maxBytes, SharedMemory memory) {
    this.maxBytes = maxBytes;
    this.memory = memory;
  }

  /** The number of the message of which a part has come; 0 if there is none. From any thread. */
  long unfinished() {
    return unfinished;
  }

  /**
   * Takes the next piece of the message.
   *
   * @param binary whether the message is a binary one
   * @param deflated whether the message is deflated, with its first piece; else no matter
   * @param last whether the message ends with this piece
   * @return the text, if it is complete
   * @throws BreachException once the message is seen to break a rule and nothing of it is left to
   *     be read
   */
  @Nullable String take(ByteBuffer piece, boolean binary, boolean deflated, boolean last)
      throws BreachException {
    if (unfinished == 0) {
      unfinished = ++begun;
      inflate = deflated;
    }
    if (!last && !piece.hasRemaining() && ++emptyPieces > MAX_EMPTY_PIECES) {
      throw new BreachException(breach == null ? CloseReason.TOO_LARGE : breach);
    }
    if (breach == null) {
      breach = breachBy(piece, binary);
    }
    if (breach != null) {
      return drop(breach, piece, last);
    }
    append(piece);
    if (!last) {
      hold(bytes.length);
      return null;
    }
    release();
    String text = inflate ? inflated() : decode(bytes, length);
    bytes = NOTHING;
    length = 0;
    emptyPieces = 0;
    unfinished = 0;
    return text;
  }

  private @Nullable CloseReason breachBy(ByteBuffer piece, boolean binary) {
    if (binary) {
      return CloseReason.BINARY;
    }
    int most = inflate ? Compression.mostDeflated(maxBytes) : maxBytes;
    return piece.remaining() > most - length ? CloseReason.TOO_LARGE : null;
  }

  private @Nullable String drop(CloseReason reason, ByteBuffer piece, boolean last)
      throws BreachException {
    bytes = NOTHING;
    release();
    dropped += piece.remaining();
    if (last || dropped > MAX_DROPPED) {
      throw new BreachException(reason);
    }
    return null;
  }

  private synchronized void hold(int now) throws BreachException {
    if (ended || now == held) {
      return;
    }
    if (memory.lacks(now - held)) {
      breach = CloseReason.TRY_AGAIN_LATER;
      bytes = NOTHING;
      release();
      throw new BreachException(breach);
    }
    memory.take(now - held);
    held = now;
  }

  private synchronized void release() {
    memory.give(held);
    held = 0;
  }

  /** The connection has ended. From any thread. */
  synchronized void end() {
    ended = true;
    release();
  }

  private void append(ByteBuffer piece) {
    int end = length + piece.remaining();
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, length == 0 ? end : Math.max(end, Math.min(length * 2, maxBytes)));
    }
    piece.get(bytes, length, piece.remaining());
    length = end;
  }

  private String inflated() throws BreachException {
    byte[] inflated;
    try {
      inflated = Compression.inflate(bytes, length, maxBytes);
    } catch (DataFormatException e) {
      throw new BreachException(CloseReason.NOT_UTF8); // which is 1007, for data that are no text
    }
    if (inflated == null) {
      throw new BreachException(CloseReason.TOO_LARGE);
    }
    return decode(inflated, inflated.length);
  }

  /**
   * The text, strictly. What is not UTF-8 decodes to replacement characters, which can also be sent
   * as such: only if there is one is a slower, strict decoder asked which it was.
   */
  private static String decode(byte[] bytes, int length) throws BreachException {
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
