package im.pair.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a live log, in their present state and ready to send, so that a short lag
 * does not touch the store. Without a gap up to the head, and bounded by bytes. Guarded by its
 * conversation's lock.
 */
final class Recent {
  private final Limits limits;
  private final AtomicLong inAll; // the weight of all of a router
  private final Map<Long, Outgoing> entries = new LinkedHashMap<>();
  private int weight;
  private long lastChange; // the newest number that may have changed an older entry

  Recent(Limits limits, AtomicLong inAll) {
    this.limits = limits;
    this.inAll = inAll;
  }

  @Nullable Outgoing get(long seq) {
    return entries.get(seq);
  }

  /** Adds the entry after the newest. */
  Outgoing add(Entry entry) {
    if (entry.kind() != Kind.MESSAGE) {
      lastChange = entry.seq();
      entries.replaceAll((seq, old) -> after(old, entry));
    }
    Outgoing outgoing = new Outgoing(new Event.Appended(entry));
    entries.put(entry.seq(), outgoing);
    weigh(entry.weight());
    Iterator<Outgoing> oldest = entries.values().iterator();
    while (entries.size() > 1
        && (weight > limits.recentBytes() || inAll.get() > limits.recentBytesInAll())) {
      weigh(-entryOf(oldest.next()).weight());
      oldest.remove();
    }
    return outgoing;
  }

  private Outgoing after(Outgoing old, Entry change) {
    Entry before = entryOf(old);
    Entry after = before.after(change);
    weigh(after.weight() - before.weight());
    return after.equals(before) ? old : new Outgoing(new Event.Appended(after));
  }

  /**
   * Forgets all: there are entries up to {@code seq} that were not seen, and may have changed older
   * ones.
   */
  void clear(long seq) {
    rest();
    lastChange = seq;
  }

  /** Forgets all: nobody is behind. */
  void rest() {
    entries.clear();
    weigh(-weight);
  }

  private void weigh(int more) {
    weight += more;
    inAll.addAndGet(more);
  }

  /** Whether {@link #present} can bring a page with this head to the present. */
  boolean reaches(long head) {
    return head >= lastChange || entries.containsKey(head + 1);
  }

  /** An entry of a page with this head, in its present state. */
  Outgoing present(Entry entry, long head) {
    Outgoing shared = entries.get(entry.seq());
    if (shared != null) {
      return shared;
    }
    for (long seq = head + 1; seq <= lastChange; seq++) {
      Outgoing later = entries.get(seq);
      entry = later == null ? entry : entry.after(entryOf(later));
    }
    return new Outgoing(new Event.Appended(entry));
  }

  private static Entry entryOf(Outgoing outgoing) {
    return ((Event.Appended) outgoing.event()).entry();
  }
}
