package im.pair.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with blocks in PEM form. Source: RFC 7468.
 *
 * @param path where it is, for what is said about it
 * @param text all of it
 */
record PemBlocks(Path path, String text) {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or has more than 1 MiB; the message is one line and
   *     names it
   */
  static PemBlocks read(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(path + " is not there", e);
    } catch (AccessDeniedException e) {
      throw new IOException(path + " may not be read by this user", e);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(path + " is too large for a certificate or a key");
    }
    return new PemBlocks(path, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /**
   * What is in the blocks of that kind, in their order.
   *
   * @throws IOException if that is damaged
   */
  List<byte[]> blocks(String kind) throws IOException {
    Matcher blocks =
        Pattern.compile("-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----")
            .matcher(text);
    List<byte[]> found = new ArrayList<>();
    while (blocks.find()) {
      try {
        found.add(Base64.getDecoder().decode(blocks.group(1).replaceAll("\\s", "")));
      } catch (IllegalArgumentException e) {
        throw new IOException(path + " is damaged: what it says is a " + kind + " is none", e);
      }
    }
    return found;
  }

  /** Without the text, which may be a secret. */
  @Override
  public String toString() {
    return "PemBlocks[" + path + "]";
  }
}
