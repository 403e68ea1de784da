package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients are not blamed for a pause of the server's own. */
class WaitingTimeTest {
  private static final long START = -7_000_000_001L; // it may be negative
  private static final long SECOND = 1_000_000_000L;

  private final WaitingTime time = new WaitingTime(Duration.ofSeconds(1), START);

  @Test
  void itIsTheTimeThatPasses() {
    for (int second = 1; second <= 100; second++) {
      assertThat(time.at(START + second * SECOND)).isEqualTo(second * SECOND);
    }
  }

  @Test
  void aTickThatIsLateCounts() {
    assertThat(time.at(START + SECOND * 3 / 2)).isEqualTo(SECOND * 3 / 2);
  }

  @Test
  void ofALongPauseTwoTicksCount() {
    assertThat(time.at(START + SECOND)).isEqualTo(SECOND);
    assertThat(time.at(START + 3_600 * SECOND)).isEqualTo(3 * SECOND);
    assertThat(time.at(START + 3_601 * SECOND)).isEqualTo(4 * SECOND);
  }
}
