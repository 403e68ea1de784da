package im.pair.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom a session watches, and of whom it is to be told: each once, however often that has changed.
 * Guarded by its outbox.
 */
final class Watch {
  /** What is known of a user who may be seen; of another one nothing is. */
  private final Map<UserId, Long> lastSeen = new HashMap<>();

  private final Set<UserId> peers = new LinkedHashSet<>();
  private final Set<UserId> due = new LinkedHashSet<>();

  void replace(Collection<UserId> now) {
    peers.clear();
    peers.addAll(now);
    due.retainAll(peers);
    lastSeen.keySet().retainAll(peers);
  }

  /** A peer has come or gone, or it is known when it was last seen. */
  void changed(UserId peer, boolean visible, long at) {
    if (!peers.contains(peer)) {
      return;
    }
    if (visible) {
      lastSeen.merge(peer, at, Math::max);
    } else if (lastSeen.remove(peer) == null && at > 0) {
      return; // its coming and going is not told, not even that there was one
    }
    due.add(peer);
  }

  /** The next that the session is to be told, as it is now; absent if that is all. */
  @Nullable Event next(Predicate<UserId> online) {
    for (UserId peer : due) {
      Long at = lastSeen.get(peer);
      boolean here = at != null && online.test(peer);
      return new Event.Presence(peer, here, at == null || here ? 0 : at);
    }
    return null;
  }

  void told(Event told) {
    due.remove(((Event.Presence) told).user());
  }
}
