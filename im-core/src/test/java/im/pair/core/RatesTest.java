package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How fast a user may send. */
class RatesTest {
  private final Bench bench =
      new Bench(
          new InMemoryMessageStore(), Limits.DEFAULTS.withSendsPerSecond(2), (from, to) -> true);
  private final Bench.User alice = bench.live(ALICE);

  @Test
  void aBurstOfFiveSecondsThenTheRateForAllSessionsOfAUser() {
    Bench.User tablet = bench.live(ALICE);
    alice.sendMany(BOB, 1, 5);
    tablet.sendMany(CAROL, 6, 10);
    alice.client.takeAll();

    alice.send(BOB, "over", "x");

    assertThat(alice.client.takeAll())
        .containsExactly(
            new Event.Rejected(
                null, BOB, "over", Rejection.RATE, "too many messages at once", 500));
    bench.live(BOB).send(ALICE, "mine", "another user's");
    assertThat(alice.client.takeBodies()).containsExactly("another user's");
  }

  @Test
  void theTimeToWaitIsTrueToTheMillisecond() {
    alice.sendMany(BOB, 1, 10);
    bench.clock.advance(Duration.ofNanos(100_000_001));
    alice.client.takeAll();
    alice.send(BOB, "over", "x");
    Event.Rejected rejected = (Event.Rejected) alice.client.take();
    assertThat(rejected.retryAfterMs()).isEqualTo(400);

    bench.clock.advance(Duration.ofMillis(399));
    alice.send(BOB, "over", "x");
    assertThat(((Event.Rejected) alice.client.take()).retryAfterMs()).isEqualTo(1);
    bench.clock.advance(Duration.ofMillis(1));
    alice.send(BOB, "over", "x");

    assertThat(alice.client.takeNumbers()).containsExactly(11L);
  }

  @Test
  void whatIsRejectedForItsSizeCostsNothingAndABlockedSendDoes() {
    Bench strict =
        new Bench(
            new InMemoryMessageStore(),
            Limits.DEFAULTS.withSendsPerSecond(2),
            (from, to) -> !to.equals(BOB));
    Bench.User sender = strict.live(ALICE);
    for (int i = 0; i < 10; i++) {
      sender.send(CAROL, "large", "x".repeat(20_000));
    }
    for (int i = 0; i < 11; i++) {
      sender.send(BOB, "blocked", "x");
    }

    assertThat(sender.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .startsWith(Rejection.TOO_LARGE)
        .endsWith(Rejection.BLOCKED, Rejection.RATE);
  }

  @Test
  void reconnectingIsNoWayRoundAndAFullBucketIsForgotten() {
    alice.sendMany(BOB, 1, 10);
    alice.session.detach();
    Bench.User again = bench.live(ALICE);
    again.send(BOB, "over", "x");
    assertThat(again.client.take()).isInstanceOf(Event.Rejected.class);
    again.session.detach();

    bench.tickAfter(Duration.ofMillis(4_999));
    assertThat(bench.router.size()).isEqualTo(1);
    bench.tickAfter(Duration.ofMillis(1));

    assertThat(bench.router.size()).isZero();
  }
}
