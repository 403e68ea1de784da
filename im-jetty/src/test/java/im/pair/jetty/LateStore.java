package im.pair.jetty;

import im.pair.core.Draft;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.MessageStore;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A store in memory that appends and reads at once and says so when the test wants it. */
final class LateStore implements MessageStore {
  private final MessageStore log = new InMemoryMessageStore();
  private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

  /** Answers the call that waits longest; waits for one. */
  void answerNext() throws InterruptedException {
    Runnable next = held.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new IllegalStateException("the store was not called");
    }
    next.run();
  }

  private <T> CompletionStage<T> hold(CompletionStage<T> result) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    T value = result.toCompletableFuture().join();
    held.add(() -> answer.complete(value));
    return answer;
  }

  @Override
  public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
    return hold(log.append(pair, from, draft, now));
  }

  @Override
  public CompletionStage<Page> read(Pair pair, Range range) {
    return hold(log.read(pair, range));
  }

  @Override
  public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
    return log.mark(pair, user, delivered, read);
  }

  @Override
  public CompletionStage<Listing> conversations(
      UserId user, @Nullable Place after, int limit, int bytes) {
    return log.conversations(user, after, limit, bytes);
  }

  @Override
  public CompletionStage<Long> seen(UserId user, long at) {
    return log.seen(user, at);
  }

  @Override
  public CompletionStage<@Nullable Void> erase(UserId user) {
    return log.erase(user);
  }

  @Override
  public String epoch() {
    return log.epoch();
  }
}
