package im.pair.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who is here: the attached sessions of each user. Thread-safe; the lists are immutable and
 * replaced.
 */
final class Roster {
  private final Map<UserId, List<Session>> sessions = new ConcurrentHashMap<>();

  void add(Session session) {
    sessions.merge(
        session.user(),
        List.of(session),
        (old, added) -> {
          List<Session> more = new ArrayList<>(old);
          more.addAll(added);
          return List.copyOf(more);
        });
  }

  void remove(Session session) {
    sessions.computeIfPresent(
        session.user(),
        (user, old) -> {
          List<Session> rest = new ArrayList<>(old);
          rest.remove(session);
          return rest.isEmpty() ? null : List.copyOf(rest);
        });
  }

  List<Session> of(UserId user) {
    return sessions.getOrDefault(user, List.of());
  }

  boolean has(UserId user) {
    return sessions.containsKey(user);
  }

  /** Whether a session of either user has a place in the pair's log. */
  boolean reads(Pair pair) {
    return of(pair.first()).stream().anyMatch(session -> session.reads(pair))
        || of(pair.second()).stream().anyMatch(session -> session.reads(pair));
  }

  void forEach(Consumer<Session> action) {
    sessions.values().forEach(list -> list.forEach(action));
  }

  int users() {
    return sessions.size();
  }
}
