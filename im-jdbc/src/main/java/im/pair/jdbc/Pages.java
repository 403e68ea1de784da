package im.pair.jdbc;

import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.Marks;
import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Summary;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads, within a transaction that its caller begins and ends, so that all is of one instant. */
final class Pages {
  private final Link link;

  Pages(Link link) {
    this.link = link;
  }

  Page read(Pair pair, Range range) throws SQLException {
    PairRow row = PairRow.find(link, pair);
    if (row == null) {
      return new Page(List.of(), 0, false, Map.of());
    }
    long head = row.head();
    int step = range.ascending() ? 1 : -1;
    long seq =
        range.ascending()
            ? Math.min(Math.max(range.from(), 0), head) + 1
            : Math.min(Math.max(range.from(), 1) - 1, head);
    List<Entry> part = new ArrayList<>();
    long weight = 0;
    String query = range.ascending() ? Sql.ENTRIES_UP : Sql.ENTRIES_DOWN;
    try (Rows rows = link.rows(query, row.id(), seq, range.limit())) {
      while (seq >= 1 && seq <= head && part.size() < range.limit()) {
        if (!rows.next() || rows.number() != seq) {
          throw new SQLException("the database lacks entry " + seq + " of " + pair);
        }
        Entry entry = entry(rows, pair, seq);
        weight += entry.weight();
        if (weight > range.bytes() && !part.isEmpty()) {
          break;
        }
        part.add(entry);
        seq += step;
      }
    }
    if (!range.ascending()) {
      Collections.reverse(part);
    }
    return new Page(part, head, seq >= 1 && seq <= head, row.marks());
  }

  Listing conversations(UserId user, @Nullable Place after, int limit, int bytes)
      throws SQLException {
    long at = after == null ? Long.MAX_VALUE : after.at();
    String peer = after == null ? "" : after.peer().value();
    List<Summary> items = new ArrayList<>();
    Place last = null;
    long weight = 0;
    try (Rows rows =
        link.rows(Sql.CONVERSATIONS, Summary.MOST_UNREAD, user.value(), at, at, peer, limit + 1L)) {
      while (rows.next()) {
        Place place = place(rows);
        Summary summary = summary(rows, user, place.peer());
        weight += summary.weight();
        if (items.size() == limit || (weight > bytes && !items.isEmpty())) {
          return new Listing(items, last);
        }
        items.add(summary);
        last = place;
      }
    }
    return new Listing(items, null);
  }

  private static Place place(Rows rows) throws SQLException {
    UserId peer = new UserId(rows.text());
    return new Place(rows.number(), peer);
  }

  private static Summary summary(Rows rows, UserId user, UserId peer) throws SQLException {
    long head = rows.number();
    Marks own = new Marks(rows.number(), rows.number());
    Marks peers = new Marks(rows.number(), rows.number());
    int unread = (int) rows.number();
    Long seq = rows.numberIfAny();
    Entry last = seq == null ? null : entry(rows, Pair.of(user, peer), seq);
    return new Summary(peer, head, own, peers, unread, last);
  }

  private static Entry entry(Rows rows, Pair pair, long seq) throws SQLException {
    UserId from = new UserId(rows.text());
    String id = rows.text();
    long at = rows.number();
    Kind kind = Kind.valueOf(rows.text().toUpperCase(Locale.ROOT));
    long of = rows.number();
    boolean edited = rows.flag();
    boolean deleted = rows.flag();
    String body = words(rows);
    String data = words(rows);
    Map<UserId, String> reactions = new TreeMap<>();
    for (UserId user : List.of(pair.first(), pair.second())) {
      String reaction = words(rows);
      if (reaction != null) {
        reactions.put(user, reaction);
      }
    }
    if (kind == Kind.REACT && body == null) {
      body = ""; // taken back
    }
    return new Entry(pair, seq, from, id, at, kind, of, body, data, edited, deleted, reactions);
  }

  private static @Nullable String words(Rows rows) throws SQLException {
    Long id = rows.numberIfAny();
    String text = rows.textIfAny();
    if ((id == null) != (text == null)) {
      throw new SQLException("the database lacks the words " + id);
    }
    return text;
  }

  Marked marks(Pair pair) throws SQLException {
    PairRow row = PairRow.find(link, pair);
    return row == null
        ? new Marked(0, false, Map.of())
        : new Marked(row.head(), false, row.marks());
  }

  long seen(UserId user) throws SQLException {
    try (Rows rows = link.rows(Sql.SEEN, user.value())) {
      return rows.next() ? rows.number() : 0;
    }
  }
}
