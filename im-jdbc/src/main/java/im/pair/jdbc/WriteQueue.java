package im.pair.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be written, and then to be told. Bounded from the one end to the other: over it
 * nothing is taken. Those who wait are told by a thread of its own, so that what they do about it
 * holds up nobody's writing. Thread-safe: one lock around the queue and its sums is enough, since
 * nothing else happens under it.
 */
final class WriteQueue {
  /** Writes that are queued or not yet told. */
  static final int MOST = 10_000;

  /** Their bytes. */
  static final long MOST_BYTES = 16 << 20;

  /** Writes that are taken together. */
  static final int MOST_AT_ONCE = 256;

  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(task -> daemon("im-store-answers", task));

  // Guarded by this.
  private final ArrayDeque<Write<?>> queue = new ArrayDeque<>();
  private int count;
  private long bytes;
  private boolean closed;

  /** A thread that does not keep the process alive; what matters is ended by closing the store. */
  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Queues a write, or answers at once that there is no room, or no store. */
  <T> CompletionStage<T> add(Write<T> write) {
    if (isClosed()) {
      write.unknown(new IllegalStateException("the store is closed"));
      write.tell();
    } else if (!hasTaken(write)) {
      write.notStored(new IllegalStateException("too much waits to be written"));
      write.tell();
    }
    return write.answer();
  }

  private synchronized boolean hasTaken(Write<?> write) {
    if (closed || count == MOST || (count > 0 && bytes + write.weight() > MOST_BYTES)) {
      return false;
    }
    count++;
    bytes += write.weight();
    queue.add(write);
    notifyAll();
    return true;
  }

  /**
   * The next writes, in the order in which they came; none if the time is over or the queue closed.
   *
   * @param nanos how long to wait
   */
  synchronized List<Write<?>> take(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos;
        queue.isEmpty() && !closed && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    List<Write<?>> taken = new ArrayList<>();
    while (!queue.isEmpty() && taken.size() < MOST_AT_ONCE) {
      taken.add(queue.remove());
    }
    return taken;
  }

  /** Tells those who wait for these writes, and then makes room for others. */
  void tell(List<Write<?>> written) {
    answers.execute(
        () -> {
          written.forEach(Write::tell);
          release(written);
        });
  }

  private synchronized void release(List<Write<?>> written) {
    count -= written.size();
    written.forEach(write -> bytes -= write.weight());
  }

  /** Writes that are queued or not yet told. */
  synchronized int count() {
    return count;
  }

  synchronized boolean isEmpty() {
    return queue.isEmpty();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Takes no more; what is queued stays to be written. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits until everybody is told; to be called when nothing is written any more. */
  void awaitTold(long millis) throws InterruptedException {
    answers.shutdown();
    answers.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }
}
