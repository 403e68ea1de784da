package im.pair.core;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The logs: the seam for stores, and the truth. Thread-safe. A stage completes inline or on a
 * thread that is not the one that writes; it completes exceptionally if the store cannot answer
 * now. No method throws or blocks. Source: design §3.
 */
public interface MessageStore {
  /**
   * Appends a draft to a pair's log, or finds that it need not or must not. Decided as one step, in
   * this order: a draft whose (pair, from, id) is in the log is a {@link Duplicate}; one that
   * refers to what is not there, not one's own or deleted is {@link Refused}; all others get the
   * number after the last.
   *
   * <p>For each pair, numbers follow the order of the calls; completions may come in any order. An
   * append that completed is as durable as the store gets. One that failed may have been stored.
   *
   * @param now the time in milliseconds since the epoch; the entry's {@code at} is this, or the
   *     previous entry's if that is later
   */
  CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now);

  /** Reads a part of a pair's log. An append that completed before the call is seen. */
  CompletionStage<Page> read(Pair pair, Range range);

  /**
   * Names this store's history: another epoch means that numbers given earlier may be void. Up to
   * 64 ASCII characters.
   */
  String epoch();

  /** What became of a draft. */
  sealed interface AppendResult {}

  /** It was stored as this entry. */
  record Appended(Entry entry) implements AppendResult {}

  /** It had been stored before, with this number, at this time in milliseconds since the epoch. */
  record Duplicate(long seq, long at) implements AppendResult {}

  /**
   * It was not stored: {@link Rejection#NOT_FOUND} if {@code of} is no message of the pair, {@link
   * Rejection#NOT_YOURS} to edit or delete another's, {@link Rejection#DELETED} for anything on a
   * deleted one, {@link Rejection#STORE} if the store takes no more.
   */
  record Refused(Rejection code) implements AppendResult {}

  /**
   * Which part of a log.
   *
   * @param from the number at which the part begins, itself not included
   * @param ascending whether it is the entries after {@code from}, or those before it
   * @param limit the most entries; the ones nearest to {@code from} count
   * @param bytes about the most bytes, at least one entry
   */
  record Range(long from, boolean ascending, int limit, int bytes) {
    /** The entries after {@code seq}. */
    public static Range after(long seq, int limit, int bytes) {
      return new Range(seq, true, limit, bytes);
    }

    /** The entries before {@code seq}; {@link Long#MAX_VALUE} for the newest. */
    public static Range before(long seq, int limit, int bytes) {
      return new Range(seq, false, limit, bytes);
    }
  }

  /**
   * A part of a log, all of it as of one instant.
   *
   * @param entries ascending and without a gap. If the log's oldest entries are no longer kept, the
   *     part begins at the oldest that is: then its first number is not the one that was asked for,
   *     or there is none although the head is higher.
   * @param head the number of the log's newest entry ever, 0 if it never had one
   * @param more whether there are more entries in the direction asked
   */
  record Page(List<Entry> entries, long head, boolean more) {
    /** Makes the list immutable. */
    public Page {
      entries = List.copyOf(entries);
    }
  }
}
