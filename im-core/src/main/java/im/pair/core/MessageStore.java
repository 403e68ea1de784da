package im.pair.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
   * Moves a user's marks in a pair's log forward: each to the given number, but not beyond the
   * head, not back, and {@code delivered} at least to where {@code read} is. To ask only, say 0 and
   * 0.
   *
   * @param user one of the pair
   * @param delivered a number, not negative; any beyond the head stands for it
   * @param read likewise
   */
  CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read);

  /**
   * Lists a user's conversations, those with an entry, by their {@link Place}. The work does not
   * grow with the length of the logs.
   *
   * @param after the place after which to go on, itself not included; absent to begin
   * @param limit the most items
   * @param bytes about the most bytes, by {@link Summary#weight}, at least one item
   */
  CompletionStage<Listing> conversations(UserId user, @Nullable Place after, int limit, int bytes);

  /**
   * Notes that a user was here, and answers when it last was: in milliseconds since the epoch, 0 if
   * it never was.
   *
   * @param at the time now; 0 to ask only
   */
  CompletionStage<Long> seen(UserId user, long at);

  /**
   * Takes a user's words away: its messages and its edits become as deleted ones, its reactions are
   * taken back, and it was never seen. Numbers, kinds and ids stay, and so do the other's words and
   * both users' marks.
   */
  CompletionStage<@Nullable Void> erase(UserId user);

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
   * @param from the number at which the part begins, itself not included; any below the first or
   *     beyond the head stands for that end
   * @param ascending whether it is the entries after {@code from}, or those before it
   * @param limit the most entries; the ones nearest to {@code from} count
   * @param bytes about the most bytes, by {@link Entry#weight}, at least one entry
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
   * @param marks of both users; of one without an entry here, {@link Marks#NONE}
   */
  record Page(List<Entry> entries, long head, boolean more, Map<UserId, Marks> marks) {
    /** Makes the parts immutable. */
    public Page {
      entries = List.copyOf(entries);
      marks = Map.copyOf(marks);
    }
  }

  /**
   * Where the marks are now.
   *
   * @param head the number of the log's newest entry ever, 0 if it never had one
   * @param changed whether the call moved a mark
   * @param marks of both users; of one without an entry here, {@link Marks#NONE}
   */
  record Marked(long head, boolean changed, Map<UserId, Marks> marks) {
    /** Makes the map immutable. */
    public Marked {
      marks = Map.copyOf(marks);
    }
  }

  /**
   * A place in a user's list of conversations: newest activity first, then by the peer's name.
   *
   * @param at when the newest entry of the conversation was stored, in milliseconds since the epoch
   * @param peer the other user
   */
  record Place(long at, UserId peer) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return at == other.at ? peer.compareTo(other.peer) : Long.compare(other.at, at);
    }
  }

  /**
   * A part of a user's list of conversations.
   *
   * @param items in order
   * @param next the place of the last item, to go on after; absent at the end
   */
  record Listing(List<Summary> items, @Nullable Place next) {
    /** Makes the list immutable. */
    public Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * One conversation in a user's list, as of one instant.
   *
   * @param peer the other user
   * @param head the number of the log's newest entry
   * @param own the user's marks
   * @param peers the peer's marks
   * @param unread how many messages of the peer's come after the user's read mark and are not
   *     deleted, up to {@link #MOST_UNREAD}
   * @param last the newest message, deleted or not, in its present state; absent if none is kept
   */
  record Summary(UserId peer, long head, Marks own, Marks peers, int unread, @Nullable Entry last) {
    /** More are not counted. */
    public static final int MOST_UNREAD = 1_000;

    /** About what it takes in memory, in bytes. */
    public int weight() {
      return 200 + (last == null ? 0 : last.weight());
    }
  }
}
