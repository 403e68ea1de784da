package im.pair.jetty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.eclipse.jetty.websocket.common.JettyExtensionConfig;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate without context takeover on both sides: each message is inflated and deflated
 * by itself, so that an inflater or deflater, and the memory that it has outside the heap, lives no
 * longer than a call. Source: RFC 7692 §7.
 */
final class Compression {
  static final String NAME = "permessage-deflate";

  private static final String NO_CLIENT_CONTEXT = "client_no_context_takeover";
  private static final String NO_SERVER_CONTEXT = "server_no_context_takeover";

  /** What an offer may ask for. The JDK's deflater cannot keep to a smaller window. */
  private static final Set<String> KNOWN =
      Set.of(NO_CLIENT_CONTEXT, NO_SERVER_CONTEXT, "client_max_window_bits");

  /** What a deflated message ends with, and is sent without. */
  private static final byte[] TAIL = {0, 0, -1, -1};

  /** Shorter messages are sent as they are. */
  private static final int WORTH_IT = 64;

  private static final int BUFFER = 8_192;

  private Compression() {}

  /** What to answer to a client's offers. */
  static List<ExtensionConfig> agree(List<ExtensionConfig> offers) {
    return offers.stream().anyMatch(Compression::isAcceptable)
        ? List.of(
            new JettyExtensionConfig(NAME + ";" + NO_CLIENT_CONTEXT + ";" + NO_SERVER_CONTEXT))
        : List.of();
  }

  private static boolean isAcceptable(ExtensionConfig offer) {
    return offer.getName().equals(NAME) && KNOWN.containsAll(offer.getParameterKeys());
  }

  /** The most that a decent deflater makes of so many bytes. */
  static int mostDeflated(int bytes) {
    return bytes + bytes / 1_000 + 32;
  }

  /**
   * A client's message, inflated, or nothing if it is larger than it may be.
   *
   * @throws DataFormatException if it was not deflated
   */
  static byte @Nullable [] inflate(byte[] deflated, int length, int maxBytes)
      throws DataFormatException {
    byte[] input = Arrays.copyOf(deflated, length + TAIL.length);
    System.arraycopy(TAIL, 0, input, length, TAIL.length);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(input);
      byte[] output = new byte[Math.min(maxBytes + 1, Math.max(4 * length, BUFFER))];
      int size = 0;
      while (size <= maxBytes) {
        int more = inflater.inflate(output, size, output.length - size);
        size += more;
        if (size == output.length) {
          output = Arrays.copyOf(output, Math.min(maxBytes + 1, 2 * size));
        } else if (inflater.finished() && inflater.getRemaining() > 0) {
          int rest = inflater.getRemaining(); // after a block that called itself the last
          inflater.reset();
          inflater.setInput(input, input.length - rest, rest);
        } else if (more == 0) {
          return Arrays.copyOf(output, size);
        }
      }
      return null;
    } finally {
      inflater.end();
    }
  }

  /** The frames of messages, each deflated if that is worth it. */
  static List<Frame> deflate(List<byte[]> texts) {
    List<Frame> frames = new ArrayList<>(texts.size());
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      for (byte[] text : texts) {
        frames.add(deflate(text, deflater));
      }
    } finally {
      deflater.end();
    }
    return frames;
  }

  private static Frame deflate(byte[] text, Deflater deflater) {
    if (text.length < WORTH_IT) {
      return new Frame(OpCode.TEXT, ByteBuffer.wrap(text));
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream(text.length / 2);
    byte[] buffer = new byte[BUFFER];
    deflater.reset();
    deflater.setInput(text);
    int length;
    do {
      length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      output.write(buffer, 0, length);
    } while (length == buffer.length);
    byte[] bytes = output.toByteArray();
    Frame frame = new Frame(OpCode.TEXT, ByteBuffer.wrap(bytes, 0, bytes.length - TAIL.length));
    frame.setRsv1(true);
    return frame;
  }
}
