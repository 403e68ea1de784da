package im.pair.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its statements, each prepared once. For one thread at a time. After an
 * exception it is only good to be closed, which undoes what was begun.
 */
final class Link implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Link(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Begins a transaction. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Ends it. If this fails, what was written may or may not be stored. */
  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Runs what is run once: its statement is not kept. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row, of a query that has one. */
  long number(String sql, @Nullable Object... values) throws SQLException {
    try (Rows rows = rows(sql, values)) {
      rows.next();
      return rows.number();
    }
  }

  Rows rows(String sql, @Nullable Object... values) throws SQLException {
    return new Rows(bound(sql, values).executeQuery());
  }

  /** Runs a change; returns how many rows it touched. */
  int change(String sql, @Nullable Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
