package im.pair.jetty;

import static im.pair.jetty.FrameBytes.close;
import static im.pair.jetty.FrameBytes.cut;
import static im.pair.jetty.FrameBytes.eachByte;
import static im.pair.jetty.FrameBytes.emptyPieces;
import static im.pair.jetty.FrameBytes.extended;
import static im.pair.jetty.FrameBytes.frame;
import static im.pair.jetty.FrameBytes.hex;
import static im.pair.jetty.FrameBytes.join;
import static im.pair.jetty.FrameBytes.masked;
import static im.pair.jetty.FrameBytes.unmasked;
import static im.pair.jetty.FrameBytes.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client may send, by the rules of RFC 6455 or against them, and what a server that echoes
 * texts answers. {@code "'hi'"} is a text, {@code "pong 'hi'"} a pong, {@code "close 1002"} a close
 * frame with that code and the end of the connection; if there is no end, it lives on.
 */
final class FramingTable {
  // First bytes, with FIN unless it is said that there is MORE.
  private static final int TEXT = 0x81;
  private static final int TEXT_MORE = 0x01;
  private static final int BINARY = 0x82;
  private static final int BINARY_MORE = 0x02;
  private static final int MORE = 0x00;
  private static final int LAST = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int RSV1 = 0x40;
  private static final int RSV2 = 0x20;
  private static final int RSV3 = 0x10;

  /** Characters, or bytes; what is longer is told by its length. */
  static final int SHOWN_WHOLE = 40;

  private final List<Case> cases = new ArrayList<>();

  /**
   * One case.
   *
   * @param packets what is sent, one write each
   * @param outcome what comes back
   */
  record Case(String what, List<byte[]> packets, String outcome) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Case> cases() {
    FramingTable table = new FramingTable();
    table.masks();
    table.opcodes();
    table.reservedBits();
    table.fragments();
    table.controls();
    table.closeCodes();
    table.goodUtf8();
    table.badUtf8();
    table.lengths();
    table.packets();
    table.afterTheClose();
    return table.cases;
  }

  private void masks() {
    is("an unmasked text", "close 1002", unmasked(TEXT, "hi"));
    is("an unmasked empty text", "close 1002", unmasked(TEXT, ""));
    is("an unmasked ping", "close 1002", unmasked(PING, "hi"));
    is("an unmasked close", "close 1002", unmasked(CLOSE, ""));
    is("an unmasked piece", "close 1002", frame(TEXT_MORE, "h"), unmasked(LAST, "i"));
    is("a mask of zeros", "'hello'", masked(new byte[4], TEXT, utf8("hello")));
    is("a mask of ones", "'hello'", masked(new byte[] {-1, -1, -1, -1}, TEXT, utf8("hello")));
    is(
        "a mask of its own for each piece",
        "'hello'",
        masked(new byte[] {1, 2, 3, 4}, TEXT_MORE, utf8("he")),
        masked(new byte[] {5, 6, 7, 8}, LAST, utf8("llo")));
  }

