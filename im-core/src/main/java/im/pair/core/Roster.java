package im.pair.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who is here, the attached sessions of each user, and who watches whom. Thread-safe; the lists are
 * immutable and replaced.
 */
final class Roster {
  private final Map<UserId, List<Session>> sessions = new ConcurrentHashMap<>();
  private final Map<UserId, List<Session>> watchers = new ConcurrentHashMap<>();

  /** Whether the user was not here before. */
  boolean add(Session session) {
    return add(sessions, session.user(), session);
  }

  /** Whether the user is not here any more. */
  boolean remove(Session session) {
    return remove(sessions, session.user(), session);
  }

  void watch(Session session, Set<UserId> before, Set<UserId> now) {
    before.forEach(peer -> remove(watchers, peer, session));
    now.forEach(peer -> add(watchers, peer, session));
  }

  private static boolean add(Map<UserId, List<Session>> lists, UserId user, Session session) {
    List<Session> now =
        lists.merge(
            user,
            List.of(session),
            (old, added) -> {
              List<Session> more = new ArrayList<>(old);
              more.addAll(added);
              return List.copyOf(more);
            });
    return now.size() == 1;
  }

  private static boolean remove(Map<UserId, List<Session>> lists, UserId user, Session session) {
    List<Session> now =
        lists.computeIfPresent(
            user,
            (key, old) -> {
              List<Session> rest = new ArrayList<>(old);
              rest.remove(session);
              return rest.isEmpty() ? null : List.copyOf(rest);
            });
    return now == null;
  }

  List<Session> watchersOf(UserId user) {
    return watchers.getOrDefault(user, List.of());
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

  /** How many users are here or watched. */
  int size() {
    return sessions.size() + watchers.size();
  }
}
