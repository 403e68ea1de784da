package im.pair.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulation has teeth: it notices each mistake of {@link Mutation}, and no other. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutationsTest {
  private static final int SEEDS = 2_000;

  /** Of the core as it is, from the same copies; {@link SimulationTest} tries them all. */
  private static final int FEW = 100;

  @Test
  void everyMistakeIsNoticed(@TempDir Path work, TestReporter reporter) throws IOException {
    MutatedCore core = new MutatedCore(work);

    Map<String, Long> noticed =
        Mutation.ALL.parallelStream()
            .collect(
                Collectors.toMap(
                    Mutation::name, m -> firstToFail(core, m), Long::max, TreeMap::new));

    noticed.forEach((mistake, seed) -> reporter.publishEntry(mistake, "noticed by seed " + seed));
    assertThat(noticed)
        .hasSizeGreaterThanOrEqualTo(40)
        .allSatisfy(
            (mistake, seed) ->
                assertThat(seed).as("'%s' is noticed by a seed", mistake).isPositive());

    try (MutatedCore.Copy unchanged = core.unchanged()) {
      for (long seed = 1; seed <= FEW; seed++) {
        assertThat(unchanged.run(seed)).isNull();
      }
    }
  }

  /** The first seed that notices a mistake; 0 if none does. */
  private static long firstToFail(MutatedCore core, Mutation mutation) {
    try (MutatedCore.Copy copy = core.with(mutation)) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        if (copy.run(seed) != null) {
          return seed;
        }
      }
      return 0;
    }
  }
}
