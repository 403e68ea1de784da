package im.pair.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something that waits to be written, and the stage of the one who waits for it. */
final class Write<T> {
  /** What to write. It may be taken again in another transaction if the first one fails. */
  interface Step<T> {
    T take(Ledger ledger) throws SQLException;
  }

  private final Step<T> step;
  private final int weight;
  private final @Nullable T ifNotStored;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable Runnable outcome; // guarded by the writer, which hands it on

  /**
   * Something to write.
   *
   * @param weight about its size in memory, in bytes
   * @param ifNotStored the answer if it is certain that it is not stored; absent: an exception
   */
  Write(Step<T> step, int weight, @Nullable T ifNotStored) {
    this.step = step;
    this.weight = weight;
    this.ifNotStored = ifNotStored;
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  int weight() {
    return weight;
  }

  void decide(Ledger ledger) throws SQLException {
    T result = step.take(ledger);
    outcome = () -> answer.complete(result);
  }

  /** It is certain that nothing was stored. */
  void notStored(Throwable why) {
    outcome =
        ifNotStored == null
            ? () -> answer.completeExceptionally(why)
            : () -> answer.complete(ifNotStored);
  }

  /** It may have been stored. */
  void unknown(Throwable why) {
    outcome = () -> answer.completeExceptionally(why);
  }

  /** Tells the one who waits, whose callbacks run here. */
  void tell() {
    if (outcome != null) {
      outcome.run();
    }
  }
}
