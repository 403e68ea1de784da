package im.pair.core;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a pair's log, in its present state: an edited message has its newest body, a
 * deleted one none, and the edits of a deleted one are blank as well. Immutable.
 *
 * @param pair whose log
 * @param seq its number: 1, 2, 3, … without a gap
 * @param from who appended it, one of the pair
 * @param id the sender's own id of it
 * @param at when it was stored, in milliseconds since the epoch; never before the entry that
 *     precedes it
 * @param kind what it does
 * @param of the number of the message that it changes; 0 for a message
 * @param body its text, if it has one
 * @param data what the sender keeps with it, if anything
 * @param edited whether it is a message whose body was replaced
 * @param deleted whether its text was taken away
 * @param reactions one for each user that reacted to this message
 */
public record Entry(
    Pair pair,
    long seq,
    UserId from,
    String id,
    long at,
    Kind kind,
    long of,
    @Nullable String body,
    @Nullable String data,
    boolean edited,
    boolean deleted,
    Map<UserId, String> reactions) {
  /** Makes the reactions immutable. */
  public Entry {
    reactions = Map.copyOf(reactions);
  }

  /** The entry that a draft becomes when it is stored. */
  public static Entry of(Pair pair, long seq, UserId from, long at, Draft draft) {
    return new Entry(
        pair,
        seq,
        from,
        draft.id(),
        at,
        draft.kind(),
        draft.of(),
        draft.body(),
        draft.data(),
        false,
        false,
        Map.of());
  }

  /** The other user of the pair. */
  public UserId to() {
    return pair.other(from);
  }

  /**
   * This entry after a later one of its log: with the new body, blank, with the reaction, or, if
   * the change is not to this entry, itself.
   */
  public Entry after(Entry change) {
    if (change.kind == Kind.DELETE
        && (change.of == seq || (kind == Kind.EDIT && change.of == of))) {
      return blank();
    }
    if (change.of != seq) {
      return this;
    }
    if (change.kind == Kind.EDIT) {
      return new Entry(
          pair, seq, from, id, at, kind, of, change.body, data, true, false, reactions);
    }
    Map<UserId, String> now = new TreeMap<>(reactions);
    if (change.body == null || change.body.isEmpty()) {
      now.remove(change.from);
    } else {
      now.put(change.from, change.body);
    }
    return new Entry(pair, seq, from, id, at, kind, of, body, data, edited, deleted, now);
  }

  /** This entry after a user's words were taken away; if it holds none of them, itself. */
  Entry without(UserId user) {
    if (from.equals(user) && (kind == Kind.MESSAGE || kind == Kind.EDIT)) {
      return blank();
    }
    if (from.equals(user) && kind == Kind.REACT) {
      return new Entry(pair, seq, from, id, at, kind, of, "", null, false, false, reactions);
    }
    if (!reactions.containsKey(user)) {
      return this;
    }
    Map<UserId, String> others = new TreeMap<>(reactions);
    others.remove(user);
    return new Entry(pair, seq, from, id, at, kind, of, body, data, edited, deleted, others);
  }

  private Entry blank() {
    return new Entry(pair, seq, from, id, at, kind, of, null, null, false, true, Map.of());
  }

  /**
   * What it takes at most, in bytes: in memory with its places in maps, or as JSON in UTF-8 (unless
   * it is full of control characters, each of which takes six there).
   */
  public int weight() {
    int chars =
        id.length() + (body == null ? 0 : body.length()) + (data == null ? 0 : data.length());
    return 400 + 3 * chars + 100 * reactions.size();
  }
}
