package im.pair.jdbc;

import im.pair.core.Pair;
import im.pair.core.UserId;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a user's words away, a part at a time, so that others can write between two parts: pair by
 * pair, each up to the head that it had when its turn came. A part ends between two numbers; what
 * an earlier part has blanked refers to nothing that a later one wipes.
 */
final class Eraser {
  /** The numbers in one part; a pair counts as one more. */
  private static final int PART = 256;

  private final Link link;
  private final Words words;

  Eraser(Link link, Words words) {
    this.link = link;
    this.words = words;
  }

  /**
   * Where a part begins.
   *
   * @param peer the other user of the pair that is being erased in; "" before the first
   * @param pair its number in the database
   * @param seq the number up to which it is done
   * @param head the number at which it ends
   */
  record Place(UserId user, String peer, long pair, long seq, long head) {
    static Place first(UserId user) {
      return new Place(user, "", 0, 0, 0);
    }
  }

  /** Erases one part; returns where the next one begins, nothing after the last. */
  @Nullable Place erase(Place from) throws SQLException {
    Place place = from;
    for (long left = PART; left > 0; left--) {
      if (place.seq == place.head) {
        Place next = next(place);
        if (next == null) {
          link.change(Sql.FORGET_SEEN, place.user.value());
          return null;
        }
        place = next;
      }
      long to = Math.min(place.seq + left, place.head);
      erase(place, to);
      left -= to - place.seq;
      place = new Place(place.user, place.peer, place.pair, to, place.head);
    }
    return place;
  }

  private @Nullable Place next(Place place) throws SQLException {
    try (Rows rows = link.rows(Sql.NEXT_MEMBER, place.user.value(), place.peer)) {
      return rows.next()
          ? new Place(place.user, rows.text(), rows.number(), 0, rows.number())
          : null;
    }
  }

  private void erase(Place place, long to) throws SQLException {
    String user = place.user.value();
    long pair = place.pair;
    long from = place.seq + 1;
    words.wipeAll(
        Sql.WORDS_OF_USER, pair, from, to, user, pair, from, to, user, pair, from, to, user);
    link.change(Sql.BLANK_MESSAGES_OF_USER, pair, from, to, user);
    link.change(Sql.BLANK_EDITS_OF_USER, pair, from, to, user);
    link.change(Sql.BLANK_REACTIONS_OF_USER, pair, from, to, user);
    boolean first = Pair.of(place.user, new UserId(place.peer)).first().equals(place.user);
    link.change(first ? Sql.FIRST_TAKES_BACK : Sql.SECOND_TAKES_BACK, pair, from, to);
  }
}
