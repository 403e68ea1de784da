package im.pair.jetty;

import static im.pair.jetty.Watchdog.Verdict.CUT;
import static im.pair.jetty.Watchdog.Verdict.NOTHING;
import static im.pair.jetty.Watchdog.Verdict.NO_PONG;
import static im.pair.jetty.Watchdog.Verdict.PING;
import static im.pair.jetty.Watchdog.Verdict.TOO_SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.Watchdog.Signs;
import im.pair.jetty.Watchdog.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 30 s without progress, 15 s for a message, a ping each 25 s, 10 s for the pong, 5 s for good-bye;
 * in plain loops.
 */
class WatchdogTest {
  private static final long START = 1_000_000_007L;

  private final Watchdog watchdog = new Watchdog(ServerLimits.DEFAULTS);
  private boolean queued;
  private long written;
  private long heard;
  private long unfinished;
  private boolean deaf;
  private boolean closing;

  @BeforeEach
  void begin() {
    assertThat(look(0)).isEqualTo(NOTHING);
  }

  @Test
  void whoTakesNothingFor30SecondsIsTooSlow() {
    queued = true;

    assertThat(look(1)).isEqualTo(NOTHING);
    assertThat(look(30)).isEqualTo(NOTHING);
    assertThat(look(31)).isEqualTo(TOO_SLOW);
  }

  @Test
  void whoTakesALittleNowAndThenIsNot() {
    queued = true;

    for (int second = 0; second < 600; second += 29) {
      written++;
      assertThat(look(second)).isEqualTo(NOTHING);
    }
  }

  @Test
  void theSecondsCountFromWhenSomethingIsQueued() {
    assertThat(look(20)).isEqualTo(NOTHING);
    queued = true;
    assertThat(look(24)).isEqualTo(NOTHING);
    assertThat(look(53)).isEqualTo(NOTHING);
    assertThat(look(54)).isEqualTo(TOO_SLOW);
  }

  @Test
  void aQueueThatWasEmptyMeanwhileStartsAnew() {
    queued = true;
    look(0);
    queued = false;
    written++;
    look(20);
    queued = true;
    look(21);

    assertThat(look(50)).isEqualTo(NOTHING);
    assertThat(look(51)).isEqualTo(TOO_SLOW);
  }

  @Test
  void aPingComesEach25SecondsIfItIsAnswered() {
    assertThat(look(24)).isEqualTo(NOTHING);
    assertThat(look(25)).isEqualTo(PING);
    heard++;
    assertThat(look(26)).isEqualTo(NOTHING);
    assertThat(look(49)).isEqualTo(NOTHING);
    assertThat(look(50)).isEqualTo(PING);
  }

  @Test
  void whoDoesNotAnswerWithin10SecondsIsCut() {
    assertThat(look(25)).isEqualTo(PING);
    assertThat(look(34)).isEqualTo(NOTHING);
    assertThat(look(35)).isEqualTo(NO_PONG);
  }

  @Test
  void anyFrameIsASignOfLife() {
    assertThat(look(25)).isEqualTo(PING);
    heard++;
    assertThat(look(34)).isEqualTo(NOTHING);
    assertThat(look(45)).isEqualTo(NOTHING);
    assertThat(look(50)).isEqualTo(PING);
  }

  @Test
  void nobodyIsPingedWhileFramesAreQueued() {
    queued = true;
    for (int second = 0; second < 100; second++) {
      written++;
      assertThat(look(second)).isEqualTo(NOTHING);
    }
  }

  @Test
  void nobodyIsCutForAPongThatCannotBeHeard() {
    assertThat(look(25)).isEqualTo(PING);
    deaf = true;
    assertThat(look(60)).isEqualTo(NOTHING);
    deaf = false;
    assertThat(look(61)).isEqualTo(NOTHING);
    assertThat(look(85)).isEqualTo(PING);
  }

  @Test
  void aMessageThatIsNotCompleteAfter15SecondsIsTooSlow() {
    for (int second = 0; second < 6; second++) {
      unfinished++; // one after the other
      assertThat(look(second)).isEqualTo(NOTHING);
    }
    for (int second = 6; second < 20; second++) {
      heard++; // its pieces
      assertThat(look(second)).isEqualTo(NOTHING);
    }
    assertThat(look(20)).isEqualTo(TOO_SLOW);
  }

  @Test
  void betweenMessagesThereIsNoHurry() {
    unfinished = 1;
    look(0);
    unfinished = 0;
    look(4);
    unfinished = 2;

    assertThat(look(6)).isEqualTo(NOTHING);
    assertThat(look(20)).isEqualTo(NOTHING);
    assertThat(look(21)).isEqualTo(TOO_SLOW);
  }

  @Test
  void aCloseThatTakesLongerThan5SecondsIsCutShort() {
    queued = true;
    look(0);
    closing = true;
    assertThat(look(40)).isEqualTo(NOTHING);
    assertThat(look(44)).isEqualTo(NOTHING);
    assertThat(look(45)).isEqualTo(CUT);
  }

  private Verdict look(long second) {
    return watchdog.look(
        START + second * 1_000_000_000L,
        new Signs(queued, written, heard, unfinished, deaf, closing));
  }
}
