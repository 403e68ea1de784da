package im.pair.simulation;

import im.pair.core.Pair;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the store under way: at one instant it is decided what comes of it, at a later one its
 * caller is told.
 *
 * @param <T> what the store answers
 */
final class Operation<T> extends CompletableFuture<T> {
  private final Trace trace;
  private final Supplier<T> commit;
  private final Consumer<T> told;
  final String name;
  final @Nullable Pair line; // the appends of a pair are decided in the order of their calls
  final long notBefore; // in nanoseconds: when its caller may be told
  private boolean decided;
  private boolean fails;
  private @Nullable T result;

  Operation(
      Trace trace,
      String name,
      @Nullable Pair line,
      long notBefore,
      Supplier<T> commit,
      Consumer<T> told) {
    this.trace = trace;
    this.name = name;
    this.line = line;
    this.notBefore = notBefore;
    this.commit = commit;
    this.told = told;
  }

  boolean decided() {
    return decided;
  }

  void decide(boolean failsBefore, boolean failsAfter) {
    decided = true;
    fails = failsBefore || failsAfter;
    if (!failsBefore) {
      result = commit.get();
    }
  }

  void tell() {
    if (fails) {
      completeExceptionally(new IllegalStateException("the store failed"));
    } else {
      told.accept(result);
      complete(result);
    }
  }

  /** What the router does on an answer must not throw, or nobody would ever know. */
  @Override
  public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
    return super.whenComplete(
        (value, failure) -> {
          try {
            action.accept(value, failure);
          } catch (RuntimeException | Error e) {
            trace.fail("on the answer of " + name + " the router threw " + e);
            throw e;
          }
        });
  }
}
