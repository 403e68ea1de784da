package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Messages as permessage-deflate has them: deflated, each by itself, without the last four bytes.
 */
final class Deflated {
  private static final byte[] TAIL = {0, 0, -1, -1};

  private Deflated() {}

  static byte[] text(String text) {
    return repeated(text.getBytes(UTF_8), 1);
  }

  /** Bytes again and again. */
  static byte[] repeated(byte[] bytes, int times) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    for (int i = 0; i < times; i++) {
      deflater.setInput(bytes);
      int flush = i == times - 1 ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
      for (int length; (length = deflater.deflate(buffer, 0, buffer.length, flush)) > 0; ) {
        out.write(buffer, 0, length);
      }
    }
    deflater.end();
    byte[] all = out.toByteArray();
    return Arrays.copyOf(all, all.length - TAIL.length);
  }

  /**
   * A block that calls itself the last; a byte of 0 follows the last of them: RFC 7692 §7.2.3.4.
   */
  static byte[] lastBlock(String text) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(text.getBytes(UTF_8));
    deflater.finish();
    byte[] buffer = new byte[8_192];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  /** The text of a frame, which may be compressed. */
  static String textOf(RawWebSocket.Frame frame) throws IOException {
    return frame.compressed() ? inflate(FrameBytes.join(frame.payload(), TAIL)) : frame.text();
  }

  private static String inflate(byte[] deflated) throws IOException {
    Inflater inflater = new Inflater(true);
    inflater.setInput(deflated);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    try {
      for (int length; (length = inflater.inflate(buffer)) > 0; ) {
        out.write(buffer, 0, length);
      }
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
    return out.toString(UTF_8);
  }
}
