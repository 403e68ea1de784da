package im.pair.simulation;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.Marks;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.MessageStore.Summary;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pair's log as a plain list, and both users' marks as lists of all that they have been. */
final class ModelLog {
  final Pair pair;
  final List<ModelEntry> entries = new ArrayList<>(); // number 1 first; none is ever taken out
  private final Map<String, ModelEntry> byId = new HashMap<>();
  private final Map<UserId, List<Marks>> marks = new HashMap<>();
  private long oldest = 1; // the first that the store keeps

  ModelLog(Pair pair) {
    this.pair = pair;
    marks.put(pair.first(), new ArrayList<>(List.of(Marks.NONE)));
    marks.put(pair.second(), new ArrayList<>(List.of(Marks.NONE)));
  }

  long head() {
    return entries.size();
  }

  long oldest() {
    return oldest;
  }

  /** The store keeps the entries from this one on. */
  void keepFrom(long seq) {
    oldest = seq;
  }

  @Nullable ModelEntry get(long seq) {
    return seq < 1 || seq > head() ? null : entries.get((int) seq - 1);
  }

  /** The entry that a sender's id was last stored as, kept or not. */
  @Nullable ModelEntry find(UserId from, String id) {
    return byId.get(from + " " + id);
  }

  /** Appends, and says what a store must say. */
  AppendResult append(UserId from, Draft draft, long now, long call, long erasures) {
    ModelEntry first = find(from, draft.id());
    if (first != null && first.seq >= oldest) {
      return new Duplicate(first.seq, first.at);
    }
    ModelEntry target = draft.of() < oldest ? null : get(draft.of());
    if (draft.kind() != Kind.MESSAGE) {
      if (target == null || target.draft.kind() != Kind.MESSAGE) {
        return new Refused(Rejection.NOT_FOUND);
      }
      if (draft.kind() != Kind.REACT && !target.from.equals(from)) {
        return new Refused(Rejection.NOT_YOURS);
      }
      if (target.goneBy(head(), erasures)) {
        return new Refused(Rejection.DELETED);
      }
    }
    long at = Math.max(now, entries.isEmpty() ? 0 : get(head()).at);
    List<ModelEntry> changes = target == null ? List.of() : target.changes;
    ModelEntry entry = new ModelEntry(pair, head() + 1, from, at, draft, call, changes);
    entries.add(entry);
    byId.put(from + " " + draft.id(), entry);
    if (target != null) {
      target.changes.add(entry);
    }
    return new Appended(entry.as(entry.seq, erasures));
  }

  void erase(UserId user, long number) {
    entries.stream().filter(entry -> entry.from.equals(user)).forEach(e -> e.erase(number));
  }

  Marks marksOf(UserId user) {
    List<Marks> all = marks.get(user);
    return all.get(all.size() - 1);
  }

  /** Whether the user's marks have ever been these. */
  boolean haveBeen(UserId user, Marks these) {
    return marks.get(user).contains(these);
  }

  /** Whether a mark moved. */
  boolean mark(UserId user, long delivered, long read) {
    Marks before = marksOf(user);
    long nowRead = Math.max(before.read(), Math.min(read, head()));
    long nowDelivered =
        Math.max(Math.max(before.delivered(), Math.min(delivered, head())), nowRead);
    Marks now = new Marks(nowDelivered, nowRead);
    if (now.equals(before)) {
      return false;
    }
    marks.get(user).add(now);
    return true;
  }

  /** What is wrong with a page that a store says now; absent if nothing is. */
  @Nullable String wrongIn(Page page, Range range, boolean mayEndEarly, long erasures) {
    long first = range.ascending() ? Math.max(range.from() + 1, oldest) : head();
    first = range.ascending() ? first : Math.min(range.from() - 1, first);
    long all = Math.max(0, range.ascending() ? head() - first + 1 : first - oldest + 1);
    int size = page.entries().size();
    long most = Math.min(range.limit(), all);
    if (size > most || (size < most && (size == 0 || !mayEndEarly))) {
      return "a page of " + size + " entries, not " + most;
    }
    for (int i = 0; i < size; i++) {
      Entry entry = page.entries().get(range.ascending() ? i : size - 1 - i);
      Entry right = get(range.ascending() ? first + i : first - i).as(head(), erasures);
      if (!entry.equals(right)) {
        return "in a page " + entry + ", not " + right;
      }
    }
    if (page.head() != head() || page.more() != (size < all)) {
      return "a page with head " + page.head() + " and more " + page.more();
    }
    return wrongIn(page.marks());
  }

  @Nullable String wrongIn(Map<UserId, Marks> said) {
    for (UserId user : List.of(pair.first(), pair.second())) {
      if (!said.getOrDefault(user, Marks.NONE).equals(marksOf(user))) {
        return "marks " + said.get(user) + " of " + user + ", not " + marksOf(user);
      }
    }
    return null;
  }

  /** The line of this log in the user's list of conversations. */
  Summary summaryFor(UserId user, long erasures) {
    UserId peer = pair.other(user);
    int unread = 0;
    Entry last = null;
    for (ModelEntry entry : entries) {
      if (entry.seq >= oldest && entry.draft.kind() == Kind.MESSAGE) {
        last = entry.as(head(), erasures);
        boolean counts = entry.from.equals(peer) && entry.seq > marksOf(user).read();
        unread += counts && !last.deleted() ? 1 : 0;
      }
    }
    return new Summary(peer, head(), marksOf(user), marksOf(peer), unread, last);
  }
}
