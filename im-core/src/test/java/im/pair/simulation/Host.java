package im.pair.simulation;

import im.pair.core.Draft;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The program around the router: it appends, erases, and shares the store with another node. */
final class Host {
  private final World world;
  private final Map<String, String> open = new LinkedHashMap<>(); // appends, by number
  private final Set<UserId> erasing = new LinkedHashSet<>();
  private final Map<String, boolean[]> sure = new LinkedHashMap<>();
  private int number;

  Host(World world) {
    this.world = world;
  }

  boolean erases(UserId user) {
    return erasing.contains(user);
  }

  /** Its process has ended: nobody waits for an answer any more. */
  void crashed() {
    open.clear();
    erasing.clear();
  }

  void append(Pair pair, int id) {
    UserId from = world.dice.chance(50) ? pair.first() : pair.second();
    if (!erases(from)) {
      append(pair, from, Draft.message("h-" + id, "from the host " + id));
    }
  }

  void append(Pair pair, UserId from, Draft draft) {
    String name = "host's " + ++number;
    open.put(name, draft.id());
    long since = world.clock.nanoTime();
    world.trace.note("host appends " + pair + " " + from + " " + draft.id());
    world
        .router
        .append(from, pair.other(from), draft)
        .whenComplete((result, failure) -> answered(name, since, pair, from, draft, result));
  }

  private void answered(
      String name, long since, Pair pair, UserId from, Draft draft, @Nullable AppendResult result) {
    if (open.remove(name) == null) {
      world.trace.fail("the host is answered twice");
    }
    ModelEntry stored = world.model().log(pair).find(from, draft.id());
    boolean right;
    if (result instanceof Appended appended) {
      right = stored != null && stored.seq == appended.entry().seq();
    } else if (result instanceof Duplicate first) {
      right = stored != null && stored.seq == first.seq() && stored.at == first.at();
    } else {
      right =
          world.clock.nanoTime() - since >= world.plan.limits().storeTimeout().toNanos()
              || !world.plan.sound()
              || (result instanceof Refused && world.plan.limits().pendingAppends() < 100);
    }
    world.trace.check(right, () -> "the host is told " + result + " of " + draft.id());
  }

  /** Appends when nothing fails but, perhaps, one answer is lost: it must be found in the log. */
  void appendSurely(Pair pair, Draft draft) {
    boolean[] stored = {false};
    // One look finds it, unless that is narrower than what another node has done, or it was
    // dropped.
    boolean seen = !world.plan.bounded() && (world.plan.others() == 0 || !world.plan.narrow());
    if (seen && world.dice.chance(50)) {
      world.store.loseTheNext();
    }
    world
        .router
        .append(pair.first(), pair.second(), draft)
        .whenComplete((result, failure) -> stored[0] = result instanceof Appended);
    sure.put(pair + " " + draft.id(), stored);
  }

  /** Takes a user's words away; what fails it does again. */
  void erase(UserId user) {
    if (!erasing.add(user)) {
      return;
    }
    world.trace.note("erase " + user);
    world
        .router
        .erase(user)
        .whenComplete(
            (done, failure) -> {
              erasing.remove(user);
              world.trace.note("erased " + user + " " + (failure == null));
              if (failure == null) {
                world.lastErasure = world.trace.step();
                world.published.erased(user, world.model());
                world.trace.saw("an erasure");
              }
            });
    world.trace.check(!world.isOnline(user), () -> user + " is erased and still here");
  }

  /** Another node appends. */
  void elsewhere(Pair pair, UserId from, Draft draft) {
    world.trace.note("elsewhere " + pair + " " + from + " " + draft.id());
    world.trace.saw("an append by another node");
    world.durable.append(pair, from, draft, world.clock.millis(), 0);
  }

  void checkRest() {
    sure.forEach(
        (name, stored) -> world.trace.check(stored[0], () -> name + " was not stored for sure"));
    world.trace.check(
        open.isEmpty(), () -> "the host has no answer to " + List.copyOf(open.values()));
    world.trace.check(erasing.isEmpty(), () -> "the host has no answer to erasing " + erasing);
  }
}
