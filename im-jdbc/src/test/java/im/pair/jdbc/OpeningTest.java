package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.entries;
import static im.pair.jdbc.Stores.number;
import static im.pair.jdbc.Stores.page;
import static im.pair.jdbc.Stores.sql;
import static im.pair.jdbc.Stores.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.Kind;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Page;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store finds when it opens, and what it refuses. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpeningTest {
  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void nameTheDirectory() {
    directory = parent.resolve("data");
  }

  @Test
  void openedAgainItHasAllThatItHad() throws Exception {
    Page before;
    Listing list;
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      stored(store, ALICE, new Draft("a", Kind.MESSAGE, 0, "你好 👋", "{\"k\":1}"));
      stored(store, ALICE, Draft.edit("b", 1, "hello"));
      stored(store, BOB, Draft.react("a", 1, "👍"));
      stored(store, BOB, Draft.message("b", "gone"));
      stored(store, BOB, Draft.delete("c", 4));
      await(store.mark(PAIR, ALICE, 5, 4));
      await(store.seen(BOB, 7_000));
      before = page(store);
      list = await(store.conversations(ALICE, null, 10, 100_000));
    }
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      assertThat(page(store)).isEqualTo(before);
      assertThat(await(store.conversations(ALICE, null, 10, 100_000))).isEqualTo(list);
      assertThat(await(store.seen(BOB, 0))).isEqualTo(7_000);
      assertThat(stored(store, ALICE, Draft.message("c", "next"))).isEqualTo(6);
    }
  }

  @Test
  void anIdThatIsSentAHundredTimesOverRestartsIsOneEntry() throws Exception {
    for (int restart = 0; restart < 5; restart++) {
      try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
        for (int i = restart == 0 ? 1 : 0; i < 20; i++) {
          if (restart == 0 && i == 1) {
            stored(store, ALICE, Draft.message("one", "x"));
          }
          assertThat(await(append(store, ALICE, Draft.message("one", "x"))))
              .isEqualTo(new Duplicate(1, 1_000));
        }
        assertThat(entries(store)).hasSize(1);
      }
    }
  }

  @Test
  void theEpochStaysUntilANewOneIsAskedFor() throws Exception {
    String first = epoch();
    assertThat(epoch()).isEqualTo(first);

    String second = SqliteMessageStore.newEpoch(directory);

    assertThat(second).isNotEqualTo(first).matches("[ -~]{1,64}");
    assertThat(epoch()).isEqualTo(second);
  }

  @Test
  void thereIsNoNewEpochForWhatIsNotThere() {
    assertThatThrownBy(() -> SqliteMessageStore.newEpoch(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("im.db is not there");
    assertThat(directory).doesNotExist();
  }

  @Test
  void twoStoresOfOneProgramDoNotShareADirectory() throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> SqliteMessageStore.open(parent.resolve("./data")))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("in use by another server");
      }
      assertThatThrownBy(() -> SqliteMessageStore.newEpoch(directory))
          .hasMessageContaining("in use by another server");
      assertThat(openInAnotherProcess()).contains("in use by another server");
      stored(store, ALICE, Draft.message("a", "unharmed"));
    }
    assertThat(openInAnotherProcess()).isEqualTo("open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "what?mode=memory", "50%20#1;x", "数据"})
  void aDirectoryMayHaveAnyName(String name) throws Exception {
    Path odd = parent.resolve(name);
    try (SqliteMessageStore store = SqliteMessageStore.open(odd)) {
      stored(store, ALICE, Draft.message("a", "x"));
    }

    assertThat(odd.resolve("im.db")).isNotEmptyFile();
  }

  @Test
  void aDirectoryThatCannotBeIsRefused() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "x");

    assertRefused(file, "is not a directory");
    assertRefused(file.resolve("data"), "cannot be used");
  }

  @Test
  void whatIsNotADatabaseIsRefusedAndLeftAsItIs() throws Exception {
    Files.createDirectories(directory);
    String poem = "Shall I compare thee to a summer's day?\n".repeat(100);
    Path file = Files.writeString(directory.resolve("im.db"), poem);

    assertRefused(directory, "im.db is not a database");
    assertThat(file).hasContent(poem);
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    Files.createDirectories(directory);
    sql(directory, "CREATE TABLE recipes (name TEXT)");
    byte[] before = Files.readAllBytes(directory.resolve("im.db"));

    assertRefused(directory, "another program's database");
    assertThat(directory.resolve("im.db")).hasBinaryContent(before);
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() throws Exception {
    epoch();
    sql(directory, "PRAGMA user_version = " + (Schema.steps().size() + 1));

    assertRefused(directory, "newer Pair IM");
  }

  @Test
  void aDatabaseThatWasCutShortIsRefused() throws Exception {
    epoch();
    try (FileChannel file =
        FileChannel.open(directory.resolve("im.db"), StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }

    assertRefused(directory, "damaged");
  }

  @Test
  void aRefusedDirectoryCanBeOpenedOnceItIsRight() throws Exception {
    epoch();
    sql(directory, "PRAGMA user_version = 99");
    assertRefused(directory, "99");
    sql(directory, "PRAGMA user_version = 1");

    assertThat(epoch()).isNotEmpty();
  }

  @Test
  void damageWithinMakesReadsFail() throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (int i = 0; i < 500; i++) {
        append(store, ALICE, Draft.message("id" + i, "x".repeat(1_000)));
      }
    }
    long root = number(directory, "SELECT rootpage FROM sqlite_master WHERE name = 'words'");
    long size = number(directory, "PRAGMA page_size");
    try (FileChannel file =
        FileChannel.open(directory.resolve("im.db"), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate((int) size), (root - 1) * size);
    }

    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      assertThatThrownBy(() -> page(store)).hasRootCauseInstanceOf(SQLException.class);
      assertThatThrownBy(() -> page(store)).hasRootCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void anEntryThatIsMissingMakesReadsFail() throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (int i = 0; i < 5; i++) {
        stored(store, ALICE, Draft.message("id" + i, "x"));
      }
    }
    sql(directory, "DELETE FROM entry WHERE seq = 3");

    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      assertThatThrownBy(() -> page(store)).hasMessageContaining("lacks entry 3");
    }
  }

  @Test
  void anOlderDatabaseIsBroughtForwardWithAllThatItHas() throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      stored(store, ALICE, Draft.message("a", "from version 1"));
    }
    List<List<String>> steps = new ArrayList<>(Schema.steps());
    steps.add(List.of("ALTER TABLE seen ADD COLUMN device TEXT", "CREATE TABLE two (x BIGINT)"));
    steps.add(List.of("ALTER TABLE two RENAME TO three"));

    migrate(steps);
    migrate(steps); // nothing is left to do

    assertThat(number(directory, "PRAGMA user_version")).isEqualTo(Schema.steps().size() + 2);
    assertThat(number(directory, "SELECT count(*) FROM three")).isZero();
    assertThat(number(directory, "SELECT count(*) FROM words WHERE text = 'from version 1'"))
        .isEqualTo(1);
    assertRefused(directory, "newer Pair IM");
  }

  @Test
  void aMigrationThatFailsLeavesTheOlderVersion() throws Exception {
    epoch();
    List<List<String>> steps = new ArrayList<>(Schema.steps());
    steps.add(List.of("CREATE TABLE two (x BIGINT)", "CREATE TABLE seen (x BIGINT)"));

    assertThatThrownBy(() -> migrate(steps))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be used");

    assertThat(number(directory, "SELECT count(*) FROM sqlite_master WHERE name = 'two'")).isZero();
    assertThat(epoch()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.51.3", "3.51.10", "3.52.0", "4.0.0"})
  void aReliableSqliteIsTaken(String version) {
    assertThat(Sqlite.isReliable(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.51.2", "3.7.17", "3.50.4", "2.99.99"})
  void anOlderSqliteIsNot(String version) {
    assertThat(Sqlite.isReliable(version)).isFalse();
  }

  private String epoch() throws StoreException {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      return store.epoch();
    }
  }

  private static void assertRefused(Path directory, String words) {
    assertThatThrownBy(() -> SqliteMessageStore.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  private void migrate(List<List<String>> steps) throws Exception {
    Path file = directory.resolve("im.db");
    try (Link link = Sqlite.openToWrite(file)) {
      new Schema(steps).prepare(link, file);
    }
  }

  private String openInAnotherProcess() throws Exception {
    Process process = OtherProcess.opening(directory);
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }
}
