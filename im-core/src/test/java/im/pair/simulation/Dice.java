package im.pair.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance in a schedule: the same seed rolls the same. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean chance(int percent) {
    return percent > 0 && random.nextInt(100) < percent;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }
}
