package im.pair.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promises of design §4, under schedules of all sorts. A seed that fails is named, and {@code
 * -Dim.seed=N} runs it again exactly.
 */
class SimulationTest {
  private static final int SEEDS = 2_000;
  private static final int SOAK = 100_000;

  /** What must have been seen in the seeds, and how often at least: so that it never goes blind. */
  private static final Map<String, Integer> LEAST =
      Map.ofEntries(
          Map.entry("a backup restored", 300),
          Map.entry("a call of the store that throws", 100),
          Map.entry("a crash", 1_500),
          Map.entry("a cursor that lies", 400),
          Map.entry("a failure after the commit", 3_000),
          Map.entry("a failure before the commit", 3_000),
          Map.entry("a late answer", 500),
          Map.entry("a list", 700),
          Map.entry("a page", 10_000),
          Map.entry("a push", 1_500),
          Map.entry("a refusal", 50_000),
          Map.entry("a repeated send accepted", 700),
          Map.entry("a truncated reader", 1_000),
          Map.entry("an append by another node", 5_000),
          Map.entry("an entry that has changed since", 30),
          Map.entry("an erasure", 1_500),
          Map.entry("an old cursor", 1_500),
          Map.entry("answers out of order", 1_000),
          Map.entry("closed SERVER_ERROR", 700),
          Map.entry("closed UNAUTHENTICATED", 2_000),
          Map.entry("presence false", 300),
          Map.entry("presence true", 700),
          Map.entry("reading paused", 20_000),
          Map.entry("rejected BLOCKED", 700),
          Map.entry("rejected RATE", 150),
          Map.entry("rejected STORE", 2_000),
          Map.entry("resumed false", 4_000),
          Map.entry("resumed true", 9_000),
          Map.entry("typing", 1_000));

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyPromiseHoldsInEverySchedule() {
    Long asked = Long.getLong("im.seed");
    if (asked != null) {
      run(asked, asked);
      return;
    }
    Map<String, Integer> sights = run(1, SEEDS);

    assertThat(LEAST)
        .allSatisfy(
            (sight, times) ->
                assertThat(sights.get(sight)).as(sight).isGreaterThanOrEqualTo(times));
  }

  @Test
  @Tag("soak")
  @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyPromiseHoldsInManyMoreSchedules() {
    run(SEEDS + 1, SEEDS + SOAK);
  }

  private static Map<String, Integer> run(long first, long last) {
    Map<String, Integer> sights = new TreeMap<>();
    for (long seed = first; seed <= last; seed++) {
      Simulation.Outcome outcome = Simulation.run(seed);
      assertThat(outcome.failure()).isNull();
      outcome.sights().forEach((sight, times) -> sights.merge(sight, times, Integer::sum));
    }
    return sights;
  }

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSeedIsRepeatedExactly() {
    for (long seed = 1; seed <= 50; seed++) {
      assertThat(Simulation.run(seed).hash()).isEqualTo(Simulation.run(seed).hash());
    }
    assertThat(Simulation.run(1).hash()).isNotEqualTo(Simulation.run(2).hash());
  }
}
