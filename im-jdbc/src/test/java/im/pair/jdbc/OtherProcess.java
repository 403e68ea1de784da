package im.pair.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.pair.core.Draft;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Another process that opens a directory, says what came of it, and may write without an end. */
final class OtherProcess {
  private OtherProcess() {}

  static Process opening(Path directory) throws IOException {
    return start(directory, "open");
  }

  /** Says the number of each entry that is stored, a line each, until it is killed. */
  static Process writing(Path directory) throws IOException {
    return start(directory, "write");
  }

  private static Process start(Path directory, String what) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            directory.toString(),
            what);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  public static void main(String... args) throws Exception {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      try (SqliteMessageStore store = SqliteMessageStore.open(Path.of(args[0]))) {
        out.write("open\n".getBytes(UTF_8));
        for (int i = 1; args[1].equals("write"); i++) {
          long seq = Stores.stored(store, Stores.ALICE, Draft.message("id" + i, "body " + i));
          out.write((seq + "\n").getBytes(UTF_8));
        }
      } catch (StoreException e) {
        out.write(e.getMessage().getBytes(UTF_8));
      }
    }
  }
}
