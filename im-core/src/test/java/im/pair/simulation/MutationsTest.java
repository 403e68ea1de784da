package im.pair.simulation;

import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulation has teeth: it notices each mistake of {@link Mutation}, and no other. */
class MutationsTest {
  private static final System.Logger LOG = System.getLogger(MutationsTest.class.getName());
  private static final int SEEDS = 2_000;

  /** Of the core as it is, from the same copies; {@link SimulationTest} tries them all. */
  private static final int FEW = 100;

  @TempDir Path work;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theGravestMistakesAreNoticed() throws IOException {
    notice(Mutation.ALL.subList(0, 20));
  }

  @Test
  @Tag("soak")
  @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyMistakeIsNoticed() throws IOException {
    notice(Mutation.ALL);
  }

  private void notice(List<Mutation> mutations) throws IOException {
    MutatedCore core = new MutatedCore(work);

    Map<String, Long> noticed =
        mutations.parallelStream()
            .collect(
                Collectors.toMap(
                    Mutation::name, m -> firstToFail(core, m), Long::max, TreeMap::new));

    LOG.log(INFO, "the seeds that notice mistakes: {0}", noticed);
    assertThat(noticed)
        .hasSameSizeAs(mutations)
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
