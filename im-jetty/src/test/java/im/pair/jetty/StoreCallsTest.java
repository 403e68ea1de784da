package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.InMemoryMessageStore;
import im.pair.core.MessageStore;
import im.pair.core.UserId;
import im.pair.testkit.MessageStoreContract;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreCallsTest extends MessageStoreContract {
  private static final UserId ALICE = new UserId("alice");

  @Override
  protected MessageStore open() {
    return new StoreCalls(new InMemoryMessageStore());
  }

  /** A store that answers every call in one way. */
  private static StoreCalls answering(Supplier<Object> answer) {
    return new StoreCalls(
        (MessageStore)
            Proxy.newProxyInstance(
                StoreCallsTest.class.getClassLoader(),
                new Class<?>[] {MessageStore.class},
                (proxy, method, arguments) -> answer.get()));
  }

  private static boolean isQuiet(StoreCalls calls) throws InterruptedException {
    AtomicBoolean quiet = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              try {
                calls.awaitNone(Long.MAX_VALUE);
                quiet.set(true);
              } catch (InterruptedException e) {
                // It was not.
              }
            });
    waiting.start();
    while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    waiting.interrupt();
    waiting.join();
    return quiet.get();
  }

  @Test
  void aCallIsOverWhenThoseWhoWaitedForItHaveBeenTold() throws Exception {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    StoreCalls calls = answering(() -> answer);
    assertThat(isQuiet(calls)).isTrue();
    AtomicBoolean quietWhenTold = new AtomicBoolean(true);
    calls
        .seen(ALICE, 1)
        .whenComplete(
            (result, failure) -> {
              try {
                quietWhenTold.set(isQuiet(calls));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(isQuiet(calls)).isFalse();

    answer.complete(1L);

    assertThat(quietWhenTold).isFalse();
    assertThat(isQuiet(calls)).isTrue();
  }

  @Test
  void aCallThatFailsIsOverToo() throws Exception {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    StoreCalls calls = answering(() -> answer);
    CompletableFuture<Long> asked = calls.seen(ALICE, 1).toCompletableFuture();

    answer.completeExceptionally(new IllegalStateException("as the test wants it"));

    assertThat(asked).isCompletedExceptionally();
    assertThat(isQuiet(calls)).isTrue();
  }

  @Test
  void soIsOneThatThrowsAgainstItsContract() throws Exception {
    StoreCalls calls =
        answering(
            () -> {
              throw new IllegalStateException("as the test wants it");
            });

    assertThatThrownBy(() -> calls.seen(ALICE, 1)).isInstanceOf(IllegalStateException.class);
    assertThat(isQuiet(calls)).isTrue();
  }
}
