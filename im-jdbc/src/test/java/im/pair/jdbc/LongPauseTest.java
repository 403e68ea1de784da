package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.MessageStore.Appended;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.core.UserId;
import im.pair.testkit.Heap;
import im.pair.testkit.InMemoryConnection;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that is paused for long costs only itself, and is fed from the log. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongPauseTest {
  private static final UserId CAROL = new UserId("carol");
  private static final UserId DAVE = new UserId("dave");
  private static final int ENTRIES = 100_000;
  private static final int BUFFER = 100; // events
  private static final int AT_ONCE = 500; // appends under way
  private static final int BETWEEN = 250; // entries, after which another pair speaks
  private static final String TEXT = "x".repeat(2_000);
  private static final long MOST_GROWTH = 8_000_000;

  @TempDir Path directory;
  private SqliteMessageStore store;
  private PairRouter router;

  @BeforeEach
  void open() throws Exception {
    store = SqliteMessageStore.open(directory);
    router = PairRouter.builder().store(store).build();
  }

  @AfterEach
  void close() {
    router.close();
    store.close();
  }

  @Test
  void aHundredThousandEntriesWaitInTheLogAndComeInOrderWhileOthersTalk() throws Exception {
    InMemoryConnection bob = live(BOB, BUFFER);
    InMemoryConnection dave = live(DAVE, BUFFER);
    append(0, 2_000); // all is loaded
    talk(dave, 0);
    long before = Heap.used();

    append(2_000, ENTRIES);
    assertThat(bob.waiting()).isEqualTo(BUFFER);
    checkGrowth("100,000 entries for a reader that is paused: growth", before);

    for (int i = 0; i < ENTRIES; i++) {
      Entry entry = ((Event.Appended) bob.next()).entry();
      assertThat(entry.seq()).isEqualTo(i + 1);
      assertThat(entry.body()).isEqualTo(body(i));
      if (i % BETWEEN == 0) {
        talk(dave, i + 1);
      }
      if (i == ENTRIES / 2) {
        checkGrowth("in the middle of catching up with them: growth", before);
      }
    }
    append(ENTRIES, ENTRIES + 1);
    assertThat(((Event.Appended) bob.next()).entry().seq()).isEqualTo(ENTRIES + 1);
    assertThat(bob.waiting()).isZero();
  }

  private InMemoryConnection live(UserId user, int buffer) {
    InMemoryConnection connection = new InMemoryConnection(buffer);
    Session session = router.attach(user, connection);
    connection.of(session);
    session.live();
    return connection;
  }

  /** Alice appends for bob, many at once. */
  private void append(int from, int to) throws Exception {
    Semaphore room = new Semaphore(AT_ONCE);
    AtomicLong stored = new AtomicLong();
    for (int i = from; i < to; i++) {
      room.acquire();
      router
          .append(ALICE, BOB, Draft.message("id" + i, body(i)))
          .whenComplete(
              (result, failure) -> {
                if (result instanceof Appended) {
                  stored.incrementAndGet();
                }
                room.release();
              });
    }
    assertThat(room.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
    assertThat(stored).hasValue(to - from);
  }

  private static String body(int i) {
    return i + " " + TEXT.substring(0, 1_000 + i % 1_000);
  }

  /** One message, which is there before this returns. */
  private void talk(InMemoryConnection dave, int number) throws Exception {
    CompletionStage<?> sent =
        router.append(CAROL, DAVE, Draft.message("id" + number, "to dave " + number));
    assertThat(((Event.Appended) dave.next()).entry().body()).isEqualTo("to dave " + number);
    sent.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void checkGrowth(String what, long before) {
    long growth = Heap.used() - before;
    Heap.report(what, growth);
    assertThat(growth).as(what).isLessThan(MOST_GROWTH);
  }
}
