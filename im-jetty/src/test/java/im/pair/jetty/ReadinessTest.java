package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadinessTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final List<CompletableFuture<Void>> checks = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong(100 * SECOND);
  private final Readiness readiness = readiness(Duration.ofMinutes(1));

  private Readiness readiness(Duration within) {
    return new Readiness(
        () -> {
          CompletableFuture<Void> check = new CompletableFuture<>();
          checks.add(check);
          return check;
        },
        within,
        nanos::get);
  }

  @Test
  void itIsReadyWhenItsCheckSaysSo() {
    CompletableFuture<Optional<String>> answer = readiness.ask().toCompletableFuture();
    assertThat(answer).isNotDone();

    checks.get(0).complete(null);

    assertThat(answer).isCompletedWithValue(Optional.empty());
  }

  @Test
  void whyItIsNotIsSaidInOneLine() {
    CompletableFuture<Optional<String>> answer = readiness.ask().toCompletableFuture();

    checks.get(0).completeExceptionally(new CompletionException(new IllegalStateException("a\nb")));

    assertThat(answer).isCompletedWithValue(Optional.of("a b"));
  }

  @Test
  void aFailureWithoutAWordIsNamed() {
    CompletableFuture<Optional<String>> answer = readiness.ask().toCompletableFuture();

    checks.get(0).completeExceptionally(new IllegalStateException());

    assertThat(answer).isCompletedWithValue(Optional.of("IllegalStateException"));
  }

  @Test
  void aCheckThatThrowsHasFailed() {
    Readiness broken =
        new Readiness(
            () -> {
              throw new IllegalStateException("broken");
            },
            Duration.ofMinutes(1),
            nanos::get);

    assertThat(broken.ask().toCompletableFuture()).isCompletedWithValue(Optional.of("broken"));
    Readiness silent = new Readiness(() -> null, Duration.ofMinutes(1), nanos::get);
    assertThat(silent.ask().toCompletableFuture().join()).isPresent();
  }

  @Test
  void thoseWhoAskMeanwhileShareTheCheckAndThoseWithinASecondItsAnswer() {
    CompletableFuture<Optional<String>> first = readiness.ask().toCompletableFuture();
    nanos.addAndGet(5 * SECOND);
    CompletableFuture<Optional<String>> second = readiness.ask().toCompletableFuture();
    assertThat(checks).hasSize(1);
    checks.get(0).complete(null);
    assertThat(first).isCompletedWithValue(Optional.empty());
    assertThat(second).isCompletedWithValue(Optional.empty());

    nanos.addAndGet(SECOND - 1);
    assertThat(readiness.ask().toCompletableFuture()).isCompletedWithValue(Optional.empty());
    assertThat(checks).hasSize(1);

    nanos.addAndGet(1);
    assertThat(readiness.ask().toCompletableFuture()).isNotDone();
    assertThat(checks).hasSize(2);
  }

  @Test
  void itBecomesReadyAgainByItself() {
    nanos.set(Long.MAX_VALUE - 10); // it may wrap
    readiness.ask();
    checks.get(0).completeExceptionally(new IllegalStateException("full"));
    assertThat(readiness.ask().toCompletableFuture()).isCompletedWithValue(Optional.of("full"));

    nanos.addAndGet(SECOND);
    CompletableFuture<Optional<String>> later = readiness.ask().toCompletableFuture();
    checks.get(1).complete(null);

    assertThat(later).isCompletedWithValue(Optional.empty());
  }

  @Test
  void aCheckWithoutAnAnswerHasFailedAndNoOtherBeginsBeforeItEnds() throws Exception {
    Readiness hasty = readiness(Duration.ofMillis(30));
    Optional<String> late = Optional.of("no answer within 30 ms");

    assertThat(hasty.ask().toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(late);
    nanos.addAndGet(10 * SECOND);
    assertThat(hasty.ask().toCompletableFuture()).isCompletedWithValue(late);
    assertThat(checks).hasSize(1);

    checks.get(0).complete(null);
    nanos.addAndGet(SECOND);
    CompletableFuture<Optional<String>> again = hasty.ask().toCompletableFuture();
    checks.get(1).complete(null);
    assertThat(again).isCompletedWithValue(Optional.empty());
  }

  @Test
  void whileItDrainsItIsNotReadyAndChecksNothing() {
    readiness.drain();

    assertThat(readiness.ask().toCompletableFuture()).isCompletedWithValue(Optional.of("draining"));
    assertThat(checks).isEmpty();
  }
}
