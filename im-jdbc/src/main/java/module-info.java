/** The logs in a database: SQLite, embedded. */
module im.pair.jdbc {
  requires transitive im.pair.core;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;

  exports im.pair.jdbc;
}