  private void opcodes() {
    for (int opcode : new int[] {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
      is("opcode " + opcode, "close 1002", frame(0x80 | opcode, "hi"));
    }
    is("opcode 3 without a payload", "close 1002", frame(0x83, ""));
    is("opcode 3 in pieces", "close 1002", frame(0x03, "hi"));
    is("opcode 11 within a text", "close 1002", frame(TEXT_MORE, "h"), frame(0x8B, ""));
    is("a binary frame, which is no error of framing", "close 1003", frame(BINARY, "hi"));
    is("an empty binary frame", "close 1003", frame(BINARY, ""));
  }

  private void reservedBits() {
    for (int bits : new int[] {RSV1, RSV2, RSV3, RSV1 | RSV2, RSV2 | RSV3, RSV1 | RSV2 | RSV3}) {
      String which = "reserved bits " + Integer.toHexString(bits);
      is(which + " in a text", "close 1002", frame(TEXT | bits, "hi"));
      is(which + " in a ping", "close 1002", frame(PING | bits, ""));
    }
    is("a reserved bit in an empty text", "close 1002", frame(TEXT | RSV1, ""));
    is("a reserved bit in a close", "close 1002", frame(CLOSE | RSV3, ""));
    is("a reserved bit in a piece", "close 1002", frame(TEXT_MORE, "h"), frame(LAST | RSV2, "i"));
    is("a reserved bit in a binary frame", "close 1002", frame(BINARY | RSV1, "hi"));
  }

  private void fragments() {
    is("two pieces", "'hello'", frame(TEXT_MORE, "he"), frame(LAST, "llo"));
    is("three", "'hello'", frame(TEXT_MORE, "he"), frame(MORE, "l"), frame(LAST, "lo"));
    is("an empty first piece", "'hi'", frame(TEXT_MORE, ""), frame(LAST, "hi"));
    is("an empty one between", "'hi'", frame(TEXT_MORE, "h"), frame(MORE, ""), frame(LAST, "i"));
    is("an empty last piece", "'hi'", frame(TEXT_MORE, "hi"), frame(LAST, ""));
    is("nothing but empty pieces", "''", frame(TEXT_MORE, ""), frame(MORE, ""), frame(LAST, ""));
    is("1,000 empty pieces", "'hi'", frame(TEXT_MORE, ""), emptyPieces(999), frame(LAST, "hi"));
    is("1,001 empty pieces", "close 1009", frame(TEXT_MORE, ""), emptyPieces(1_000));
    is(
        "a ping between pieces",
        "pong 'x' 'hello'",
        frame(TEXT_MORE, "he"),
        frame(PING, "x"),
        frame(LAST, "llo"));
    is(
        "pings between pieces",
        "pong 'x' pong 'y' 'hello'",
        frame(TEXT_MORE, "he"),
        frame(PING, "x"),
        frame(MORE, "l"),
        frame(PING, "y"),
        frame(LAST, "lo"));
    is("a pong between pieces", "'hi'", frame(TEXT_MORE, "h"), frame(PONG, "x"), frame(LAST, "i"));
    is("a close between pieces", "close 1000", frame(TEXT_MORE, "h"), close(1000, ""));
    is("a last piece of nothing", "close 1002", frame(LAST, "hi"));
    is("a piece of nothing", "close 1002", frame(MORE, "hi"));
    is("an empty piece of nothing", "close 1002", frame(LAST, ""));
    is("a piece after the last", "close 1002", frame(TEXT, EchoProtocol.NO_ECHO), frame(LAST, "x"));
    is("a text within a text", "close 1002", frame(TEXT_MORE, "h"), frame(TEXT, "i"));
    is("a binary frame within a text", "close 1002", frame(TEXT_MORE, "h"), frame(BINARY, "i"));
    is("a text begun within a text", "close 1002", frame(TEXT_MORE, "h"), frame(TEXT_MORE, "i"));
    is("a binary message in pieces", "close 1003", frame(BINARY_MORE, "h"), frame(LAST, "i"));
    is("a text within a binary message", "close 1002", frame(BINARY_MORE, "h"), frame(TEXT, "i"));
  }

  private void controls() {
    is("a ping", "pong 'hello'", frame(PING, "hello"));
    is("a ping without a payload", "pong ''", frame(PING, ""));
    is("a ping of 125 bytes", "pong of 125", frame(PING, "x".repeat(125)));
    is("a ping of bytes that are no text", "pong 00ff80", frame(PING, hex("00FF80")));
    is("two pings", "pong 'x' pong 'y'", frame(PING, "x"), frame(PING, "y"));
    is("a pong that nobody asked for", "", frame(PONG, ""));
    is("such a pong of 125 bytes", "", frame(PONG, "x".repeat(125)));
    for (int type : new int[] {PING, PONG, CLOSE}) {
      is("126 bytes in opcode " + (type & 15), "close 1002", frame(type, "x".repeat(126)));
      is("opcode " + (type & 15) + " in pieces", "close 1002", frame(type & 15, ""));
    }
    is("a ping of 65,536 bytes", "close 1002", frame(PING, "x".repeat(65_536)));
  }

  private void closeCodes() {
    // 1012 to 1014 are registered with IANA since.
    for (int code :
        new int[] {
          1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
          4999
        }) {
      is("close code " + code, "close " + code, close(code, ""));
    }
    for (int code :
        new int[] {
          0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 32_768, 65_535
        }) {
      is("close code " + code, "close 1002", close(code, ""));
    }
    is("a close without a code", "close", frame(CLOSE, ""));
    is("a close of one byte", "close 1002", frame(CLOSE, "x"));
    is("a close with a reason", "close 1000", close(1000, "good night"));
    is("a close with the longest reason", "close 1000", close(1000, "x".repeat(123)));
    is("a reason that is not UTF-8", "close 1007", frame(CLOSE, hex("03E8FF")));
    is("a reason with half a character", "close 1007", frame(CLOSE, hex("03E8E282")));
    is("a reason with a surrogate", "close 1007", frame(CLOSE, hex("03E8EDA080")));
    is("a reason that is overlong", "close 1007", frame(CLOSE, hex("03E8C0AF")));
  }

  private void goodUtf8() {
    String mixed = "é€👍";
    byte[] bytes = utf8(mixed);
    is("two, three and four bytes", "'" + mixed + "'", frame(TEXT, mixed));
    for (int i = 1; i < bytes.length; i++) {
      is("cut after byte " + i, "'" + mixed + "'", cut(bytes, i));
    }
    is("cut after each byte", "'" + mixed + "'", cut(bytes, 1, 2, 3, 4, 5, 6, 7, 8));
    is(
        "a ping in the middle of a character",
        "pong '' '€'",
        frame(TEXT_MORE, hex("E282")),
        frame(PING, ""),
        frame(LAST, hex("AC")));
    for (String good :
        List.of("\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF")) {
      is("U+" + Integer.toHexString(good.charAt(0)), "'" + good + "'", frame(TEXT, good));
    }
    is("U+10000", "'\uD800\uDC00'", frame(TEXT, hex("F0908080")));
    is("U+10FFFF", "'\uDBFF\uDFFF'", frame(TEXT, hex("F48FBFBF")));
    is("a byte order mark", "'\uFEFFhi'", frame(TEXT, hex("EFBBBF6869")));
    is("U+0000, which UTF-8 does not mind", "'\0'", frame(TEXT, hex("00")));
  }

  private void badUtf8() {
    String all =
        "80 BF C3 C328 C080 C0AF C1BF E08080 E09FBF "
            + "E282 E28228 EDA080 EDBFBF EDA0BDEDB88D F0808080 F08FBFBF F09F91 F09F9128 "
            + "F4908080 F5808080 F888808080 FC8480808080 FE FF 68690080 22FF22 C3A9C3";
    for (String bad : all.split(" ", -1)) {
      is("not UTF-8: " + bad, "close 1007", frame(TEXT, hex(bad)));
      byte[] bytes = hex(bad);
      for (int i = 1; i < bytes.length; i++) {
        is("not UTF-8: " + bad + ", cut after byte " + i, "close 1007", cut(bytes, i));
      }
    }
  }

  private void lengths() {
    for (int length : new int[] {0, 1, 40, 125, 126, 127, 65_535, 65_536}) {
      is("a text of " + length, shown(length), frame(TEXT, "x".repeat(length)));
    }
    is("a text of 65,537", "close 1009", frame(TEXT, "x".repeat(65_537)));
    is("65,537 in two pieces", "close 1009", cut(utf8("x".repeat(65_537)), 40_000));
    is("65,536 in two pieces", shown(65_536), cut(utf8("x".repeat(65_536)), 40_000));
    // A sender must use the shortest form (§5.2). What a receiver must do if it does not, is not
    // said; Jetty reads what is meant, from which there is no harm.
    is("16 bits for 5", "'hello'", extended(TEXT, 2, 5, utf8("hello")));
    is("16 bits for 0", "''", extended(TEXT, 2, 0, utf8("")));
    is("64 bits for 5", "'hello'", extended(TEXT, 8, 5, utf8("hello")));
    is("64 bits for 0", "''", extended(TEXT, 8, 0, utf8("")));
    is("64 bits for 126", shown(126), extended(TEXT, 8, 126, utf8("x".repeat(126))));
    is("16 bits for 5 of a ping", "pong 'hello'", extended(PING, 2, 5, utf8("hello")));
    // The top bit must be 0 (§5.2). Jetty calls it too large, which it is, where 1002 would do too.
    is("64 bits with the top bit", "close 1009", extended(TEXT, 8, Long.MIN_VALUE, utf8("hello")));
    is("64 bits of ones", "close 1009", extended(TEXT, 8, -1, utf8("hello")));
    is("64 bits for 2^31", "close 1009", extended(TEXT, 8, 1L << 31, utf8("hello")));
    is("64 bits for 2^63-1", "close 1009", extended(TEXT, 8, Long.MAX_VALUE, utf8("hello")));
  }

  private void packets() {
    is("two texts in one packet", "'a' 'b'", join(frame(TEXT, "a"), frame(TEXT, "b")));
    is("a packet for each byte", "'hello'", eachByte(frame(TEXT, "hello")));
    is("a packet for each byte of 126", shown(126), eachByte(frame(TEXT, "x".repeat(126))));
    is(
        "a packet for each byte of pieces and a ping",
        "pong 'x' 'hello'",
        eachByte(join(frame(TEXT_MORE, "he"), frame(PING, "x"), frame(LAST, "llo"))));
    is(
        "a frame and a half, and the other half",
        "'a' 'hello'",
        join(frame(TEXT, "a"), Arrays.copyOf(frame(TEXT, "hello"), 7)),
        Arrays.copyOfRange(frame(TEXT, "hello"), 7, 11));
    is("a packet of pings", "pong 'x' pong 'y'", join(frame(PING, "x"), frame(PING, "y")));
    is("what is no frame at all", "close 1002", utf8("GET / HTTP/1.1\r\n\r\n"));
  }

  private void afterTheClose() {
    is("a text after the close", "close 1000", join(close(1000, ""), frame(TEXT, "hi")));
    is("a ping after the close", "close 1000", join(close(1000, ""), frame(PING, "hi")));
    is("a second close", "close 1000", join(close(1000, ""), close(1001, "")));
    is("rubbish after the close", "close 1000", join(close(1000, ""), hex("FFFFFFFF")));
    is("a text after a breach", "close 1002", join(frame(0x83, ""), frame(TEXT, "hi")));
  }

  /** How a text of so many x is told. */
  private static String shown(int length) {
    return length > SHOWN_WHOLE ? "text of " + length : "'" + "x".repeat(length) + "'";
  }

  private void is(String what, String outcome, byte[]... packets) {
    cases.add(new Case(what, List.of(packets), outcome));
  }
}
