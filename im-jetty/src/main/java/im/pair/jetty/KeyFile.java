package im.pair.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A small file that holds a secret or keys. */
final class KeyFile {
  /** Nothing that is one of these files is larger. */
  static final int MAX_BYTES = 1 << 20;

  private KeyFile() {}

  /**
   * Reads it all, also from a pipe.
   *
   * @throws IOException if it cannot be read or is larger than {@link #MAX_BYTES}; the message is
   *     for people and has nothing of what the file holds
   */
  static byte[] read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(file + " is too large for a file of keys");
    }
    return bytes;
  }

  /** The same in words: the JDK's exceptions often say the name alone. */
  static IOException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new IOException(file + " is not there", e);
    }
    return e instanceof AccessDeniedException
        ? new IOException(file + " may not be read", e)
        : new IOException(file + " cannot be read: " + e.getMessage(), e);
  }
}
