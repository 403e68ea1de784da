package im.pair.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes true by itself, where nothing can be subscribed to. */
public final class Await {
  private static final long MOST_NANOS = 20_000_000_000L;

  private Await() {}

  /**
   * Waits, for 20 seconds at most, until the condition holds; once it did it is not asked again.
   */
  public static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() - start < MOST_NANOS) {
      LockSupport.parkNanos(2_000_000);
      holds = condition.getAsBoolean();
    }
    assertThat(holds).as(what).isTrue();
  }
}
