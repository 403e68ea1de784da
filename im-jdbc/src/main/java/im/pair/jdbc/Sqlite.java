package im.pair.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/** What is SQLite's alone: how a database is opened, and what its SQL has to say by itself. */
final class Sqlite {
  /** Older ones may lose a committed transaction when a write-ahead log starts anew. */
  private static final int[] OLDEST = {3, 51, 3};

  /** The same size leaves the row where it is; the condition on its number follows. */
  static final String WIPE =
      "UPDATE words SET text = zeroblob(length(CAST(text AS BLOB))) WHERE id ";

  /** Brings all of the write-ahead log into the database and cuts it to nothing. */
  private static final String CUT_LOG = "PRAGMA wal_checkpoint(TRUNCATE)";

  private static final int PATIENCE = 250; // milliseconds

  private Sqlite() {}

  /** A link that may write. A commit is on the disk when it returns. */
  static Link openToWrite(Path database) throws SQLException {
    return open(
        database,
        new SQLiteConfig(),
        "PRAGMA synchronous = FULL",
        "PRAGMA fullfsync = ON", // where the system's fsync does not reach the disk
        "PRAGMA checkpoint_fullfsync = ON",
        "PRAGMA secure_delete = ON");
  }

  /** A link that only reads, from a database that is open to be written. */
  static Link openToRead(Path database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return open(database, config);
  }

  private static Link open(Path database, SQLiteConfig config, String... settings)
      throws SQLException {
    config.setBusyTimeout(PATIENCE); // only a program from outside can be in the way
    config.setGetGeneratedKeys(false);
    // As a URI: a path may hold a question mark, after which the driver would look for settings.
    Link link = new Link(config.createConnection("jdbc:sqlite:" + database.toUri()));
    try {
      link.execute("PRAGMA cache_size = -8000"); // KiB
      link.execute("PRAGMA temp_store = MEMORY"); // no text in files elsewhere
      link.execute("PRAGMA cell_size_check = ON"); // damage is noticed earlier
      link.execute("PRAGMA trusted_schema = OFF");
      for (String setting : settings) {
        link.execute(setting);
      }
      return link;
    } catch (SQLException e) {
      link.close();
      throw e;
    }
  }

  /** Whether this version of SQLite keeps what it has committed. */
  static boolean isReliable(String version) {
    int[] parts = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    return Arrays.compare(parts, OLDEST) >= 0;
  }

  /**
   * Leaves nothing in the write-ahead log, where pages stand as they were before a text was wiped.
   *
   * @return whether it was possible; not while somebody reads, for whom it does not wait
   */
  static boolean cutLog(Link link) throws SQLException {
    link.execute("PRAGMA busy_timeout = 0");
    boolean cut = link.number(CUT_LOG) == 0;
    link.execute("PRAGMA busy_timeout = " + PATIENCE);
    return cut;
  }
}
