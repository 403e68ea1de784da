package im.pair.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The tables, version by version. The version of a file stands in its {@code user_version}, and its
 * {@code application_id} says that it is ours; both change in the transaction that changes the
 * tables.
 */
final class Schema {
  private static final int APPLICATION_ID = 0x50_61_49_4d; // "PaIM"

  /** What makes each version of the one before it; the first of nothing. Released ones stay. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE store (epoch TEXT NOT NULL)",
              // last: the number of the newest message
              """
              CREATE TABLE pair (
                id INTEGER PRIMARY KEY, first TEXT NOT NULL, second TEXT NOT NULL,
                head BIGINT NOT NULL, at BIGINT NOT NULL, last BIGINT NOT NULL,
                UNIQUE (first, second))""",
              // One row for each of a pair's two users; at: as in the pair.
              """
              CREATE TABLE member (
                user_id TEXT NOT NULL, peer TEXT NOT NULL, pair BIGINT NOT NULL,
                at BIGINT NOT NULL, delivered BIGINT NOT NULL, read BIGINT NOT NULL,
                PRIMARY KEY (user_id, peer)) WITHOUT ROWID""",
              "CREATE INDEX member_newest ON member (user_id, at DESC, peer)",
              // body, data and the reactions of the pair's two users: numbers of words
              """
              CREATE TABLE entry (
                pair BIGINT NOT NULL, seq BIGINT NOT NULL, sender TEXT NOT NULL, id TEXT NOT NULL,
                at BIGINT NOT NULL, kind TEXT NOT NULL, of_seq BIGINT NOT NULL,
                body BIGINT, data BIGINT, edited SMALLINT NOT NULL, deleted SMALLINT NOT NULL,
                first_reaction BIGINT, second_reaction BIGINT,
                PRIMARY KEY (pair, seq), UNIQUE (pair, sender, id)) WITHOUT ROWID""",
              "CREATE INDEX entry_edit ON entry (pair, of_seq) WHERE kind = 'edit'",
              """
              CREATE INDEX entry_standing ON entry (pair, sender, seq)
              WHERE kind = 'message' AND deleted = 0""",
              // A rowid table, which grows at its end: no row is ever moved (see Words).
              "CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
              """
              CREATE TABLE seen (user_id TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)
              WITHOUT ROWID""",
              // What the planner would guess: that a pair has ten entries, and so that one may as
              // well look at all of them for the edits of a message.
              "ANALYZE sqlite_schema", // makes the table of its statistics
              """
              INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
              ('entry', 'entry', '1000000 10000 1'),
              ('entry', 'sqlite_autoindex_entry_2', '1000000 10000 5000 1'),
              ('entry', 'entry_standing', '1000000 10000 5000 1'),
              ('entry', 'entry_edit', '10000 100 2')""",
              "ANALYZE sqlite_schema")); // and reads it

  private final List<List<String>> steps;

  Schema() {
    this(STEPS);
  }

  Schema(List<List<String>> steps) {
    this.steps = steps;
  }

  static List<List<String>> steps() {
    return STEPS;
  }

  /**
   * Makes sure that the database is ours, whole as far as its first pages tell, writable and of the
   * newest version, whatever it was before. What is not ours is left as it is.
   *
   * @throws StoreException if it cannot be used
   */
  void prepare(Link link, Path file) throws StoreException {
    try {
      checkVersionOfSqlite(link);
      check(link, file);
      link.execute("PRAGMA journal_mode = WAL");
      link.begin();
      migrate(link);
      link.change(Sql.TRY_TO_WRITE);
      link.commit();
      // Words that were wiped just before a crash are in the log yet.
      Sqlite.cutLog(link);
    } catch (SQLException e) {
      throw refusal(file, e);
    }
  }

  private static void checkVersionOfSqlite(Link link) throws SQLException, StoreException {
    String version;
    try (Rows rows = link.rows("SELECT sqlite_version()")) {
      rows.next();
      version = rows.text();
    }
    if (!Sqlite.isReliable(version)) {
      throw new StoreException(
          "SQLite " + version + " may lose messages; use sqlite-jdbc 3.51.3.0 or newer");
    }
  }

  private void check(Link link, Path file) throws SQLException, StoreException {
    long id = link.number("PRAGMA application_id");
    boolean empty = link.number("SELECT count(*) FROM sqlite_master") == 0;
    if (id != APPLICATION_ID && !(id == 0 && empty)) {
      throw new StoreException(file + " is another program's database; choose another directory");
    }
    long version = version(link);
    if (version < 0) {
      throw new StoreException(
          file
              + " is damaged; put a backup in its place, without the im.db-wal and im.db-shm beside it");
    }
    if (version > steps.size()) {
      throw new StoreException(
          file
              + " was written by a newer Pair IM (its version is "
              + version
              + ", this program's "
              + steps.size()
              + "); use that one");
    }
  }

  private void migrate(Link link) throws SQLException {
    int version = (int) version(link);
    for (List<String> step : steps.subList(version, steps.size())) {
      for (String statement : step) {
        link.execute(statement);
      }
    }
    if (version == 0) {
      link.execute("PRAGMA application_id = " + APPLICATION_ID);
      link.change(Sql.INSERT_EPOCH, newEpoch());
    }
    if (version < steps.size()) {
      link.execute("PRAGMA user_version = " + steps.size());
    }
  }

  private static long version(Link link) throws SQLException {
    return link.number("PRAGMA user_version");
  }

  static String newEpoch() {
    return UUID.randomUUID().toString();
  }

  /** What to tell the one who wanted to open the file. */
  static StoreException refusal(Path file, SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_NOTADB ->
          new StoreException(file + " is not a database; choose another directory", e);
      case SQLITE_CORRUPT ->
          new StoreException(
              file
                  + " is damaged; put a backup in its place, without the im.db-wal and im.db-shm beside it",
              e);
      default -> new StoreException(file + " cannot be used: " + e.getMessage(), e);
    };
  }
}
