package im.pair.core;

import static java.util.Objects.requireNonNull;

import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One pair's log in an {@link InMemoryMessageStore}, whose lock guards it. The kept numbers are
 * {@code oldest} … {@code head}.
 */
final class MemoryLog {
  private final Pair pair;
  private final Map<UserId, Marks> marks = new HashMap<>();
  private long head;
  private long oldest = 1;
  private long lastAt;

  // Of the kept entries. A map that was emptied is as large as it ever was, so they are replaced.
  private Map<Long, Entry> entries = new HashMap<>();
  private Map<SenderAndId, Duplicate> byId = new HashMap<>();
  private Map<Long, List<Long>> editsOf = new HashMap<>();
  private NavigableSet<Long> messages = new TreeSet<>();
  private Map<UserId, NavigableSet<Long>> standing =
      new HashMap<>(); // messages that are not deleted
  private long weight;

  MemoryLog(Pair pair) {
    this.pair = pair;
  }

  Place placeFor(UserId user) {
    return new Place(lastAt, pair.other(user));
  }

  @Nullable Entry get(long seq) {
    return entries.get(seq);
  }

  @Nullable Duplicate find(UserId from, String id) {
    return byId.get(new SenderAndId(from, id));
  }

  /** Appends, and brings what the entry changes to its present state; returns the entry. */
  Entry append(UserId from, Draft draft, long now) {
    lastAt = Math.max(now, lastAt);
    head++;
    Entry entry = Entry.of(pair, head, from, lastAt, draft);
    byId.put(new SenderAndId(from, draft.id()), new Duplicate(head, lastAt));
    put(entry);
    if (entry.kind() == Kind.MESSAGE) {
      messages.add(head);
      standing(from).add(head);
      return entry;
    }
    List<Long> edits = editsOf.getOrDefault(entry.of(), List.of());
    if (entry.kind() == Kind.DELETE) {
      edits.forEach(seq -> change(seq, entry));
      editsOf.remove(entry.of());
      standing(from).remove(entry.of());
    } else if (entry.kind() == Kind.EDIT) {
      editsOf.computeIfAbsent(entry.of(), of -> new ArrayList<>()).add(head);
    }
    change(entry.of(), entry);
    return entry;
  }

  private void change(long seq, Entry change) {
    Entry entry = entries.get(seq);
    if (entry != null) {
      put(entry.after(change));
    }
  }

  private void put(Entry entry) {
    Entry before = entries.put(entry.seq(), entry);
    weight += entry.weight() - (before == null ? 0 : before.weight());
  }

  private NavigableSet<Long> standing(UserId user) {
    return standing.computeIfAbsent(user, key -> new TreeSet<>());
  }

  /** Takes a user's words away. */
  void erase(UserId user) {
    List.copyOf(entries.values()).forEach(entry -> put(entry.without(user)));
    standing(user).clear();
  }

  /** What the kept entries weigh. */
  long weight() {
    return weight;
  }

  void dropOldest() {
    Entry dropped = requireNonNull(entries.remove(oldest++));
    weight -= dropped.weight();
    byId.remove(new SenderAndId(dropped.from(), dropped.id()));
    editsOf.remove(dropped.seq());
    messages.remove(dropped.seq());
    standing(dropped.from()).remove(dropped.seq());
    if (oldest > head) {
      entries = new HashMap<>();
      byId = new HashMap<>();
      editsOf = new HashMap<>();
      messages = new TreeSet<>();
      standing = new HashMap<>();
    }
  }

  Page read(Range range) {
    int step = range.ascending() ? 1 : -1;
    long seq =
        range.ascending()
            ? Math.max(range.from(), oldest - 1) + 1
            : Math.min(Math.max(range.from(), 1) - 1, head);
    List<Entry> part = new ArrayList<>();
    long weight = 0;
    for (Entry entry;
        (entry = entries.get(seq)) != null && part.size() < range.limit();
        seq += step) {
      weight += entry.weight();
      if (weight > range.bytes() && !part.isEmpty()) {
        break;
      }
      part.add(entry);
    }
    if (!range.ascending()) {
      Collections.reverse(part);
    }
    return new Page(part, head, entries.containsKey(seq), marks);
  }

  Marked mark(UserId user, long delivered, long read) {
    Marks before = marksOf(user);
    Marks now = before.moved(delivered, read, head);
    if (!now.equals(before)) {
      marks.put(user, now);
    }
    return new Marked(head, !now.equals(before), marks);
  }

  private Marks marksOf(UserId user) {
    return marks.getOrDefault(user, Marks.NONE);
  }

  Summary summaryFor(UserId user) {
    UserId peer = pair.other(user);
    Marks own = marksOf(user);
    long unread =
        standing(peer).tailSet(own.read(), false).stream().limit(Summary.MOST_UNREAD).count();
    Entry last = messages.isEmpty() ? null : entries.get(messages.last());
    return new Summary(peer, head, own, marksOf(peer), (int) unread, last);
  }

  private record SenderAndId(UserId from, String id) {}
}
