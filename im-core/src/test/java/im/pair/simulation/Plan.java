package im.pair.simulation;

import im.pair.core.Limits;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a schedule is like, chosen before it begins: so that some are all faults, some none, some
 * narrow and some wide.
 *
 * @param users who talk
 * @param devices how many clients each has
 * @param steps how many things happen before all is brought to an end
 * @param limits the router's
 * @param blocked who may not write to whom, as {@code "from>to"}
 * @param inline percent of the store's calls that are answered before they return
 * @param faults percent of the store's calls that fail, before or after the commit
 * @param late percent of the store's calls that are answered after the time-out
 * @param storeBytes what the store keeps; 0 for everything
 * @param capacity how many events a connection holds
 * @param refusals percent of the events that a connection refuses although it has room
 * @param crashes in a thousand steps
 * @param restores in a thousand steps: of an older state of the store
 * @param erasures in a thousand steps
 * @param repeats percent of the sends that are of something that was sent before
 * @param others in a hundred steps: what another node does to the same store
 */
record Plan(
    List<UserId> users,
    int devices,
    int steps,
    Limits limits,
    List<String> blocked,
    int inline,
    int faults,
    int late,
    long storeBytes,
    int capacity,
    int refusals,
    int crashes,
    int restores,
    int erasures,
    int repeats,
    int others) {

  static Plan of(Dice dice) {
    List<UserId> users = new ArrayList<>();
    for (String name : List.of("ann", "bob", "cat", "dan").subList(0, dice.between(2, 4))) {
      users.add(new UserId(name));
    }
    boolean faulty = dice.chance(55);
    boolean bounded = dice.chance(12);
    return new Plan(
        users,
        dice.between(1, 3),
        dice.between(40, 300),
        limits(dice),
        blocked(dice, users),
        dice.oneOf(0, 20, 60, 100),
        faulty ? dice.between(1, 20) : 0,
        faulty && dice.chance(60) ? dice.between(1, 8) : 0,
        bounded ? dice.between(1_500, 6_000) : 0,
        dice.oneOf(1, 2, 4, 1_000),
        dice.oneOf(0, 0, 5, 20),
        dice.oneOf(0, 5, 20),
        bounded ? 0 : dice.oneOf(0, 0, 0, 8),
        dice.oneOf(0, 0, 10, 40),
        dice.oneOf(10, 25, 60),
        dice.oneOf(0, 0, 3, 10));
  }

  private static Limits limits(Dice dice) {
    return new Limits(
        40,
        20,
        8,
        dice.oneOf(2, 3, 32),
        dice.oneOf(2, 1_000, 1_000),
        dice.oneOf(0, 0, 0, 1, 2),
        1_000,
        500,
        dice.oneOf(1, 200, 200),
        dice.oneOf(1, 1_000),
        dice.oneOf(1, 1_000, 2_000, 65_536),
        dice.oneOf(1_500, 16 << 20),
        dice.oneOf(1, 2, 3, 100),
        dice.oneOf(1, 1_500, 65_536, 65_536),
        Duration.ofSeconds(10),
        Duration.ofSeconds(dice.oneOf(2, 5, 60)));
  }

  private static List<String> blocked(Dice dice, List<UserId> users) {
    List<String> blocked = new ArrayList<>();
    if (dice.chance(25)) {
      UserId from = dice.pick(users);
      UserId to = dice.pick(users);
      blocked.add(from + ">" + to);
      if (dice.chance(50)) {
        blocked.add(to + ">" + from);
      }
    }
    return blocked;
  }

  boolean mayWrite(UserId from, UserId to) {
    return !blocked.contains(from + ">" + to);
  }

  boolean bounded() {
    return storeBytes > 0;
  }

  /** Whether a store's call always succeeds, in time. */
  boolean sound() {
    return faults == 0 && late == 0;
  }

  /** Whether pages and lists end early for their bytes. */
  boolean smallPages() {
    return limits.pageBytes() < 65_536;
  }

  /** Whether one read of the store is not enough for a log of this length. */
  boolean narrow() {
    return smallPages() || limits.pageEntries() < 100;
  }

  List<Pair> pairsOf(UserId user) {
    List<Pair> pairs = new ArrayList<>();
    for (UserId peer : users) {
      if (!peer.equals(user)) {
        pairs.add(Pair.of(user, peer));
      }
    }
    return pairs;
  }

  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (UserId user : users) {
      for (Pair pair : pairsOf(user)) {
        if (pair.first().equals(user)) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }
}
