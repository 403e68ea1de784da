package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.entries;
import static im.pair.jdbc.Stores.page;
import static im.pair.jdbc.Stores.stored;
import static im.pair.testkit.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk of a megabyte, where the test may mount one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest {
  @TempDir Path parent;

  /** {@link WriterTest} fills a database in any case. */
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
      assertThat(canWrite(store)).isFalse();

      Files.delete(other);

      until("it is seen that there is room", () -> canWrite(store));
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

  private static boolean canWrite(SqliteMessageStore store) {
    try {
      store.probe().toCompletableFuture().join();
      return true;
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
