package im.pair.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The threads that read, each by a link of its own, in a transaction that sees all that was
 * committed before. Those who asked are told on the thread that has read for them. What waits to be
 * read is bounded; over it a question fails.
 */
final class ReadPool {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 10_000;
  private static final long PATIENCE_SECONDS = 30;

  private final Path database;
  private final BlockingQueue<Link> idle = new ArrayBlockingQueue<>(THREADS);
  private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> WriteQueue.daemon("im-store-reader", task));

  /** What to read. */
  interface Query<T> {
    T of(Pages pages) throws SQLException;
  }

  ReadPool(Path database) {
    this.database = database;
  }

  /** Keeps readers away for as long as it is held. */
  Lock noReads() {
    return gate.writeLock();
  }

  <T> CompletionStage<T> ask(Query<T> query) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> answer(query, answer));
    } catch (RejectedExecutionException e) {
      String why = threads.isShutdown() ? "the store is closed" : "too much waits to be read";
      answer.completeExceptionally(new IllegalStateException(why, e));
    }
    return answer;
  }

  private <T> void answer(Query<T> query, CompletableFuture<T> answer) {
    T result;
    try {
      result = read(query);
    } catch (SQLException | RuntimeException | Error e) {
      answer.completeExceptionally(e);
      return;
    }
    answer.complete(result);
  }

  private <T> T read(Query<T> query) throws SQLException {
    gate.readLock().lock();
    try {
      Link link = idle.poll();
      if (link == null) {
        link = Sqlite.openToRead(database);
      }
      T result = read(query, link);
      idle.add(link);
      return result;
    } finally {
      gate.readLock().unlock();
    }
  }

  private static <T> T read(Query<T> query, Link link) throws SQLException {
    try {
      link.begin();
      T result = query.of(new Pages(link));
      link.commit();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  /** Answers what waits, and ends. */
  void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Link link; (link = idle.poll()) != null; ) {
      try {
        link.close();
      } catch (SQLException e) {
        // It has only read.
      }
    }
  }
}
