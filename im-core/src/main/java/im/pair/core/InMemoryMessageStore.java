package im.pair.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Logs that last as long as the process and its bounds: when the bytes are used up the oldest
 * entries of all pairs go first, with their deduplication, while heads and marks stay; new pairs
 * beyond the most are refused ({@link Rejection#STORE}). Answers inline. Thread-safe: one lock
 * around maps is enough, since nothing under it waits.
 */
public final class InMemoryMessageStore implements MessageStore {
  private final long maxBytes;
  private final int maxPairs;
  private final String epoch = UUID.randomUUID().toString();

  // All guarded by this.
  private final Map<Pair, MemoryLog> logs = new HashMap<>();
  private final Map<UserId, NavigableMap<Place, MemoryLog>> lists = new HashMap<>();
  private final Map<UserId, Long> seen = new LinkedHashMap<>(); // the longest away first
  private final ArrayDeque<MemoryLog> byAge =
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
   * @param maxPairs how many pairs, and when how many users were last seen
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
    MemoryLog log = logs.get(pair);
    Duplicate earlier = log == null ? null : log.find(from, draft.id());
    if (earlier != null) {
      return earlier;
    }
    Entry target = log == null ? null : log.get(draft.of());
    Rejection refusal = refusal(from, draft.kind(), target);
    if (refusal != null) {
      return new Refused(refusal);
    }
    if (log == null) {
      if (logs.size() >= maxPairs) {
        return new Refused(Rejection.STORE);
      }
      log = new MemoryLog(pair);
      logs.put(pair, log);
    }
    return new Appended(append(log, pair, from, draft, now));
  }

  private static @Nullable Rejection refusal(UserId from, Kind kind, @Nullable Entry target) {
    if (kind == Kind.MESSAGE) {
      return null;
    }
    if (target == null || target.kind() != Kind.MESSAGE) {
      return Rejection.NOT_FOUND;
    }
    if (kind != Kind.REACT && !target.from().equals(from)) {
      return Rejection.NOT_YOURS;
    }
    return target.deleted() ? Rejection.DELETED : null;
  }

  private Entry append(MemoryLog log, Pair pair, UserId from, Draft draft, long now) {
    list(pair.first()).remove(log.placeFor(pair.first()));
    list(pair.second()).remove(log.placeFor(pair.second()));
    bytes -= log.weight();
    Entry entry = log.append(from, draft, now);
    bytes += log.weight();
    list(pair.first()).put(log.placeFor(pair.first()), log);
    list(pair.second()).put(log.placeFor(pair.second()), log);
    byAge.add(log);
    while (bytes > maxBytes && byAge.size() > 1) {
      MemoryLog oldest = byAge.remove();
      bytes -= oldest.weight();
      oldest.dropOldest();
      bytes += oldest.weight();
    }
    return entry;
  }

  private NavigableMap<Place, MemoryLog> list(UserId user) {
    return lists.computeIfAbsent(user, key -> new TreeMap<>());
  }

  @Override
  public synchronized CompletionStage<Page> read(Pair pair, Range range) {
    MemoryLog log = logs.get(pair);
    return CompletableFuture.completedFuture(
        log == null ? new Page(List.of(), 0, false, Map.of()) : log.read(range));
  }

  @Override
  public synchronized CompletionStage<Marked> mark(
      Pair pair, UserId user, long delivered, long read) {
    MemoryLog log = logs.get(pair);
    return CompletableFuture.completedFuture(
        log == null ? new Marked(0, false, Map.of()) : log.mark(user, delivered, read));
  }

  @Override
  public synchronized CompletionStage<Listing> conversations(
      UserId user, @Nullable Place after, int limit, int bytes) {
    NavigableMap<Place, MemoryLog> all = lists.getOrDefault(user, new TreeMap<>());
    List<Summary> items = new ArrayList<>();
    Place last = null;
    int weight = 0;
    for (var item : (after == null ? all : all.tailMap(after, false)).entrySet()) {
      Summary summary = item.getValue().summaryFor(user);
      weight += summary.weight();
      if (items.size() == limit || (weight > bytes && !items.isEmpty())) {
        return CompletableFuture.completedFuture(new Listing(items, last));
      }
      items.add(summary);
      last = item.getKey();
    }
    return CompletableFuture.completedFuture(new Listing(items, null));
  }

  @Override
  public synchronized CompletionStage<Long> seen(UserId user, long at) {
    long before = seen.getOrDefault(user, 0L);
    if (at > before) {
      seen.remove(user);
      seen.put(user, at);
      if (seen.size() > maxPairs) {
        seen.remove(seen.keySet().iterator().next());
      }
    }
    return CompletableFuture.completedFuture(Math.max(at, before));
  }

  @Override
  public synchronized CompletionStage<@Nullable Void> erase(UserId user) {
    for (MemoryLog log : lists.getOrDefault(user, new TreeMap<>()).values()) {
      bytes -= log.weight();
      log.erase(user);
      bytes += log.weight();
    }
    seen.remove(user);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public String epoch() {
    return epoch;
  }
}
