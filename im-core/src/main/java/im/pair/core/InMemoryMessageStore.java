package im.pair.core;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Logs that last as long as the process and its bounds: when the bytes are used up the oldest
 * entries of all pairs go first, with their deduplication, while heads stay; new pairs beyond the
 * most are refused ({@link Rejection#STORE}). Answers inline. Thread-safe: one lock around maps is
 * enough, since nothing under it waits.
 */
public final class InMemoryMessageStore implements MessageStore {
  private final long maxBytes;
  private final int maxPairs;
  private final String epoch = UUID.randomUUID().toString();

  // All guarded by this.
  private final Map<Pair, Log> logs = new HashMap<>();
  private final ArrayDeque<Log> byAge =
      new ArrayDeque<>(); // the log of each kept entry, oldest entry first
  private long bytes;

  /** Keeps 64 MiB of entries and at most 100,000 pairs. */
  public InMemoryMessageStore() {
    this(64L << 20, 100_000);
  }

  /**
   * Keeps as much as is said.
   *
   * @param maxBytes about how many bytes of entries, the newest entry in any case
   * @param maxPairs how many pairs
   * @throws IllegalArgumentException if one is less than 1
   */
  public InMemoryMessageStore(long maxBytes, int maxPairs) {
    if (maxBytes < 1 || maxPairs < 1) {
      throw new IllegalArgumentException("maxBytes and maxPairs must be at least 1");
    }
    this.maxBytes = maxBytes;
    this.maxPairs = maxPairs;
  }

  @Override
  public synchronized CompletionStage<AppendResult> append(
      Pair pair, UserId from, Draft draft, long now) {
    return CompletableFuture.completedFuture(decide(pair, from, draft, now));
  }

  private AppendResult decide(Pair pair, UserId from, Draft draft, long now) {
    Log log = logs.get(pair);
    Duplicate earlier = log == null ? null : log.byId.get(new SenderAndId(from, draft.id()));
    if (earlier != null) {
      return earlier;
    }
    if (draft.kind() != Kind.MESSAGE) {
      Entry target = log == null ? null : log.entries.get(draft.of());
      Rejection refusal = refusal(from, draft.kind(), target);
      if (refusal != null) {
        return new Refused(refusal);
      }
    }
    if (log == null) {
      if (logs.size() >= maxPairs) {
        return new Refused(Rejection.STORE);
      }
      log = new Log();
      logs.put(pair, log);
    }
    log.lastAt = Math.max(now, log.lastAt);
    Entry entry = Entry.of(pair, log.head + 1, from, log.lastAt, draft);
    log.head = entry.seq();
    log.byId.put(new SenderAndId(from, draft.id()), new Duplicate(entry.seq(), entry.at()));
    byAge.add(log);
    put(log, entry);
    change(log, entry);
    while (bytes > maxBytes && byAge.size() > 1) {
      dropOldest(byAge.remove());
    }
    return new Appended(entry);
  }

  private static @Nullable Rejection refusal(UserId from, Kind kind, @Nullable Entry target) {
    if (target == null || target.kind() != Kind.MESSAGE) {
      return Rejection.NOT_FOUND;
    }
    if (kind != Kind.REACT && !target.from().equals(from)) {
      return Rejection.NOT_YOURS;
    }
    return target.deleted() ? Rejection.DELETED : null;
  }

  private void put(Log log, Entry entry) {
    Entry before = log.entries.put(entry.seq(), entry);
    bytes += entry.weight() - (before == null ? 0 : before.weight());
  }

  /**
   * Brings the message that an entry changes, and on its deletion the edits of it, to their present
   * state.
   */
  private void change(Log log, Entry change) {
    if (change.kind() == Kind.MESSAGE) {
      return;
    }
    List<Long> edits = log.editsOf.getOrDefault(change.of(), List.of());
    if (change.kind() == Kind.DELETE) {
      edits.forEach(seq -> changeOne(log, seq, change));
      log.editsOf.remove(change.of());
    } else if (change.kind() == Kind.EDIT) {
      log.editsOf.computeIfAbsent(change.of(), of -> new ArrayList<>()).add(change.seq());
    }
    changeOne(log, change.of(), change);
  }

  private void changeOne(Log log, long seq, Entry change) {
    Entry entry = log.entries.get(seq);
    if (entry != null) {
      put(log, entry.after(change));
    }
  }

  private void dropOldest(Log log) {
    Entry oldest = requireNonNull(log.entries.remove(log.oldest++));
    bytes -= oldest.weight();
    log.byId.remove(new SenderAndId(oldest.from(), oldest.id()));
    log.editsOf.remove(oldest.seq());
    if (log.oldest > log.head) {
      log.forgetTables();
    }
  }

  @Override
  public synchronized CompletionStage<Page> read(Pair pair, Range range) {
    Log log = logs.get(pair);
    return CompletableFuture.completedFuture(
        log == null ? new Page(List.of(), 0, false) : log.read(range));
  }

  @Override
  public String epoch() {
    return epoch;
  }

  private record SenderAndId(UserId from, String id) {}

  /** One pair's log; the kept numbers are oldest … head. */
  private static final class Log {
    Map<Long, Entry> entries = new HashMap<>();
    Map<SenderAndId, Duplicate> byId = new HashMap<>();
    Map<Long, List<Long>> editsOf = new HashMap<>();
    long oldest = 1;
    long head;
    long lastAt;

    /** A map that was emptied is as large as it ever was. */
    void forgetTables() {
      entries = new HashMap<>();
      byId = new HashMap<>();
      editsOf = new HashMap<>();
    }

    Page read(Range range) {
      int step = range.ascending() ? 1 : -1;
      long seq =
          range.ascending()
              ? Math.max(range.from(), oldest - 1) + 1
              : Math.min(range.from() - 1, head);
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
      return new Page(part, head, entries.containsKey(seq));
    }
  }
}
