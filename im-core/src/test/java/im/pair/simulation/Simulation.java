package im.pair.simulation;

import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One schedule, of which the seed decides everything: users with several clients, a store that
 * delays and fails, connections that refuse, crashes; and then all comes to rest and must be as
 * promised. Source: design §4.
 */
final class Simulation {
  private final long seed;
  private final World world;
  private final Schedule schedule;

  private Simulation(long seed) {
    this.seed = seed;
    world = new World(seed);
    schedule = new Schedule(world);
  }

  /**
   * What came of a seed.
   *
   * @param failure the promise that was broken, and what led to it; absent if all held
   * @param hash of all that happened
   * @param sights how often each interesting thing was seen
   */
  record Outcome(@Nullable String failure, long hash, Map<String, Integer> sights) {}

  static Outcome run(long seed) {
    Simulation simulation = new Simulation(seed);
    simulation.run();
    Trace trace = simulation.world.trace;
    return new Outcome(trace.report(seed), trace.hash(), trace.sights());
  }

  /** Answers a seed with what broke: in this form another class loader's simulation can be run. */
  static final class Failures implements LongFunction<@Nullable String> {
    @Override
    public @Nullable String apply(long seed) {
      return run(seed).failure();
    }
  }

  private void run() {
    try {
      for (int i = 1; i <= world.plan.steps() && !world.trace.failed(); i++) {
        world.trace.step(i);
        schedule.step();
      }
      if (!world.trace.failed()) {
        new Ending(world, schedule).run();
      }
    } catch (RuntimeException | Error e) {
      world.trace.fail("seed " + seed + " threw " + e + " at " + e.getStackTrace()[0]);
    }
  }
}
