package im.pair.jetty;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether clients should be sent here: not while the server drains, nor while its check fails. One
 * check at a time is under way, and what it says holds for a second, so that asking often costs the
 * store nothing. Thread-safe: one lock around what is known, no call under it.
 */
final class Readiness {
  /** How long the check may take; then it has failed. */
  static final Duration CHECK_WITHIN = Duration.ofSeconds(2);

  /** How long an answer holds. */
  private static final long HOLDS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Optional<String> READY = Optional.empty();

  private final Supplier<? extends CompletionStage<?>> check;
  private final Duration within;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private boolean draining;
  private boolean checking; // also when its time is over
  private @Nullable CompletableFuture<Optional<String>> latest;
  private long answeredAt;

  /**
   * What is ready until it drains, as far as a check says.
   *
   * @param check completes, exceptionally if it fails
   * @param within how long it may take
   * @param nanoTime the monotonic time, in nanoseconds
   */
  Readiness(Supplier<? extends CompletionStage<?>> check, Duration within, LongSupplier nanoTime) {
    this.check = check;
    this.within = within;
    this.nanoTime = nanoTime;
  }

  /** From now on it is not ready. */
  synchronized void drain() {
    draining = true;
  }

  /** Why it is not ready, in one line; nothing if it is. Completes within the check's time. */
  CompletionStage<Optional<String>> ask() {
    CompletableFuture<Optional<String>> answer;
    synchronized (this) {
      if (draining) {
        return CompletableFuture.completedFuture(Optional.of("draining"));
      }
      if (latest != null && (checking || nanoTime.getAsLong() - answeredAt < HOLDS_NANOS)) {
        return latest;
      }
      answer = new CompletableFuture<>();
      checking = true;
      latest = answer;
    }
    answer.completeOnTimeout(
        Optional.of("no answer within " + within.toMillis() + " ms"),
        within.toMillis(),
        TimeUnit.MILLISECONDS);
    start().whenComplete((result, failure) -> checked(answer, failure));
    return answer;
  }

  private CompletionStage<?> start() {
    try {
      return requireNonNull(check.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void checked(CompletableFuture<Optional<String>> answer, @Nullable Throwable failure) {
    synchronized (this) {
      checking = false;
      answeredAt = nanoTime.getAsLong();
    }
    answer.complete(failure == null ? READY : Optional.of(words(failure)));
  }

  private static String words(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable why = failure instanceof CompletionException && cause != null ? cause : failure;
    String words = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    return words.replaceAll("[\\p{Cntrl}\\s]+", " ");
  }
}
