/**
 * The logs in a database: SQLite, embedded.
 *
 * <p>Reading order. The store: {@link im.pair.jdbc.SqliteMessageStore}, {@link
 * im.pair.jdbc.StoreException}, {@code DataDirectory}. Its threads: {@code WriteQueue}, {@code
 * Write}, {@code ReadPool}. What they decide and read, in SQL that any database knows: {@code Sql},
 * {@code PairRow}, {@code Ledger}, {@code Words}, {@code Eraser}, {@code Pages}. What is SQLite's
 * alone: {@code Sqlite}, {@code Schema}, {@code DatabaseFile}. Over JDBC: {@code Link}, {@code
 * Rows}.
 */
@NullMarked
package im.pair.jdbc;

import org.jspecify.annotations.NullMarked;
