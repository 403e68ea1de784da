package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Frames as a client sends them, well-formed or not. Their first byte says FIN, RSV and opcode. */
final class FrameBytes {
  private static final byte[] MASK = {0x12, (byte) 0x9A, 0x55, (byte) 0xFF};

  private FrameBytes() {}

  /** A masked frame. */
  static byte[] frame(int first, String payload) {
    return frame(first, utf8(payload));
  }

  /** A masked frame. */
  static byte[] frame(int first, byte[] payload) {
    return masked(MASK, first, payload);
  }

  /** A frame with a mask of one's own. */
  static byte[] masked(byte[] mask, int first, byte[] payload) {
    int length = payload.length;
    int extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    return bytes(first, mask, extended, length, payload);
  }

  static byte[] unmasked(int first, String payload) {
    return join(new byte[] {(byte) first, (byte) payload.length()}, utf8(payload));
  }

  /** A frame whose length is written in 2 or 8 more bytes, and may be a lie. */
  static byte[] extended(int first, int lengthBytes, long length, byte[] payload) {
    return bytes(first, MASK, lengthBytes, length, payload);
  }

  /** A close frame. */
  static byte[] close(int code, String reason) {
    byte[] two = {(byte) (code >> 8), (byte) code};
    return frame(0x80 | RawWebSocket.CLOSE, join(two, utf8(reason)));
  }

  /** A text in pieces that end after so many bytes of it. */
  static byte[] cut(byte[] text, int... ends) {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    int from = 0;
    for (int i = 0; i <= ends.length; i++) {
      int to = i == ends.length ? text.length : ends[i];
      int first = (i == 0 ? RawWebSocket.TEXT : 0) | (i == ends.length ? 0x80 : 0);
      pieces.writeBytes(frame(first, Arrays.copyOfRange(text, from, to)));
      from = to;
    }
    return pieces.toByteArray();
  }

  /** So many pieces without a byte, the last of which is not the message's. */
  static byte[] emptyPieces(int count) {
    byte[] piece = frame(0, "");
    ByteBuffer pieces = ByteBuffer.allocate(count * piece.length);
    while (pieces.hasRemaining()) {
      pieces.put(piece);
    }
    return pieces.array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  /** The same, in packets of a byte each. */
  static byte[][] eachByte(byte[] bytes) {
    byte[][] packets = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      packets[i] = new byte[] {bytes[i]};
    }
    return packets;
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] bytes(
      int first, byte[] mask, int lengthBytes, long length, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(2 + lengthBytes + 4 + payload.length);
    frame.put((byte) first);
    switch (lengthBytes) {
      case 0 -> frame.put((byte) (0x80 | length));
      case 2 -> frame.put((byte) (0x80 | 126)).putShort((short) length);
      case 8 -> frame.put((byte) (0x80 | 127)).putLong(length);
      default -> throw new IllegalArgumentException("a length has 0, 2 or 8 more bytes");
    }
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % 4]));
    }
    return frame.array();
  }
}
