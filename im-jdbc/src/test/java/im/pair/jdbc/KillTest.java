package im.pair.jdbc;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An entry that its sender saw echoed survives {@code kill -9}. Source: design §4. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
  private static final int ROUNDS = 20;
  private static final int MOST_ECHOES = 600;

  @TempDir Path parent;

  @Test
  void whatWasEchoedBeforeTheKillIsInTheLogs() throws Exception {
    killAgainAndAgain(1);
  }

  @Tag("soak")
  @RepeatedTest(25)
  void andSoItIsFiveHundredTimes(RepetitionInfo repetition) throws Exception {
    killAgainAndAgain(1_000 + repetition.getCurrentRepetition());
  }

  /** All on one directory, whose logs grow. */
  private void killAgainAndAgain(long seed) throws Exception {
    Random random = new Random(seed);
    Survival survival = new Survival(parent);
    for (int round = 1; round <= ROUNDS; round++) {
      survival.runAndKill(round, 1 + random.nextInt(MOST_ECHOES));
      survival.check(random);
    }
  }
}
