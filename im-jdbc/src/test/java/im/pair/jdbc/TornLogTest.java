package im.pair.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A write-ahead log that was torn: the store opens with what was acknowledged up to some moment,
 * and goes on from there.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TornLogTest {
  private static final int TIMES = 140;
  private static final int TIMES_USED = 60; // whose log is larger

  @TempDir Path parent;
  private final Random random = new Random(6);
  private final Set<Integer> found = new TreeSet<>(); // how many entries the torn stores had

  @Test
  void aLogThatWasCutIsGoodUpToSomeEntry() throws Exception {
    cut(StoredFiles.make(parent.resolve("whole")), TIMES);
  }

  @Test
  void soIsOneThatHadBegunAnew() throws Exception {
    cut(StoredFiles.makeWithUsedLog(parent.resolve("whole")), TIMES_USED);
  }

  @Test
  void aLogWithFlippedBitsIsGoodUpToSomeEntry() throws Exception {
    flip(StoredFiles.make(parent.resolve("whole")), TIMES);
  }

  @Test
  void soIsOneWithFlippedBitsThatHadBegunAnew() throws Exception {
    flip(StoredFiles.makeWithUsedLog(parent.resolve("whole")), TIMES_USED);
  }

  private void cut(StoredFiles files, int times) throws Exception {
    check(files, files.wal());
    assertThat(found).as("unharmed").containsExactly(files.raw().size());
    for (int i = 0; i < times; i++) {
      check(files, Arrays.copyOf(files.wal(), random.nextInt(files.wal().length)));
    }
    assertThat(found).hasSizeGreaterThan(20);
  }

  private void flip(StoredFiles files, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      byte[] log = files.wal().clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        log[random.nextInt(log.length)] ^= (byte) (1 << random.nextInt(8));
      }
      check(files, log);
    }
    assertThat(found).hasSizeGreaterThan(20);
  }

  private void check(StoredFiles files, byte[] log) throws Exception {
    Path directory = Files.createTempDirectory(parent, "torn");
    Files.write(directory.resolve(DataDirectory.DATABASE), files.database());
    Files.write(directory.resolve(StoredFiles.WAL), log);
    Map<Pair, List<Entry>> logs = new HashMap<>();
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      int acknowledged = 0;
      for (Pair pair : StoredFiles.PAIRS) {
        List<Entry> entries = new LogReader(store).check(pair);
        logs.put(pair, entries);
        acknowledged += entries.size();
      }
      assertThat(acknowledged).isBetween(files.inDatabase(), files.raw().size());
      for (Pair pair : StoredFiles.PAIRS) {
        assertThat(logs.get(pair)).isEqualTo(files.log(pair, acknowledged));
      }
      goOn(store, logs);
      found.add(acknowledged);
    }
    if (random.nextInt(5) == 0) {
      checkAgain(directory, logs);
    }
    for (String name : List.of(DataDirectory.DATABASE, StoredFiles.WAL)) {
      Files.deleteIfExists(directory.resolve(name)); // each is some megabytes
    }
  }

  private static void checkAgain(Path directory, Map<Pair, List<Entry>> before) throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (Pair pair : StoredFiles.PAIRS) {
        List<Entry> entries = new LogReader(store).read(pair);
        assertThat(entries.subList(0, entries.size() - 1)).isEqualTo(before.get(pair));
        assertThat(entries.get(entries.size() - 1).body()).isEqualTo("next");
      }
    }
  }

  private static void goOn(SqliteMessageStore store, Map<Pair, List<Entry>> logs) throws Exception {
    Map<Pair, CompletionStage<AppendResult>> appends = new HashMap<>();
    for (Pair pair : logs.keySet()) {
      appends.put(pair, store.append(pair, pair.first(), Draft.message("next", "next"), 0));
    }
    for (Pair pair : logs.keySet()) {
      AppendResult result = Stores.await(appends.get(pair));
      assertThat(((Appended) result).entry().seq()).isEqualTo(logs.get(pair).size() + 1);
    }
  }
}
