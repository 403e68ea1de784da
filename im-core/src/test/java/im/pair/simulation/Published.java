package im.pair.simulation;

import im.pair.core.Entry;
import im.pair.core.Marks;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Marked;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the present router is known to know: nothing that it tells from then on may be older. A new
 * router reads all from the store, so it starts with everything.
 */
final class Published {
  private final Map<Pair, Long> heads = new LinkedHashMap<>();
  private final Map<String, Entry> appended = new LinkedHashMap<>();
  private final Map<String, Confirmed> marks = new LinkedHashMap<>();
  private final Map<UserId, Long> erased = new HashMap<>();
  private long confirmed;

  /** The marks that the store told last to the one who moved them, as the so-manieth answer. */
  record Confirmed(Pair pair, UserId user, Marks marks, long number) {}

  /** The store answers an append, in time or not. */
  void appended(AppendResult result, boolean inTime) {
    if (result instanceof Appended answer) {
      entry(answer.entry());
    }
    if (inTime && result instanceof Appended answer) {
      appended.put(answer.entry().pair() + " " + answer.entry().seq(), answer.entry());
    }
  }

  /** The store answers the moving of a user's marks. */
  void marked(Pair pair, UserId user, Marked result) {
    marks.put(
        pair + " " + user,
        new Confirmed(pair, user, result.marks().getOrDefault(user, Marks.NONE), ++confirmed));
  }

  void entry(Entry entry) {
    heads.merge(entry.pair(), entry.seq(), Math::max);
  }

  /** The erasing of a user has come to its end: that, and those of the same user before it. */
  void erased(UserId user, Model model) {
    erased.put(user, model.erasures());
  }

  long head(Pair pair) {
    return heads.getOrDefault(pair, 0L);
  }

  /** Up to which number the erasures of the pair's users have all come to their end. */
  long erasures(Pair pair, Model model) {
    long number = 0;
    for (UserId user : model.erased()) {
      if (pair.has(user) && erased.getOrDefault(user, 0L) <= number) {
        return number;
      }
      number++;
    }
    return number;
  }

  /** How many answers there were to the moving of marks. */
  long confirmed() {
    return confirmed;
  }

  Collection<Confirmed> marks() {
    return marks.values();
  }

  /** All entries of which the store told this router in time that it appended them. */
  Map<String, Entry> appended() {
    return appended;
  }

  /** A new router starts on what is stored now. */
  void restart(Model model) {
    heads.clear();
    appended.clear();
    marks.clear();
    erased.clear();
    for (ModelLog log : model.logs()) {
      heads.put(log.pair, log.head());
    }
    model.erased().forEach(user -> erased(user, model));
  }
}
