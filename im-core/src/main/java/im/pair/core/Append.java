package im.pair.core;

import im.pair.core.MessageStore.AppendResult;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One append on its way through the store, until that has answered. */
final class Append {
  /** Who is told what became of it. */
  interface Asker {
    /**
     * Called once, under no lock.
     *
     * @param result absent if it is not known to be stored
     */
    void answer(@Nullable AppendResult result);
  }

  final UserId from;
  final Draft draft;
  final Asker asker;
  final long since; // nanoseconds of the router's monotonic clock
  final long erasures; // that the router had seen before it

  // Guarded by its Appends.
  long head; // known when the store was called: what the append makes comes after it
  boolean failed; // the store did: it may or may not be stored
  final Set<Long> told = new HashSet<>(0); // entries told of for other appends of the same id

  Append(UserId from, Draft draft, Asker asker, long since, long erasures) {
    this.from = from;
    this.draft = draft;
    this.asker = asker;
    this.since = since;
    this.erasures = erasures;
  }

  boolean isMadeOf(Entry entry) {
    return entry.from().equals(from) && entry.id().equals(draft.id());
  }
}
