package im.pair.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.MessageStore;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads logs from end to end, and finds what must not be in one. */
final class LogReader {
  private static final int PAGE = 500;
  private static final int PAGE_BYTES = 4 << 20;

  private final MessageStore store;

  LogReader(MessageStore store) {
    this.store = store;
  }

  /** The log, after it was read in both directions, which must agree. */
  List<Entry> read(Pair pair) throws Exception {
    List<Entry> log = new ArrayList<>();
    Page page;
    do {
      page = page(pair, Range.after(log.size(), PAGE, PAGE_BYTES));
      log.addAll(page.entries());
    } while (page.more());
    assertThat(page.head()).as("head of %s", pair).isEqualTo(log.size());
    assertThat(readBackwards(pair)).as("%s read backwards", pair).isEqualTo(log);
    return log;
  }

  private List<Entry> readBackwards(Pair pair) throws Exception {
    List<Entry> log = new ArrayList<>();
    Page page = page(pair, Range.before(Long.MAX_VALUE, PAGE, PAGE_BYTES));
    addReversed(log, page);
    while (page.more()) {
      page = page(pair, Range.before(page.entries().get(0).seq(), PAGE, PAGE_BYTES));
      addReversed(log, page);
    }
    Collections.reverse(log);
    return log;
  }

  private static void addReversed(List<Entry> log, Page page) {
    List<Entry> entries = new ArrayList<>(page.entries());
    Collections.reverse(entries);
    log.addAll(entries);
  }

  private Page page(Pair pair, Range range) throws Exception {
    return Stores.await(store.read(pair, range));
  }

  /**
   * Reads a log of entries that were meant by {@link Intent}s, and checks that its numbers have no
   * gap, each id is in it once, its times never go back, and each entry says what it must after all
   * that followed.
   */
  List<Entry> check(Pair pair) throws Exception {
    List<Entry> log = read(pair);
    List<Entry> raw = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    long at = 0;
    for (Entry entry : log) {
      Intent intent = intent(entry);
      assertThat(entry.seq())
          .as("the number after %s of %s", raw.size(), pair)
          .isEqualTo(raw.size() + 1);
      assertThat(keys.add(intent.key())).as("%s is there once", intent.key()).isTrue();
      assertThat(entry.at()).as("time of %s", intent.key()).isGreaterThanOrEqualTo(at);
      at = entry.at();
      raw.add(Entry.of(pair, entry.seq(), entry.from(), at, intent.draft()));
    }
    assertThat(log).as("the present state of %s", pair).isEqualTo(present(raw));
    return log;
  }

  static Intent intent(Entry entry) {
    return new Intent(entry.from(), entry.to(), entry.id(), entry.kind(), entry.of());
  }

  /** What the entries of a log are after all of them. */
  static List<Entry> present(List<Entry> raw) {
    List<Entry> present = new ArrayList<>(raw);
    Map<Long, List<Integer>> edits = new HashMap<>();
    for (Entry change : raw) {
      if (change.kind() == Kind.MESSAGE) {
        continue;
      }
      present.set((int) change.of() - 1, present.get((int) change.of() - 1).after(change));
      List<Integer> changed = edits.computeIfAbsent(change.of(), of -> new ArrayList<>());
      if (change.kind() == Kind.EDIT) {
        changed.add((int) change.seq() - 1);
      } else if (change.kind() == Kind.DELETE) {
        changed.forEach(i -> present.set(i, present.get(i).after(change)));
      }
    }
    return present;
  }

  /** All pairs of these users. */
  static List<Pair> pairs(List<UserId> users) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(Pair.of(users.get(i), users.get(j)));
      }
    }
    return pairs;
  }
}
