package im.pair.simulation;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry as it was stored, with what was later done to it: its state at any time is told from
 * that anew.
 */
final class ModelEntry {
  final Pair pair;
  final long seq;
  final UserId from;
  final long at;
  final Draft draft;
  final long call; // which call of the store made it; 0 if another node did
  final List<ModelEntry> changes = new ArrayList<>(); // to this message, in order
  private final List<ModelEntry> changesOfTarget;
  private long erasure = Long.MAX_VALUE; // the number of the one that took its words

  ModelEntry(
      Pair pair,
      long seq,
      UserId from,
      long at,
      Draft draft,
      long call,
      List<ModelEntry> changesOfTarget) {
    this.pair = pair;
    this.seq = seq;
    this.from = from;
    this.at = at;
    this.draft = draft;
    this.call = call;
    this.changesOfTarget = changesOfTarget;
  }

  void erase(long number) {
    erasure = Math.min(erasure, number);
  }

  boolean goneBy(long head, long erasures) {
    List<ModelEntry> what = draft.kind() == Kind.EDIT ? changesOfTarget : changes;
    return erasure <= erasures
        || what.stream().anyMatch(e -> e.draft.kind() == Kind.DELETE && e.seq <= head);
  }

  /** As it is when the log has come up to {@code head} and so many erasures have been. */
  Entry as(long head, long erasures) {
    return switch (draft.kind()) {
      case MESSAGE -> message(head, erasures);
      case EDIT -> goneBy(head, erasures) ? gone() : plain(draft.body());
      case DELETE -> plain(null);
      case REACT -> plain(erasure <= erasures ? "" : draft.body());
    };
  }

  private Entry message(long head, long erasures) {
    if (goneBy(head, erasures)) {
      return gone();
    }
    String body = draft.body();
    boolean edited = false;
    Map<UserId, String> reactions = new HashMap<>();
    for (ModelEntry change : changes) {
      if (change.seq > head) {
        break;
      }
      if (change.draft.kind() == Kind.EDIT) {
        body = change.draft.body();
        edited = true;
      } else {
        reactions.remove(change.from);
        String reaction = change.draft.body();
        if (change.erasure > erasures && reaction != null && !reaction.isEmpty()) {
          reactions.put(change.from, reaction);
        }
      }
    }
    return entry(body, draft.data(), edited, false, reactions);
  }

  private Entry plain(String body) {
    return entry(body, draft.data(), false, false, Map.of());
  }

  private Entry gone() {
    return entry(null, null, false, true, Map.of());
  }

  private Entry entry(
      String body, String data, boolean edited, boolean deleted, Map<UserId, String> reactions) {
    return new Entry(
        pair,
        seq,
        from,
        draft.id(),
        at,
        draft.kind(),
        draft.of(),
        body,
        data,
        edited,
        deleted,
        reactions);
  }
}
