package im.pair.jdbc;

import im.pair.core.Marks;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database has on a pair.
 *
 * @param id the pair's number in the other tables
 * @param head the number of its newest entry
 * @param at when that was stored, in milliseconds since the epoch
 * @param first the marks of the pair's first user
 * @param second the marks of the other one
 */
record PairRow(Pair pair, long id, long head, long at, Marks first, Marks second) {
  static @Nullable PairRow find(Link link, Pair pair) throws SQLException {
    try (Rows rows = link.rows(Sql.PAIR, pair.first().value(), pair.second().value())) {
      if (!rows.next()) {
        return null;
      }
      long id = rows.number();
      long head = rows.number();
      long at = rows.number();
      Marks first = new Marks(rows.number(), rows.number());
      Marks second = new Marks(rows.number(), rows.number());
      return new PairRow(pair, id, head, at, first, second);
    }
  }

  Marks marksOf(UserId user) {
    return user.equals(pair.first()) ? first : second;
  }

  /** The marks of those who have any. */
  Map<UserId, Marks> marks() {
    Map<UserId, Marks> marks = new HashMap<>();
    marks.put(pair.first(), first);
    marks.put(pair.second(), second);
    marks.values().removeIf(Marks.NONE::equals);
    return marks;
  }

  PairRow with(UserId user, Marks marks) {
    return user.equals(pair.first())
        ? new PairRow(pair, id, head, at, marks, second)
        : new PairRow(pair, id, head, at, first, marks);
  }
}
