package im.pair.simulation;

import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Summary;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must be true, in the plainest form: lists that are gone through from the start. It shares
 * nothing with the router or its store but the values.
 */
final class Model {
  private final Map<Pair, ModelLog> logs = new LinkedHashMap<>();
  private final Map<UserId, Long> seen = new HashMap<>();
  private final List<UserId> erased = new ArrayList<>();

  ModelLog log(Pair pair) {
    return logs.computeIfAbsent(pair, ModelLog::new);
  }

  List<ModelLog> logs() {
    return List.copyOf(logs.values());
  }

  long erasures() {
    return erased.size();
  }

  void erase(UserId user) {
    erased.add(user);
    for (ModelLog log : logs.values()) {
      log.erase(user, erased.size());
    }
    seen.remove(user);
  }

  /** Who was erased, the first first. */
  List<UserId> erased() {
    return erased;
  }

  long seen(UserId user, long at) {
    return seen.merge(user, at, Math::max);
  }

  /** What is wrong with a list that a store says now; absent if nothing is. */
  @Nullable String wrongIn(
      Listing listing, UserId user, @Nullable Place after, int limit, boolean mayEndEarly) {
    List<Place> places = new ArrayList<>();
    for (ModelLog log : logs.values()) {
      if (log.pair.has(user) && log.head() > 0) {
        places.add(new Place(log.get(log.head()).at, log.pair.other(user)));
      }
    }
    places.sort(
        (one, two) ->
            one.at() == two.at()
                ? one.peer().value().compareTo(two.peer().value())
                : Long.compare(two.at(), one.at()));
    if (after != null) {
      places.removeIf(place -> !isAfter(place, after));
    }
    int size = listing.items().size();
    int most = Math.min(limit, places.size());
    if (size > most || (size < most && (size == 0 || !mayEndEarly))) {
      return "a list of " + size + " conversations, not " + most;
    }
    for (int i = 0; i < size; i++) {
      Summary right = log(Pair.of(user, places.get(i).peer())).summaryFor(user, erasures());
      if (!listing.items().get(i).equals(right)) {
        return "in a list " + listing.items().get(i) + ", not " + right;
      }
    }
    Place next = size < places.size() ? places.get(size - 1) : null;
    return Objects.equals(listing.next(), next)
        ? null
        : "a list that goes on after " + listing.next() + ", not " + next;
  }

  private static boolean isAfter(Place place, Place other) {
    return place.at() < other.at()
        || (place.at() == other.at() && place.peer().value().compareTo(other.peer().value()) > 0);
  }
}
