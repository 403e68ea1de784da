package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.page;
import static im.pair.jdbc.Stores.stored;
import static im.pair.testkit.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Rejection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits has a bound, and one who is slow holds up nobody's writing. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingTest {
  private static final Refused STORE = new Refused(Rejection.STORE);

  @TempDir Path directory;
  private SqliteMessageStore store;

  @BeforeEach
  void open() throws Exception {
    store = SqliteMessageStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsTooMuchIsRefusedAndTheRestIsStored() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    long before = holdUpTheAnswers(told);
    List<CompletionStage<AppendResult>> calls = appendMany(WriteQueue.MOST + 100);
    CompletionStage<?> marked = store.mark(PAIR, ALICE, 1, 1);

    assertThat(calls.subList(WriteQueue.MOST, calls.size()))
        .allMatch(call -> STORE.equals(call.toCompletableFuture().getNow(null)));
    assertThatThrownBy(() -> await(marked)).hasMessageContaining("too much waits");
    assertThatThrownBy(() -> await(store.seen(ALICE, 5))).hasMessageContaining("too much");
    told.countDown();

    int stored = 0;
    for (CompletionStage<AppendResult> call : calls) {
      stored += await(call) instanceof Appended ? 1 : 0;
    }
    assertThat(stored).isBetween(WriteQueue.MOST - WriteQueue.MOST_AT_ONCE, WriteQueue.MOST);
    assertThat(page(store).head()).isEqualTo(before + stored);
    until("there is room", () -> isStored(Draft.message("again", "x")));
  }

  @Test
  void manyBytesAreTooMuchToo() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    holdUpTheAnswers(told);
    String large = "x".repeat(1 << 20);
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(append(store, ALICE, Draft.message("id" + i, large)));
    }
    told.countDown();

    assertThat(await(calls.get(0))).isInstanceOf(Appended.class);
    assertThat(await(calls.get(19))).isEqualTo(STORE);
  }

  @Test
  void aSlowCallbackHoldsUpNoWriting() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    long before = holdUpTheAnswers(told);
    CompletionStage<AppendResult> next = append(store, ALICE, Draft.message("b", "x"));

    until("the next is stored", () -> headNow() == before + 1);
    assertThat(next.toCompletableFuture()).isNotDone();
    told.countDown();
    assertThat(await(next)).isInstanceOf(Appended.class);
  }

  @Test
  void tooManyReadsFailAndTheRestAreAnswered() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(2); // both readers
    while (held.getCount() > 0) {
      store.seen(BOB, 0).thenRun(() -> holdUp("im-store-reader", held, told));
    }
    List<CompletionStage<Page>> calls = new ArrayList<>();
    for (int i = 0; i < 10_100; i++) {
      calls.add(store.read(PAIR, Range.after(0, 1, 1)));
    }
    assertThatThrownBy(() -> await(calls.get(10_099))).hasMessageContaining("too much waits");

    told.countDown();

    int failed = 0;
    for (CompletionStage<Page> call : calls) {
      failed += await(call.handle((page, failure) -> failure == null ? 0 : 1));
    }
    assertThat(failed).isBetween(10_100 - 10_000, 10_100);
    assertThat(page(store).head()).isZero();
  }

  /** Until the latch opens, the thread that tells is in a callback; returns the head. */
  private long holdUpTheAnswers(CountDownLatch latch) {
    CountDownLatch held = new CountDownLatch(1);
    for (int i = 1; ; i++) {
      CompletionStage<?> told =
          append(store, ALICE, Draft.message("first" + i, "x"))
              .thenRun(() -> holdUp("im-store-answers", held, latch));
      until("one is told", () -> held.getCount() == 0 || told.toCompletableFuture().isDone());
      if (held.getCount() == 0) {
        return i;
      } // it was told before it had a callback
    }
  }

  private static void holdUp(String thread, CountDownLatch held, CountDownLatch latch) {
    if (Thread.currentThread().getName().equals(thread)) {
      held.countDown();
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<CompletionStage<AppendResult>> appendMany(int count) {
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(append(store, ALICE, Draft.message("id" + i, "x")));
    }
    return calls;
  }

  private long headNow() {
    return store.read(PAIR, Range.after(0, 1, 1)).toCompletableFuture().join().head();
  }

  private boolean isStored(Draft draft) {
    return append(store, ALICE, draft).toCompletableFuture().join() instanceof Appended;
  }
}
