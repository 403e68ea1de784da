package im.pair.jdbc;

import im.pair.core.MessageStore;
import im.pair.testkit.MessageStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every store, on a file. */
class SqliteMessageStoreTest extends MessageStoreContract {
  @TempDir Path directory;

  @Override
  protected MessageStore open() throws IOException {
    return SqliteMessageStore.open(directory);
  }

  @Override
  protected void close(MessageStore store) {
    ((SqliteMessageStore) store).close();
  }
}
