package im.pair.jdbc;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/**
 * What is left of a database, looked at before SQLite does: where a file ends too early, SQLite
 * takes zeros for the rest, and where there is nothing, it begins anew and throws the log away.
 * Source: the page "Database File Format" of SQLite, sections 1.3 and 4.1.
 */
final class DatabaseFile {
  private static final int HEADER = 100; // bytes, of the database
  private static final int PAGE_SIZE = 16; // where it stands
  private static final int CHANGES = 24;
  private static final int PAGES = 28;
  private static final int CHANGES_AT_PAGES =
      92; // if these are the same, the number of pages holds
  private static final int LOG_HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int SALT = 16;
  private static final int FRAME_SALT = 8;

  private DatabaseFile() {}

  /**
   * Checks that nothing was lost, as far as the lengths of the files tell.
   *
   * @throws StoreException if something was
   */
  static void check(Path file) throws StoreException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    try {
      boolean logIsLeft = Files.exists(log) && Files.size(log) > 0;
      if (!Files.exists(file)) {
        if (logIsLeft) {
          throw lost(file, "is not there, but its log is");
        }
      } else if (Files.size(file) == 0) {
        throw lost(file, "is empty");
      } else {
        checkEnd(file, log, logIsLeft);
      }
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  /**
   * Makes a database, whole or not at all: one that is found empty has lost what it had.
   *
   * @throws StoreException if it cannot be
   */
  static void make(Path file, SqliteMessageStore.Opening opening)
      throws SQLException, StoreException {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    try {
      for (String part : List.of("", "-journal", "-wal", "-shm")) {
        Files.deleteIfExists(made.resolveSibling(made.getFileName() + part));
      }
      try (Link link = opening.open(made)) {
        new Schema().prepare(link, file);
      }
      Files.move(made, file, ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  private static StoreException refused(Path file, IOException e) {
    return e instanceof StoreException known
        ? known
        : new StoreException(file + " cannot be used: " + e, e);
  }

  private static StoreException lost(Path file, String what) {
    return new StoreException(
        file + " " + what + "; put a backup in its place, or move what is left away to begin anew");
  }

  private static void checkEnd(Path file, Path log, boolean logIsLeft) throws IOException {
    try (FileChannel database = FileChannel.open(file)) {
      long size = database.size();
      if (size < HEADER) {
        throw lost(file, "is damaged");
      }
      ByteBuffer header = read(database, 0, HEADER);
      int pageSize = Short.toUnsignedInt(header.getShort(PAGE_SIZE));
      long pages = Integer.toUnsignedLong(header.getInt(PAGES));
      if (pageSize < 512
          || header.getInt(CHANGES) != header.getInt(CHANGES_AT_PAGES)
          || size >= pages * pageSize) {
        return;
      }
      // Rightly so only if it was being brought up to its log, which then has what lacks.
      long whole = size / pageSize;
      if (!logIsLeft || !logHas(log, pageSize, whole + 1, pages)) {
        throw lost(file, "is damaged: its end is missing");
      }
    }
  }

  private static boolean logHas(Path file, int pageSize, long from, long to) throws IOException {
    try (FileChannel log = FileChannel.open(file)) {
      BitSet found = new BitSet();
      int frame = FRAME_HEADER + pageSize;
      if (log.size() >= LOG_HEADER) {
        long salt = read(log, SALT, Long.BYTES).getLong();
        for (long at = LOG_HEADER; at + frame <= log.size(); at += frame) {
          ByteBuffer header = read(log, at, FRAME_HEADER);
          long page = Integer.toUnsignedLong(header.getInt(0));
          if (header.getLong(FRAME_SALT) == salt && page >= from && page <= to) {
            found.set((int) (page - from));
          }
        }
      }
      return found.cardinality() == to - from + 1;
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return bytes.flip();
  }
}
