package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.number;
import static im.pair.jdbc.Stores.stored;
import static im.pair.testkit.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.MessageStore.AppendResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host may ask and measure of the store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProbeTest {
  @TempDir Path directory;

  @Test
  void eachProbeReachesTheDiskAndLeavesNothing() throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      Path log = directory.resolve("im.db-wal");
      for (int i = 0; i < 3; i++) {
        long before = Files.size(log);
        await(store.probe());
        assertThat(Files.size(log)).isGreaterThan(before + 65_536);
      }
      assertThat(number(directory, "SELECT count(*) FROM seen")).isZero();
    }
  }

  @Test
  void aProbeFailsWhileTheDatabaseIsFullAndSucceedsWhenThereIsRoom() throws Exception {
    AtomicInteger mostPages = new AtomicInteger(1 << 30);
    AtomicReference<Link> writing = new AtomicReference<>();
    SqliteMessageStore.Opening opening =
        file -> {
          Link link = Sqlite.openToWrite(file);
          link.execute("PRAGMA max_page_count = " + mostPages);
          writing.set(link);
          return link;
        };
    try (LogWatch log = new LogWatch();
        SqliteMessageStore store = SqliteMessageStore.open(directory, opening)) {
      mostPages.set(1); // less than it has: no more
      writing.get().execute("PRAGMA max_page_count = 1");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> await(store.probe())).hasRootCauseInstanceOf(SQLException.class);
      }

      mostPages.set(1 << 30);

      await(store.probe());
      assertThat(log.lines())
          .containsExactly("the store cannot write: {0}", "the store can write again");
    }
  }

  @Test
  void aProbeOfAClosedStoreFails() throws Exception {
    SqliteMessageStore store = SqliteMessageStore.open(directory);
    store.close();

    assertThatThrownBy(() -> await(store.probe())).hasMessageContaining("the store is closed");
  }

  @Test
  void theListenerHearsOfEachCommitAndOfAllWrites() throws Exception {
    List<Integer> batches = new CopyOnWriteArrayList<>();
    List<Long> times = new CopyOnWriteArrayList<>();
    StoreListener listener =
        new StoreListener() {
          @Override
          public void committed(int writes, long nanos) {
            batches.add(writes);
            times.add(nanos);
          }
        };
    try (SqliteMessageStore store = SqliteMessageStore.open(directory, listener)) {
      List<CompletionStage<AppendResult>> calls = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        calls.add(append(store, ALICE, Draft.message("id" + i, "x")));
      }
      for (CompletionStage<AppendResult> call : calls) {
        await(call);
      }
    }

    assertThat(batches.stream().mapToInt(it -> it).sum()).isEqualTo(1_000);
    assertThat(batches).hasSizeLessThan(250).allMatch(it -> it >= 1 && it <= 256);
    assertThat(times).hasSameSizeAs(batches).allMatch(it -> it > 0);
  }

  @Test
  void aListenerThatThrowsCostsNoWrite() throws Exception {
    StoreListener listener =
        new StoreListener() {
          @Override
          public void committed(int writes, long nanos) {
            throw new IllegalStateException("as the test wants it");
          }
        };
    try (SqliteMessageStore store = SqliteMessageStore.open(directory, listener)) {
      assertThat(stored(store, ALICE, Draft.message("a", "x"))).isEqualTo(1);
      assertThat(stored(store, ALICE, Draft.message("b", "x"))).isEqualTo(2);
    }
  }

  @Test
  void whatIsQueuedCountsUntilItIsTold() throws Exception {
    CountDownLatch listens = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    StoreListener listener =
        new StoreListener() {
          @Override
          public void committed(int writes, long nanos) {
            pass(listens);
          }
        };
    try (SqliteMessageStore store = SqliteMessageStore.open(directory, listener)) {
      assertThat(store.queued()).isZero();
      CompletionStage<?> slow =
          append(store, ALICE, Draft.message("slow", "x")).thenRun(() -> pass(goOn));
      listens.countDown();
      List<CompletionStage<AppendResult>> calls = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        calls.add(append(store, ALICE, Draft.message("id" + i, "x")));
      }
      assertThat(store.queued()).isEqualTo(10);

      goOn.countDown();

      await(slow);
      for (CompletionStage<AppendResult> call : calls) {
        await(call);
      }
      until("all are told", () -> store.queued() == 0);
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
