package im.pair.simulation;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a schedule: the last lines to read, a hash of all to compare, how often each
 * interesting thing was seen, and the first promise that was broken.
 */
final class Trace {
  /** Thrown through the router, which catches no errors, to stop what never ends. */
  static final class OutOfBudget extends Error {
    private static final long serialVersionUID = 1;

    OutOfBudget() {
      super("out of budget", null, false, false);
    }
  }

  private static final int LINES = 150;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final Map<String, Integer> sights = new TreeMap<>();
  private long hash = 17;
  private long budget;
  private int step;
  private @Nullable String failure;

  Trace(long budget) {
    this.budget = budget;
  }

  void step(int number) {
    step = number;
  }

  int step() {
    return step;
  }

  void note(String line) {
    hash = hash * 1_000_003 + line.hashCode();
    if (failure == null) {
      lines.add(step + " " + line);
      if (lines.size() > LINES) {
        lines.remove();
      }
    }
  }

  void saw(String sight) {
    sights.merge(sight, 1, Integer::sum);
  }

  /** A promise was broken. The first counts; what follows from it does not. */
  void fail(String words) {
    note("BROKEN " + words);
    failure = failure == null ? "step " + step + ": " + words : failure;
  }

  void check(boolean held, Supplier<String> words) {
    if (!held) {
      fail(words.get());
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** Called at every call out of the router, so that one that loops for ever is stopped. */
  void spend() {
    if (budget-- <= 0) {
      fail("it never comes to an end");
      throw new OutOfBudget();
    }
  }

  Map<String, Integer> sights() {
    return sights;
  }

  long hash() {
    return hash;
  }

  /** What broke, with the lines before it; absent if nothing did. */
  @Nullable String report(long seed) {
    return failure == null
        ? null
        : "seed " + seed + ", " + failure + "\n  " + String.join("\n  ", lines);
  }
}
