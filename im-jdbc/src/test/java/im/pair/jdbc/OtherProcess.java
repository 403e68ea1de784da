package im.pair.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Another process that opens a directory, and says what came of it. */
final class OtherProcess {
  private OtherProcess() {}

  public static void main(String... args) throws IOException {
    String outcome;
    try (SqliteMessageStore store = SqliteMessageStore.open(Path.of(args[0]))) {
      outcome = store.epoch().isEmpty() ? "" : "open";
    } catch (StoreException e) {
      outcome = e.getMessage();
    }
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(outcome.getBytes(UTF_8));
    }
  }
}
