package im.pair.simulation;

import im.pair.core.AccessPolicy;
import im.pair.core.Command;
import im.pair.core.Entry;
import im.pair.core.PairRouter;
import im.pair.core.RouterListener;
import im.pair.core.UserId;
import im.pair.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One router after the other on one store, with all that its host has: clocks, policy, listener.
 */
final class World {
  final Dice dice;
  final Plan plan;
  final Trace trace = new Trace(200_000);
  int lastErasure; // the step at which the last one was done
  final ManualClock clock = new ManualClock();
  final Published published = new Published();
  final Durable durable;
  final SimulatedStore store;
  final List<Link> links = new ArrayList<>(); // those that the router has not been told are gone
  final Map<UserId, Allowance> allowances = new LinkedHashMap<>();
  final Map<UserId, Set<Long>> cameOrWent = new LinkedHashMap<>();
  private final Set<String> appended = new LinkedHashSet<>(); // told by this router
  private final Set<String> pushed = new LinkedHashSet<>(); // ever, in this history
  private final Map<String, Integer> sends = new HashMap<>();
  private long order;
  PairRouter router;

  World(long seed) {
    dice = new Dice(seed);
    plan = Plan.of(dice);
    durable = new Durable(trace, plan);
    store = new SimulatedStore(dice, plan, trace, clock, durable, published);
    router = newRouter();
    trace.note(plan.toString());
  }

  Model model() {
    return durable.model();
  }

  /** A number for an instant, larger than all before. */
  long order() {
    return ++order;
  }

  private PairRouter newRouter() {
    AccessPolicy policy =
        (from, to) -> {
          trace.spend();
          return plan.mayWrite(from, to);
        };
    return PairRouter.builder()
        .store(store)
        .limits(plan.limits())
        .policy(policy)
        .listener(new Watchman())
        .clock(clock)
        .nanoTime(clock::nanoTime)
        .build();
  }

  /** The host's listener: it is told each thing once. */
  private final class Watchman implements RouterListener {
    @Override
    public void appended(Entry entry) {
      String name = entry.pair() + " " + entry.seq();
      trace.check(appended.add(name), () -> "the listener is told twice of " + name);
      trace.check(
          model().log(entry.pair()).get(entry.seq()) != null,
          () -> "the listener is told of no entry");
    }

    @Override
    public void storedForOfflineUser(UserId user, Entry entry) {
      String name = entry.pair() + " " + entry.seq();
      trace.check(pushed.add(name), () -> "a second push to " + user + " for " + name);
      trace.check(entry.to().equals(user), () -> "a push to " + user + " for its own " + name);
      trace.check(!isOnline(user), () -> "a push to " + user + ", who is here, for " + name);
      trace.saw("a push");
    }

    @Override
    public void paused(UserId user) {
      trace.saw("a pause");
    }
  }

  /**
   * Whether all that this router appended was told to its listener. Where the store has forgotten
   * an id there may be two entries of one.
   */
  void checkListener() {
    if (plan.bounded()) {
      return;
    }
    for (String name : published.appended().keySet()) {
      trace.check(appended.contains(name), () -> "the listener was not told of " + name);
    }
  }

  boolean isOnline(UserId user) {
    return links.stream().anyMatch(link -> link.user().equals(user));
  }

  void cameOrWent(UserId user) {
    cameOrWent.computeIfAbsent(user, key -> new LinkedHashSet<>()).add(clock.millis());
  }

  void pass(Duration time) {
    trace.note("time passes: " + time);
    clock.advance(time);
  }

  void tick() {
    trace.note("tick");
    router.tick(clock.nanoTime());
    links.forEach(Link::checkOverdue);
  }

  /** The process ends and another one starts on the same store. */
  void crash() {
    trace.note("crash");
    trace.saw("a crash");
    store.crash();
    links.forEach(Link::cut);
    start();
  }

  /** As a crash, and what was stored last is lost. */
  void restore() {
    crash();
    boolean newEpoch = dice.chance(60);
    int forgotten = dice.between(1, 30);
    trace.note("restore without the last " + forgotten + ", new epoch " + newEpoch);
    trace.saw("a backup restored");
    pass(Duration.ofSeconds(10));
    durable.restore(forgotten, newEpoch);
    pushed.clear();
    start();
  }

  private void start() {
    links.clear();
    appended.clear();
    allowances.clear();
    published.restart(model());
    router = newRouter();
  }

  /** Notes that a user sends, anywhere. */
  void sends(UserId user, Command.Send send) {
    sends.merge(user + " " + send.to() + " " + send.draft().id(), 1, Integer::sum);
  }

  boolean sentOnce(UserId user, Command.Send send) {
    return sends.getOrDefault(user + " " + send.to() + " " + send.draft().id(), 0) == 1;
  }

  /** What a user may send, by the clock of this router. */
  Allowance allowance(UserId user) {
    return allowances.computeIfAbsent(
        user, key -> new Allowance(plan.limits().sendsPerSecond(), clock.nanoTime()));
  }
}
