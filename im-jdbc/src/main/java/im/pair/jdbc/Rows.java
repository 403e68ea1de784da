package im.pair.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a query found: row after row, each read from left to right. Nothing is read ahead. */
final class Rows implements AutoCloseable {
  private final ResultSet results;
  private int column;

  Rows(ResultSet results) {
    this.results = results;
  }

  boolean next() throws SQLException {
    column = 0;
    return results.next();
  }

  long number() throws SQLException {
    return results.getLong(++column);
  }

  @Nullable Long numberIfAny() throws SQLException {
    long number = number();
    return results.wasNull() ? null : number;
  }

  boolean flag() throws SQLException {
    return number() != 0;
  }

  String text() throws SQLException {
    String text = textIfAny();
    if (text == null) {
      throw new SQLException("the database lacks a text in column " + column);
    }
    return text;
  }

  /**
   * No text that was stored has U+0000, but one of which a part was lost does: where a file ends
   * too early, SQLite reads zeros.
   */
  @Nullable String textIfAny() throws SQLException {
    String text = results.getString(++column);
    if (text != null && text.indexOf(0) >= 0) {
      throw new SQLException("the database has lost a part of a text in column " + column);
    }
    return text;
  }

  @Override
  public void close() throws SQLException {
    results.close();
  }
}
