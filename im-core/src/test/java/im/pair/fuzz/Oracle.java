package im.pair.fuzz;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.wire.BadFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What holds of both codecs, whatever they are given. */
final class Oracle {
  /** What reading a frame may allocate whatever it is. */
  private static final long BYTES_AT_ONCE = 50_000;

  /** What it may allocate for each of its characters. */
  private static final long BYTES_A_CHARACTER = 64;

  /** What Jazzer's hooks in the codecs and the parser allocate on top. */
  private static final long SLACK = Long.getLong("im.fuzz.slack", 0);

  private Oracle() {}

  /** What reads a frame. */
  interface Decoder<T> {
    T decode(String text) throws BadFrameException;
  }

  /**
   * Reads a frame, and checks what that costs. Dear frames are read once more: loading a class, and
   * what a fuzzer does to it, is not the frame's fault.
   */
  static <T> T read(Decoder<T> decoder, String text) throws BadFrameException {
    long most = BYTES_AT_ONCE + BYTES_A_CHARACTER * text.length() + SLACK;
    long before = Allocation.soFar();
    try {
      return decoder.decode(text);
    } finally {
      long cost = Allocation.soFar() - before;
      check(cost < most || costOnceMore(decoder, text) < most, "costs bytes:", cost);
    }
  }

  private static <T> long costOnceMore(Decoder<T> decoder, String text) {
    long before = Allocation.soFar();
    try {
      Objects.requireNonNull(decoder.decode(text));
    } catch (BadFrameException e) {
      // as it was
    }
    return Allocation.soFar() - before;
  }

  /** Checks what a client is told of a frame that is none. */
  static void refused(BadFrameException refusal) {
    String reason = String.valueOf(refusal.getMessage());
    check(
        refusal.code() == Rejection.BAD_FRAME || refusal.code() == Rejection.BAD_USER,
        "is refused as",
        refusal.code());
    check(!reason.isBlank() && reason.length() < 200, "is refused because", reason);
    check(refusal.getStackTrace().length == 0, "is refused with a stack trace");
  }

  /**
   * Bytes as the characters of a frame: by {@link Grammar}, or as UTF-8, and where they are none, a
   * lone surrogate for each, which a host may hand over and a server never does.
   */
  static String text(byte[] bytes) {
    if (bytes.length > 0 && bytes[0] == Grammar.MARK) {
      return Grammar.frame(bytes);
    }
    String strict = StrictJson.utf8(bytes);
    if (strict != null) {
      return strict;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; ) {
      int length = lengthOfCharacter(bytes[i]);
      String character =
          i + length > bytes.length
              ? "\uFFFD"
              : new String(bytes, i, length, StandardCharsets.UTF_8);
      if (character.startsWith("\uFFFD")) {
        text.append((char) (0xDC00 | (bytes[i++] & 0xFF)));
      } else {
        text.append(character);
        i += length;
      }
    }
    return text.toString();
  }

  private static int lengthOfCharacter(byte first) {
    int zeros = Integer.numberOfLeadingZeros(~(first << 24));
    return zeros < 2 || zeros > 4 ? 1 : zeros;
  }

  /** The entry that a draft becomes when it is stored. */
  static Event appended(UserId from, UserId to, Draft draft) {
    return new Event.Appended(Entry.of(Pair.of(from, to), 1, from, 0, draft));
  }

  static void check(boolean holds, String problem) {
    check(holds, problem, "");
  }

  static void check(boolean holds, String problem, Object what) {
    if (!holds) {
      throw new AssertionError("this frame " + problem + " " + what);
    }
  }
}
