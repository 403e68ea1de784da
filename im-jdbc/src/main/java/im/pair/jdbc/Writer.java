package im.pair.jdbc;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. All that waits, up to a bound, goes into one transaction, so that one
 * wait for the disk serves many. If a transaction fails before its commit, each write is tried in
 * one of its own, so that a bad one fails alone; if a commit fails, nobody knows what the disk
 * holds. After a failure the database is opened anew, so that the writer heals when the disk does.
 *
 * <p>A text that was wiped stands in the write-ahead log until that is cut. This happens as soon as
 * nothing waits to be written, and within about a second otherwise; while a program from outside
 * reads the database it is tried once a second. The log is also cut when it may have become large,
 * since SQLite starts it anew only when it finds nobody reading.
 */
final class Writer {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());
  private static final long CUT_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LARGE_LOG = 64 << 20;
  private static final long TRANSACTION_IN_LOG = 64 << 10; // bytes, about, besides the texts
  private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long PATIENCE_MILLIS = 30_000;

  private final WriteQueue queue;
  private final Opener opener;
  private final Lock noReads;
  private final StoreListener listener;
  private final Thread thread = WriteQueue.daemon("im-store-writer", this::run);

  // The thread's own.
  private @Nullable Link link;
  private boolean failing;
  private boolean logHasWiped;
  private boolean somebodyReads; // when it was last tried to cut the log
  private long cutAt; // nanoseconds; the latest time to cut what was wiped
  private long grown; // bytes, about, since the log was cut

  /** Opens the database to write. */
  interface Opener {
    Link open() throws SQLException;
  }

  /**
   * Starts to write.
   *
   * @param link to the database, ready; the writer's own from now on
   * @param opener opens it anew after a failure
   * @param noReads keeps readers away for as long as it is held
   * @param listener hears of what was committed
   */
  Writer(WriteQueue queue, Link link, Opener opener, Lock noReads, StoreListener listener) {
    this.queue = queue;
    this.link = link;
    this.opener = opener;
    this.noReads = noReads;
    this.listener = listener;
    thread.start();
  }

  private void run() {
    while (!queue.isClosed() || !queue.isEmpty()) {
      List<Write<?>> writes = take();
      if (!writes.isEmpty()) {
        write(writes);
        queue.tell(writes);
      }
      if (grown > LARGE_LOG || (logHasWiped && isTimeToCut())) {
        cutLog();
      }
    }
    drop();
  }

  private List<Write<?>> take() {
    try {
      return queue.take(logHasWiped ? CUT_WITHIN_NANOS : IDLE_NANOS);
    } catch (InterruptedException e) {
      return List.of(); // nobody has a reason to
    }
  }

  private void write(List<Write<?>> writes) {
    boolean committing = false;
    long since = System.nanoTime();
    try {
      Link open = link();
      Words words = new Words(open);
      Ledger ledger = new Ledger(open, words);
      open.begin();
      for (Write<?> write : writes) {
        write.decide(ledger);
      }
      committing = true;
      open.commit();
      succeeded(writes, words.wiped());
      tell(writes.size(), System.nanoTime() - since);
    } catch (SQLException | RuntimeException | Error e) {
      drop();
      failed(writes, e, committing);
    }
  }

  private void succeeded(List<Write<?>> writes, boolean wiped) {
    if (failing) {
      failing = false;
      LOG.log(INFO, "the store can write again");
    }
    grown += TRANSACTION_IN_LOG + writes.stream().mapToLong(Write::weight).sum();
    if (wiped && !logHasWiped) {
      logHasWiped = true;
      cutAt = System.nanoTime() + CUT_WITHIN_NANOS;
    }
  }

  private void tell(int writes, long nanos) {
    try {
      listener.committed(writes, nanos);
    } catch (RuntimeException e) {
      // The contract of StoreListener: dropped.
    }
  }

  private boolean isTimeToCut() {
    return (queue.isEmpty() && !somebodyReads) || System.nanoTime() - cutAt >= 0;
  }

  private void failed(List<Write<?>> writes, Throwable why, boolean committing) {
    if (!committing && writes.size() > 1) {
      writes.forEach(write -> write(List.of(write)));
      return;
    }
    if (!failing) {
      failing = true;
      LOG.log(ERROR, "the store cannot write: {0}", String.valueOf(why.getMessage()));
    }
    writes.forEach(committing ? write -> write.unknown(why) : write -> write.notStored(why));
  }

  private Link link() throws SQLException {
    if (link == null) {
      link = opener.open();
    }
    return link;
  }

  private void drop() {
    Link dropped = link;
    link = null;
    if (dropped != null) {
      try {
        dropped.close();
      } catch (SQLException e) {
        LOG.log(ERROR, "the store does not close well", e);
      }
    }
  }

  private void cutLog() {
    grown = 0;
    noReads.lock(); // our own are short, and the log is cut only while there are none
    try {
      somebodyReads = !Sqlite.cutLog(link());
      logHasWiped &= somebodyReads;
    } catch (SQLException e) {
      drop(); // and try again
      somebodyReads = true;
    } finally {
      noReads.unlock();
    }
    cutAt = System.nanoTime() + CUT_WITHIN_NANOS;
  }

  /**
   * Writes what is queued, tells everybody and ends.
   *
   * @return whether it has ended; not if the disk does not answer for half a minute
   */
  boolean close() {
    queue.close();
    try {
      thread.join(PATIENCE_MILLIS);
      if (!thread.isAlive()) {
        queue.awaitTold(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
