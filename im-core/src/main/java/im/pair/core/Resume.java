package im.pair.core;

import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a session may go on from its cursors: whether each stands in the log as the
 * store has it. A loop with one read under way, whose answer may come inline; only the thread in
 * the loop uses the fields.
 */
final class Resume {
  /** Who is told the verdict. */
  interface Asker {
    /**
     * Called once, under no lock.
     *
     * @param honest absent if the store did not answer
     */
    void answer(@Nullable Boolean honest);
  }

  private final PairRouter router;
  private final Iterator<Map.Entry<Pair, Cursor>> rest;
  private final BooleanSupplier wanted;
  private final Asker asker;
  private final AtomicInteger calls = new AtomicInteger();
  private Map.@Nullable Entry<Pair, Cursor> asked;
  private volatile @Nullable Page page; // handed over by calls

  Resume(PairRouter router, Map<Pair, Cursor> cursors, BooleanSupplier wanted, Asker asker) {
    this.router = router;
    this.wanted = wanted;
    this.asker = asker;
    rest = List.copyOf(cursors.entrySet()).iterator();
  }

  void start(boolean sameEpoch) {
    if (sameEpoch) {
      run();
    } else {
      asker.answer(false);
    }
  }

  private void run() {
    if (calls.getAndIncrement() > 0) {
      return;
    }
    do {
      step();
    } while (calls.decrementAndGet() > 0);
  }

  private void step() {
    if (!wanted.getAsBoolean()) {
      return;
    }
    if (asked != null) {
      if (page == null) {
        asker.answer(null);
        return;
      }
      if (!stands(asked.getValue(), page)) {
        asker.answer(false);
        return;
      }
    }
    if (!rest.hasNext()) {
      asker.answer(true);
      return;
    }
    Map.Entry<Pair, Cursor> next = rest.next();
    asked = next;
    Range range = Range.after(Math.max(next.getValue().seq() - 1, 0), 1, 1);
    router
        .ask(store -> store.read(next.getKey(), range))
        .whenComplete(
            (answer, failure) -> {
              page = answer;
              run();
            });
  }

  private static boolean stands(Cursor cursor, Page page) {
    return cursor.seq() <= page.head()
        && page.entries().stream()
            .filter(entry -> entry.seq() == cursor.seq())
            .allMatch(entry -> entry.at() == cursor.at());
  }
}
