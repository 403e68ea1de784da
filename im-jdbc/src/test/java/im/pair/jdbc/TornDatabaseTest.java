package im.pair.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that is damaged is refused, or does not answer, or answers right: it never answers
 * wrong, and never begins anew in silence.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TornDatabaseTest {
  private static final int HEADER = 100; // bytes
  private static final int VERSION = 60; // its place
  private static final byte[] NOTHING = {};

  @TempDir Path parent;
  private final Random random = new Random(7);
  private StoredFiles files;
  private byte[] closed; // the database after the store was closed
  private int refused; // databases
  private int answered; // entries

  @BeforeEach
  void make() throws Exception {
    Path whole = parent.resolve("whole");
    files = StoredFiles.make(whole);
    closed = Files.readAllBytes(whole.resolve(DataDirectory.DATABASE));
  }

  @Test
  void anEmptyDatabaseIsRefused() throws Exception {
    assertRefused(NOTHING, null, "is empty");
  }

  @Test
  void anEmptyDatabaseWithALogIsRefusedAndTheLogLeftAsItIs() throws Exception {
    Path directory = assertRefused(NOTHING, files.wal(), "is empty");

    assertThat(directory.resolve(StoredFiles.WAL)).hasBinaryContent(files.wal());
  }

  @Test
  void oneWhoseMakingWasCutShortIsMadeTheNextTime() throws Exception {
    Path directory = parent.resolve("new");
    assertThatThrownBy(() -> SqliteMessageStore.open(directory, TornDatabaseTest::makeEmpty))
        .hasMessageContaining("the end of the process");

    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      append(store, StoredFiles.PAIRS.get(0), 1);
    }
  }

  @Test
  void aLogWithoutItsDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    Path directory = assertRefused(null, files.wal(), "is not there");

    assertThat(directory.resolve(StoredFiles.WAL)).hasBinaryContent(files.wal());
  }

  @Test
  void oneThatWasCutNeverAnswersWrong() throws Exception {
    for (int i = 0; i < 40; i++) {
      check(Arrays.copyOf(closed, 1 + random.nextInt(closed.length - 1)), NOTHING);
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void oneThatWasCutBesideItsLogNeverAnswersWrong() throws Exception {
    for (int i = 0; i < 40; i++) {
      int length = 1 + random.nextInt(files.database().length - 1);
      check(Arrays.copyOf(files.database(), length), files.wal());
    }
  }

  /** The log's pages go into the database in their order, and the first says how many there are. */
  @Test
  void oneThatIsShortBecauseItWasBeingBroughtUpToItsLogIsOpened() throws Exception {
    byte[] database = files.database().clone();
    ByteBuffer log = ByteBuffer.wrap(files.wal());
    int pageSize = log.getInt(8);
    int pages = ByteBuffer.wrap(database).getInt(28);
    for (int at = 32; at < log.capacity(); at += 24 + pageSize) {
      if (log.getInt(at) == 1) {
        System.arraycopy(files.wal(), at + 24, database, 0, pageSize);
      }
    }
    assertThat(ByteBuffer.wrap(database).getInt(28)).isGreaterThan(pages);

    check(database, files.wal());

    assertThat(refused).isZero();
    assertThat(answered).isEqualTo(2 * files.raw().size());
  }

  @Test
  void oneWithAFlippedBitInItsHeaderNeverAnswersWrong() throws Exception {
    for (int i = 0; i < HEADER; i++) {
      flip(i, random.nextInt(7));
    }
    flip(VERSION, 7); // its sign
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void oneWithAPageOfZerosNeverAnswersWrong() throws Exception {
    int pageSize = ByteBuffer.wrap(closed).getShort(16);
    for (int page = 0; page * pageSize < closed.length; page++) {
      byte[] database = closed.clone();
      Arrays.fill(database, page * pageSize, (page + 1) * pageSize, (byte) 0);
      check(database, NOTHING);
    }
  }

  private void flip(int at, int bit) throws Exception {
    byte[] database = closed.clone();
    database[at] ^= (byte) (1 << bit);
    check(database, NOTHING);
  }

  private static Link makeEmpty(Path file) throws SQLException {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new SQLException(e);
    }
    throw new SQLException("the end of the process");
  }

  private Path lay(byte @Nullable [] database, byte @Nullable [] log) throws Exception {
    Path directory = Files.createTempDirectory(parent, "torn");
    if (database != null) {
      Files.write(directory.resolve(DataDirectory.DATABASE), database);
    }
    if (log != null) {
      Files.write(directory.resolve(StoredFiles.WAL), log);
    }
    return directory;
  }

  private Path assertRefused(byte @Nullable [] database, byte @Nullable [] log, String words)
      throws Exception {
    Path directory = lay(database, log);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> SqliteMessageStore.open(directory))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(words);
    }
    return directory;
  }

  private void check(byte[] database, byte[] log) throws Exception {
    Path directory = lay(database, log);
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (Pair pair : StoredFiles.PAIRS) {
        List<Entry> right = files.log(pair, files.raw().size());
        readSome(store, pair, right);
        append(store, pair, right.size() + 1L);
        readSome(store, pair, right);
      }
    } catch (StoreException e) {
      refused++;
      assertThat(e.getMessage())
          .contains(DataDirectory.DATABASE)
          .containsAnyOf(
              "damaged", "not a database", "another program", "newer Pair IM", "cannot be used")
          .doesNotContain("\n");
    }
    for (String name : List.of(DataDirectory.DATABASE, StoredFiles.WAL)) {
      Files.deleteIfExists(directory.resolve(name));
    }
  }

  private void readSome(SqliteMessageStore store, Pair pair, List<Entry> right) throws Exception {
    for (int from = 0; from < right.size(); from += 5) {
      Page page = answer(store.read(pair, Range.after(from, 5, 1 << 20)));
      if (page != null) {
        int end = Math.min(from + 5, right.size());
        assertThat(page.head()).isGreaterThanOrEqualTo(right.size());
        assertThat(page.entries().subList(0, end - from)).isEqualTo(right.subList(from, end));
        answered += end - from;
      }
    }
  }

  private static void append(SqliteMessageStore store, Pair pair, long number) throws Exception {
    Draft draft = Draft.message("next", "next");
    AppendResult result = answer(store.append(pair, pair.first(), draft, 0));
    if (result instanceof Appended appended) {
      assertThat(appended.entry().seq()).isEqualTo(number);
    } else if (result != null) {
      assertThat(result).isEqualTo(new Refused(Rejection.STORE));
    }
  }

  /** What the store answers; nothing if it fails. */
  private static <T> @Nullable T answer(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(Exception.class);
      return null;
    }
  }
}
