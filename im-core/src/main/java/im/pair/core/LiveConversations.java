package im.pair.core;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A router's live conversations, one for a pair: those that a session reads, as long as they are
 * used now and then, and those that somebody stays in. Thread-safe.
 */
final class LiveConversations {
  private final PairRouter router;
  private final Map<Pair, Conversation> conversations = new ConcurrentHashMap<>();

  LiveConversations(PairRouter router) {
    this.router = router;
  }

  /** The pair's live conversation, which stays the one until {@link #leave}. */
  Conversation enter(Pair pair) {
    return requireNonNull(
        conversations.compute(
            pair,
            (key, live) -> {
              Conversation conversation = live == null ? new Conversation(router, pair) : live;
              conversation.guests++;
              conversation.used = true;
              return conversation;
            }));
  }

  /** As {@link #enter}, but not if it is not live, and it does not count as use. */
  private @Nullable Conversation stayIn(Pair pair) {
    return conversations.computeIfPresent(
        pair,
        (key, live) -> {
          live.guests++;
          return live;
        });
  }

  /** Ends a stay; the last to leave a conversation that no session reads takes it away. */
  void leave(Conversation conversation) {
    conversations.computeIfPresent(
        conversation.pair,
        (pair, live) -> {
          live.guests--;
          return unlessOver(live);
        });
  }

  /** Called after a session that read the pair has gone. */
  void forget(Pair pair) {
    conversations.computeIfPresent(pair, (key, live) -> unlessOver(live));
  }

  private @Nullable Conversation unlessOver(Conversation live) {
    if (live.guests > 0 || isAwaited(live) || router.roster.reads(live.pair)) {
      return live;
    }
    live.forgetEntries();
    return null;
  }

  /** Whether somebody who is here may have to be given what the store has not answered for. */
  private boolean isAwaited(Conversation live) {
    return live.appends.unfinished()
        && (router.isOnline(live.pair.first()) || router.isOnline(live.pair.second()));
  }

  private @Nullable Conversation unlessIdle(Conversation live, long nanos) {
    live.lastUsed = live.used ? nanos : live.lastUsed;
    live.used = false;
    if (live.guests > 0
        || isAwaited(live)
        || nanos - live.lastUsed < router.limits.idle().toNanos()) {
      return live;
    }
    live.forgetEntries();
    return null;
  }

  /** Ends those in which nothing has happened for {@link Limits#idle}. */
  void endIdle(long nanos) {
    for (Pair pair : conversations.keySet()) {
      conversations.computeIfPresent(pair, (key, live) -> unlessIdle(live, nanos));
    }
  }

  void forEach(Consumer<Conversation> action) {
    for (Pair pair : conversations.keySet()) {
      Conversation live = stayIn(pair);
      if (live != null) {
        action.accept(live);
        leave(live);
      }
    }
  }

  int size() {
    return conversations.size();
  }
}
