package im.pair.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that answers when the test says so, and how. What it decides, it decides when
 * it is called.
 */
final class ScriptedStore extends ForwardingStore {
  /** Calls that wait for their completion, in their order. */
  final List<Runnable> held = new ArrayList<>();

  boolean holdAppends;
  boolean holdReads; // what they read is as of their call
  boolean failMarks;
  boolean failReads;
  int reads;

  /** So many calls throw, against the contract. */
  int throwNext;

  ScriptedStore() {
    super(new InMemoryMessageStore());
  }

  /** What the next appends do, before the others, which succeed. */
  final List<Fault> faults = new ArrayList<>();

  enum Fault {
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  @Override
  public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
    throwIfAsked();
    Fault fault = faults.isEmpty() ? null : faults.remove(0);
    CompletionStage<AppendResult> result =
        fault == Fault.BEFORE_COMMIT
            ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
            : log.append(pair, from, draft, now);
    if (fault == Fault.AFTER_COMMIT) {
      result = CompletableFuture.failedFuture(new IllegalStateException("connection lost"));
    }
    if (!holdAppends) {
      return result;
    }
    CompletableFuture<AppendResult> answer = new CompletableFuture<>();
    CompletionStage<AppendResult> known = result;
    held.add(
        () ->
            known.whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    answer.complete(value);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                }));
    return answer;
  }

  @Override
  public CompletionStage<Page> read(Pair pair, Range range) {
    throwIfAsked();
    reads++;
    if (failReads) {
      return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    }
    if (!holdReads) {
      return log.read(pair, range);
    }
    CompletableFuture<Page> answer = new CompletableFuture<>();
    CompletionStage<Page> known = log.read(pair, range);
    held.add(() -> known.thenAccept(answer::complete));
    return answer;
  }

  @Override
  public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
    throwIfAsked();
    return failMarks
        ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
        : log.mark(pair, user, delivered, read);
  }

  @Override
  public CompletionStage<@Nullable Void> erase(UserId user) {
    throwIfAsked();
    return log.erase(user);
  }

  private void throwIfAsked() {
    if (throwNext > 0) {
      throwNext--;
      throw new IllegalStateException("a store's mistake");
    }
  }

  /** Completes the append that was called as the n-th of those held, from 0. */
  void complete(int n) {
    held.get(n).run();
  }
}
