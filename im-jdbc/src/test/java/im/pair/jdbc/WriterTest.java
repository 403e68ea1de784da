package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.entries;
import static im.pair.jdbc.Stores.page;
import static im.pair.jdbc.Stores.sql;
import static im.pair.jdbc.Stores.stored;
import static im.pair.testkit.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes: what it does together, and what it survives. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriterTest {
  private static final Refused STORE = new Refused(Rejection.STORE);

  @TempDir Path directory;
  private final AtomicReference<Link> writing = new AtomicReference<>();
  private final AtomicInteger mostPages = new AtomicInteger(1 << 30);
  private SqliteMessageStore store;

  private final LogWatch log = new LogWatch();

  @BeforeEach
  void open() throws Exception {
    store =
        SqliteMessageStore.open(
            directory,
            file -> {
              Link link = Sqlite.openToWrite(file);
              link.execute("PRAGMA max_page_count = " + mostPages);
              writing.set(link);
              return link;
            });
  }

  @AfterEach
  void close() {
    store.close();
    log.close();
  }

  @Test
  void manyAppendsThatWaitAreCommittedTogether() throws Exception {
    int count = 2_000;

    List<CompletionStage<AppendResult>> calls = appendMany(count);
    for (CompletionStage<AppendResult> call : calls) {
      assertThat(await(call)).isInstanceOf(Appended.class);
    }

    assertThat(commitsInTheLog()).isBetween(1, count / 4);
  }

  /** Each frame of the log has a header of 24 bytes; the second number in a commit's is not 0. */
  private int commitsInTheLog() throws Exception {
    ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("im.db-wal")));
    int page = log.getInt(8);
    int commits = 0;
    for (int frame = 32; frame + 24 + page <= log.limit(); frame += 24 + page) {
      commits += log.getInt(frame + 4) == 0 ? 0 : 1;
    }
    return commits;
  }

  @Test
  void aBadAppendFailsAlone() throws Exception {
    sql(
        directory,
        "CREATE TRIGGER bad BEFORE INSERT ON entry WHEN new.id = 'id50'"
            + " BEGIN SELECT RAISE(ABORT, 'a bad one'); END");

    List<CompletionStage<AppendResult>> calls = appendMany(100);

    for (int i = 0; i < 100; i++) {
      AppendResult result = await(calls.get(i));
      if (i == 50) {
        assertThat(result).isEqualTo(STORE);
      } else {
        assertThat(((Appended) result).entry().seq()).isEqualTo(i < 50 ? i + 1 : i);
      }
    }
    assertThat(entries(store)).hasSize(99);
  }

  @Test
  void whenACommitFailsNobodyIsToldThatItIsOrIsNotStored() throws Exception {
    sql(
        directory,
        "CREATE TABLE nobody (y INTEGER PRIMARY KEY)",
        "CREATE TABLE owed (x REFERENCES nobody (y) DEFERRABLE INITIALLY DEFERRED)",
        "CREATE TRIGGER owing BEFORE INSERT ON entry WHEN new.id = 'owing'"
            + " BEGIN INSERT INTO owed VALUES (1); END");
    writing.get().execute("PRAGMA foreign_keys = ON");

    CompletionStage<AppendResult> failed = append(store, ALICE, Draft.message("owing", "x"));

    assertThatThrownBy(() -> await(failed)).hasRootCauseInstanceOf(SQLException.class);
    assertThat(stored(store, ALICE, Draft.message("next", "x"))).isEqualTo(1);
  }

  @Test
  void aFullDatabaseRefusesAndHealsWhenThereIsRoom() throws Exception {
    stored(store, ALICE, Draft.message("first", "x"));
    mostPages.set(1); // less than it has: no more
    writing.get().execute("PRAGMA max_page_count = 1");
    String large = "x".repeat(10_000);
    for (int i = 0; i < 3; i++) {
      assertThat(await(append(store, ALICE, Draft.message("large", large)))).isEqualTo(STORE);
    }
    List<CompletionStage<AppendResult>> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(append(store, BOB, Draft.message("many" + i, large)));
    }
    for (CompletionStage<AppendResult> one : many) {
      assertThat(await(one)).isEqualTo(STORE);
    }
    assertThat(entries(store)).hasSize(1);

    mostPages.set(1 << 30);

    // The writer opens the database anew after each failure: now with room.
    until("there is room", () -> isStored(Draft.message("large", large)));
    assertThat(page(store).head()).isEqualTo(2);
    assertThat(stored(store, BOB, Draft.message("many0", large))).isEqualTo(3);
    assertThat(log.lines())
        .containsExactly("the store cannot write: {0}", "the store can write again");
  }

  private boolean isStored(Draft draft) {
    AppendResult result = append(store, ALICE, draft).toCompletableFuture().join();
    return result instanceof Appended || result instanceof Duplicate;
  }

  @Test
  void aReaderSeesOneInstantWhileOthersWrite() throws Exception {
    List<CompletionStage<AppendResult>> calls = appendMany(3_000);
    CompletionStage<AppendResult> last = calls.get(calls.size() - 1);
    do {
      Page page = page(store);
      assertThat(page.entries()).hasSize((int) page.head());
      assertThat(page.more()).isFalse();
    } while (!last.toCompletableFuture().isDone());
    assertThat(page(store).head()).isEqualTo(3_000);
  }

  @Test
  void closingWritesWhatIsQueued() throws Exception {
    List<CompletionStage<AppendResult>> calls = appendMany(5_000);

    store.close();

    assertThat(calls).allMatch(call -> call.toCompletableFuture().isDone());
    try (SqliteMessageStore again = SqliteMessageStore.open(directory)) {
      assertThat(entries(again)).extracting(Entry::seq).hasSize(5_000).endsWith(5_000L);
    }
  }

  @Test
  void aCallToAClosedStoreFails() {
    store.close();
    store.close();

    for (CompletionStage<?> stage :
        List.of(
            append(store, ALICE, Draft.message("a", "x")),
            store.read(PAIR, Range.after(0, 1, 1)),
            store.mark(PAIR, ALICE, 1, 1),
            store.conversations(ALICE, null, 1, 1),
            store.seen(ALICE, 0),
            store.erase(ALICE))) {
      assertThatThrownBy(() -> await(stage)).hasMessageContaining("the store is closed");
    }
  }

  @Test
  void manyPairsAreWrittenFromManyThreads() throws Exception {
    Executor threads = task -> new Thread(task).start();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Pair pair = Pair.of(ALICE, new UserId("peer" + t));
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 200; i++) {
                  Draft draft = Draft.message("id" + i, "x");
                  store.append(pair, ALICE, draft, i).toCompletableFuture().join();
                }
              },
              threads));
    }
    for (CompletableFuture<Void> writer : writers) {
      await(writer);
    }

    assertThat(await(store.conversations(ALICE, null, 10, Stores.MANY_BYTES)).items())
        .hasSize(8)
        .allMatch(item -> item.head() == 200);
  }

  private List<CompletionStage<AppendResult>> appendMany(int count) {
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(append(store, ALICE, Draft.message("id" + i, "x")));
    }
    return calls;
  }
}
