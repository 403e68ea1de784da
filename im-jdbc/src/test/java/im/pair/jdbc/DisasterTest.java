package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.entries;
import static im.pair.jdbc.Stores.number;
import static im.pair.jdbc.Stores.page;
import static im.pair.jdbc.Stores.stored;
import static im.pair.jdbc.Stores.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed, disks that are full, logs that are torn. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DisasterTest {
  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 400})
  void whatWasToldToBeStoredSurvivesAKill(int told) throws Exception {
    Path directory = parent.resolve("data");
    Process process = OtherProcess.writing(directory);
    long last = 0;
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("open");
      while (last < told) {
        last = Long.parseLong(lines.readLine());
      }
      process.toHandle().destroyForcibly(); // kill -9, and what it said can still be read
      for (String line; (line = lines.readLine()) != null; ) {
        last = Long.parseLong(line);
      }
    }

    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      List<Entry> entries = entries(store);
      assertThat(page(store).head()).isEqualTo(entries.size()).isBetween(last, last + 1);
      assertThat(entries)
          .allSatisfy(entry -> assertThat(entry.body()).isEqualTo("body " + entry.seq()));
      for (Entry entry : entries) {
        assertThat(await(append(store, ALICE, Draft.message(entry.id(), "again"))))
            .isEqualTo(new Duplicate(entry.seq(), entry.at()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTornOrDamagedWriteAheadLogIsGoodUpToTheDamage(boolean torn) throws Exception {
    Path directory = parent.resolve("data");
    Path crashed = Files.createDirectory(parent.resolve("crashed"));
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (int i = 1; i <= 100; i++) {
        stored(store, ALICE, Draft.message("id" + i, "body " + i));
      }
      copy(directory, crashed); // as after the power is gone: a log that nobody has closed
    }
    try (FileChannel log =
        FileChannel.open(crashed.resolve("im.db-wal"), StandardOpenOption.WRITE)) {
      if (torn) {
        log.truncate(log.size() / 2 + 100);
      } else {
        log.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), log.size() / 2);
      }
    }

    try (SqliteMessageStore store = SqliteMessageStore.open(crashed)) {
      List<Entry> entries = entries(store);
      assertThat(entries).hasSizeBetween(1, 99);
      assertThat(entries)
          .allSatisfy(entry -> assertThat(entry.body()).isEqualTo("body " + entry.seq()));
      assertThat(stored(store, BOB, Draft.message("next", "x"))).isEqualTo(entries.size() + 1L);
    }
    assertThat(
            number(
                crashed,
                "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"))
        .isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(each -> !each.endsWith("im.db-shm")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Only where the test may mount; {@link WriterTest} fills a database in any case. */
  @Test
  void aFullDiskRefusesAndHealsWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(parent.resolve("disk"));
    assumeTrue(runs("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()));
    try (LogWatch log = new LogWatch()) {
      fillAndHeal(disk);
      assertThat(log.lines())
          .startsWith("the store cannot write: {0}")
          .endsWith("the store can write again");
    } finally {
      runs("umount", disk.toString());
    }
  }

  private static void fillAndHeal(Path disk) throws Exception {
    Path other = disk.resolve("other");
    try (SqliteMessageStore store = SqliteMessageStore.open(disk.resolve("data"))) {
      stored(store, ALICE, Draft.message("first", "x"));
      Files.write(other, new byte[400_000]);
      int count = 0;
      for (boolean full = false; !full; count++) {
        full = !isStored(store, "id" + count);
        assertThat(count).isLessThan(100);
      }
      for (int i = 0; i < 20; i++) {
        isStored(store, "more" + i);
      }
      assertThat(entries(store)).hasSize((int) page(store).head());

      Files.delete(other);

      int failed = count - 1;
      until("there is room", () -> isStored(store, "id" + failed));
      assertThat(stored(store, BOB, Draft.message("next", "y"))).isEqualTo(page(store).head());
      assertThat(await(store.mark(PAIR, ALICE, 1, 1)).changed()).isTrue();
    }
    try (SqliteMessageStore store = SqliteMessageStore.open(disk.resolve("data"))) {
      assertThat(entries(store))
          .hasSize((int) page(store).head())
          .last()
          .extracting(Entry::body)
          .isEqualTo("y");
    }
  }

  private static boolean isStored(SqliteMessageStore store, String id) {
    Draft draft = Draft.message(id, "x".repeat(10_000));
    try {
      AppendResult result = append(store, ALICE, draft).toCompletableFuture().join();
      return result instanceof Appended || result instanceof Duplicate;
    } catch (CompletionException e) {
      return false;
    }
  }

  private static boolean runs(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
