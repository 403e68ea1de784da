package im.pair.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The texts: bodies, data and reactions. They lie apart from the entries that refer to them, since
 * a text that is taken away must really leave the file, and a row that moves within a file may
 * leave a copy behind that no statement reaches: SQLite's {@code secure_delete} clears the places
 * that it frees, but not all of those that it empties when it shares a full page out to two. So a
 * text is appended, never moved, and overwritten in place by as many zeros; its row stays.
 *
 * <p>An entry's text may be shared: a message that was edited has that of its newest edit, a
 * reaction that of the entry that set it.
 */
final class Words {
  private final Link link;
  private boolean wiped;

  Words(Link link) {
    this.link = link;
  }

  /** Keeps a text; returns its number, or nothing for no text. */
  @Nullable Long keep(@Nullable String text) throws SQLException {
    return text == null ? null : link.number(Sql.INSERT_WORDS, text);
  }

  /** Wipes one text. */
  void wipe(long id) throws SQLException {
    wiped = true;
    link.change(Sqlite.WIPE + "= ?", id);
  }

  /** Wipes those whose numbers a query finds. */
  void wipeAll(String query, Object... values) throws SQLException {
    wiped = true;
    link.change(Sqlite.WIPE + "IN (" + query + ")", values);
  }

  /** Whether a text was wiped, which the log of the database still has until it is cut. */
  boolean wiped() {
    return wiped;
  }
}
