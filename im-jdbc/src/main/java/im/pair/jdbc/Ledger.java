package im.pair.jdbc;

import static im.pair.core.Rejection.DELETED;
import static im.pair.core.Rejection.NOT_FOUND;
import static im.pair.core.Rejection.NOT_YOURS;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.Marks;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides and writes, within a transaction that its caller begins and commits. */
final class Ledger {
  private static final String NOBODY = " ".repeat(65_536); // takes more than the largest append

  private final Link link;
  private final Words words;

  Ledger(Link link, Words words) {
    this.link = link;
    this.words = words;
  }

  AppendResult append(Pair pair, UserId from, Draft draft, long now) throws SQLException {
    PairRow row = PairRow.find(link, pair);
    Duplicate earlier = row == null ? null : find(row, from, draft.id());
    if (earlier != null) {
      return earlier;
    }
    Target target = row == null || draft.of() == 0 ? null : target(row, draft.of());
    Rejection refusal = refusal(from, draft.kind(), target);
    if (refusal != null) {
      return new Refused(refusal);
    }
    if (row == null) {
      row = insert(pair);
    }
    Entry entry = Entry.of(pair, row.head() + 1, from, Math.max(now, row.at()), draft);
    insert(row, entry, target);
    return new Appended(entry);
  }

  private @Nullable Duplicate find(PairRow row, UserId from, String id) throws SQLException {
    try (Rows rows = link.rows(Sql.DUPLICATE, row.id(), from.value(), id)) {
      return rows.next() ? new Duplicate(rows.number(), rows.number()) : null;
    }
  }

  private @Nullable Target target(PairRow row, long seq) throws SQLException {
    try (Rows rows = link.rows(Sql.TARGET, row.id(), seq)) {
      return rows.next()
          ? new Target(rows.text(), rows.text(), rows.flag(), rows.flag(), rows.numberIfAny())
          : null;
    }
  }

  private static @Nullable Rejection refusal(UserId from, Kind kind, @Nullable Target target) {
    if (kind == Kind.MESSAGE) {
      return null;
    }
    if (target == null || !target.kind.equals(code(Kind.MESSAGE))) {
      return NOT_FOUND;
    }
    if (kind != Kind.REACT && !target.sender.equals(from.value())) {
      return NOT_YOURS;
    }
    return target.deleted ? DELETED : null;
  }

  private PairRow insert(Pair pair) throws SQLException {
    String first = pair.first().value();
    String second = pair.second().value();
    long id = link.number(Sql.INSERT_PAIR, first, second);
    link.change(Sql.INSERT_MEMBER, first, second, id);
    link.change(Sql.INSERT_MEMBER, second, first, id);
    return new PairRow(pair, id, 0, 0, Marks.NONE, Marks.NONE);
  }

  private void insert(PairRow row, Entry entry, @Nullable Target target) throws SQLException {
    boolean takesBack = entry.kind() == Kind.REACT && "".equals(entry.body());
    Long body = takesBack ? null : words.keep(entry.body());
    Long data = words.keep(entry.data());
    link.change(
        Sql.INSERT_ENTRY,
        row.id(),
        entry.seq(),
        entry.from().value(),
        entry.id(),
        entry.at(),
        code(entry.kind()),
        entry.of(),
        body,
        data);
    advance(row, entry);
    switch (entry.kind()) {
      case MESSAGE -> link.change(Sql.NEWEST_MESSAGE, entry.seq(), row.id());
      case EDIT -> {
        if (target != null && !target.edited && target.body != null) {
          words.wipe(target.body); // an edited one's is that of an edit, which keeps it
        }
        link.change(Sql.EDIT, body, row.id(), entry.of());
      }
      case DELETE -> delete(row.id(), entry.of());
      case REACT -> {
        boolean first = entry.from().equals(row.pair().first());
        link.change(first ? Sql.FIRST_REACTS : Sql.SECOND_REACTS, body, row.id(), entry.of());
      }
    }
  }

  private void advance(PairRow row, Entry entry) throws SQLException {
    link.change(Sql.ADVANCE_PAIR, entry.seq(), entry.at(), row.id());
    if (entry.at() > row.at()) {
      String from = entry.from().value();
      String to = entry.to().value();
      link.change(Sql.ADVANCE_MEMBER, entry.at(), from, to);
      link.change(Sql.ADVANCE_MEMBER, entry.at(), to, from);
    }
  }

  private void delete(long pair, long seq) throws SQLException {
    words.wipeAll(Sql.WORDS_OF_MESSAGE, pair, seq, pair, seq, pair, seq);
    link.change(Sql.BLANK_MESSAGE, pair, seq);
    link.change(Sql.BLANK_EDITS, pair, seq);
  }

  Marked mark(Pair pair, UserId user, long delivered, long read) throws SQLException {
    PairRow row = PairRow.find(link, pair);
    if (row == null) {
      return new Marked(0, false, Map.of());
    }
    Marks before = row.marksOf(user);
    Marks now = before.moved(delivered, read, row.head());
    if (!now.equals(before)) {
      String peer = pair.other(user).value();
      link.change(Sql.MARK, now.delivered(), now.read(), user.value(), peer);
    }
    return new Marked(row.head(), !now.equals(before), row.with(user, now).marks());
  }

  long seen(UserId user, long at) throws SQLException {
    link.change(Sql.SEE, user.value(), at);
    return link.number(Sql.SEEN, user.value());
  }

  /**
   * Writes what nobody is called, and takes it away: an update that changed nothing would not reach
   * the disk. Not among the words, of which none may move.
   */
  int probe() throws SQLException {
    link.change(Sql.SEE, NOBODY, 1);
    return link.change(Sql.FORGET_SEEN, NOBODY);
  }

  /** Takes away a part of a user's words; returns where the next one begins, if any. */
  Optional<Eraser.Place> erase(Eraser.Place place) throws SQLException {
    return Optional.ofNullable(new Eraser(link, words).erase(place));
  }

  static String code(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** What must be known of the message that an entry changes. */
  private record Target(
      String kind, String sender, boolean edited, boolean deleted, @Nullable Long body) {}
}
