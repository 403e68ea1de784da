package im.pair.jetty;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Calls one method again and again, one call at a time, until it is stopped or the server's
 * scheduler or thread pool is. Not on the scheduler's own thread: a tick may read from a store.
 */
final class Pulse {
  private static final System.Logger LOG = System.getLogger(Pulse.class.getName());

  private final Scheduler scheduler;
  private final Executor executor;
  private final Duration period;
  private final LongConsumer tick;
  private volatile boolean stopped;

  /**
   * A pulse that has not started.
   *
   * @param period from the end of one call to the next
   * @param tick is given the monotonic time, in nanoseconds
   */
  Pulse(Scheduler scheduler, Executor executor, Duration period, LongConsumer tick) {
    this.scheduler = scheduler;
    this.executor = executor;
    this.period = period;
    this.tick = tick;
  }

  void start() {
    try {
      scheduler.schedule(this::call, period.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(DEBUG, "no more ticks: the server has stopped");
    }
  }

  /** No call begins after this; one may be under way. */
  void stop() {
    stopped = true;
  }

  private void call() {
    try {
      executor.execute(this::beat);
    } catch (RejectedExecutionException e) {
      LOG.log(DEBUG, "no more ticks: the server has stopped");
    }
  }

  private void beat() {
    if (stopped) {
      return;
    }
    try {
      tick.accept(System.nanoTime());
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a tick failed", e);
    } finally {
      start();
    }
  }
}
