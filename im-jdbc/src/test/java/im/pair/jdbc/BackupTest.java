package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Cursor;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.testkit.InMemoryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that was put back from a backup never says that a session goes on where it does not. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupTest {
  @TempDir Path parent;
  private Path directory;
  private String epoch;
  private Entry inBackup;
  private Entry lost;

  /** Two entries, of which the backup has the first. */
  @BeforeEach
  void putBack() throws Exception {
    directory = parent.resolve("data");
    Path database = directory.resolve(DataDirectory.DATABASE);
    Path backup = parent.resolve("backup");
    inBackup = append("a", 1_000);
    Files.copy(database, backup);
    lost = append("b", 2_000);
    Files.copy(backup, database, StandardCopyOption.REPLACE_EXISTING);
  }

  private Entry append(String id, long now) throws Exception {
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      epoch = store.epoch();
      AppendResult result = await(store.append(PAIR, ALICE, Draft.message(id, id), now));
      return ((Appended) result).entry();
    }
  }

  @Test
  void withANewEpochNoSessionGoesOn() throws Exception {
    SqliteMessageStore.newEpoch(directory);

    assertThat(resumes(inBackup)).isFalse();
    assertThat(resumes(lost)).isFalse();
  }

  @Test
  void withTheOldEpochNoneGoesOnAboveTheHead() throws Exception {
    assertThat(resumes(inBackup)).isTrue();
    assertThat(resumes(lost)).isFalse();
  }

  @Test
  void norWhenThatNumberWasGivenAgain() throws Exception {
    Entry other = append("c", 3_000);

    assertThat(other.seq()).isEqualTo(lost.seq());
    assertThat(resumes(lost)).isFalse();
    assertThat(resumes(other)).isTrue();
  }

  /** What a session is told that comes with the epoch as it was and a cursor at this entry. */
  private boolean resumes(Entry upTo) throws Exception {
    InMemoryConnection connection = new InMemoryConnection();
    try (SqliteMessageStore store = SqliteMessageStore.open(directory);
        PairRouter router = PairRouter.builder().store(store).build()) {
      Session session = router.attach(BOB, connection);
      connection.of(session);
      session.resume(epoch, Map.of(ALICE, new Cursor(upTo.seq(), upTo.at())));
      Event.Welcome welcome = (Event.Welcome) connection.next();
      assertThat(welcome.epoch()).isEqualTo(store.epoch());
      return welcome.resumed();
    }
  }
}
