package im.pair.jetty;

import im.pair.core.Draft;
import im.pair.core.MessageStore;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that knows how many of its calls are under way, so that a server that ends can wait until
 * nobody is owed an answer. A call is over when those who waited for it have been told: what they
 * do about it, such as to send an echo or to call again, belongs to it. Thread-safe: its lock
 * covers a number.
 */
final class StoreCalls implements MessageStore {
  private final MessageStore store;
  private int underWay; // guarded by this

  StoreCalls(MessageStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
    return counted(() -> store.append(pair, from, draft, now));
  }

  @Override
  public CompletionStage<Page> read(Pair pair, Range range) {
    return counted(() -> store.read(pair, range));
  }

  @Override
  public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
    return counted(() -> store.mark(pair, user, delivered, read));
  }

  @Override
  public CompletionStage<Listing> conversations(
      UserId user, @Nullable Place after, int limit, int bytes) {
    return counted(() -> store.conversations(user, after, limit, bytes));
  }

  @Override
  public CompletionStage<Long> seen(UserId user, long at) {
    return counted(() -> store.seen(user, at));
  }

  @Override
  public CompletionStage<@Nullable Void> erase(UserId user) {
    return counted(() -> store.erase(user));
  }

  @Override
  public String epoch() {
    return store.epoch();
  }

  private <T extends @Nullable Object> CompletionStage<T> counted(
      Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    begun();
    try {
      call.get().whenComplete((result, failure) -> complete(answer, result, failure));
    } catch (RuntimeException | Error e) {
      over();
      throw e;
    }
    return answer;
  }

  private <T extends @Nullable Object> void complete(
      CompletableFuture<T> answer, T result, @Nullable Throwable failure) {
    try {
      if (failure == null) {
        answer.complete(result);
      } else {
        answer.completeExceptionally(failure);
      }
    } finally {
      over();
    }
  }

  private synchronized void begun() {
    underWay++;
  }

  private synchronized void over() {
    underWay--;
    notifyAll();
  }

  /** Waits until no call is under way, but not longer than this. */
  synchronized void awaitNone(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; underWay > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
