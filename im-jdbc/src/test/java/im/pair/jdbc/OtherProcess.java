package im.pair.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Another process that opens a directory and says what came of it. */
final class OtherProcess {
  private OtherProcess() {}

  static Process opening(Path directory) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            directory.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  public static void main(String... args) throws Exception {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      try (var store = SqliteMessageStore.open(Path.of(args[0]))) {
        out.write("open\n".getBytes(UTF_8));
      } catch (StoreException e) {
        out.write(e.getMessage().getBytes(UTF_8));
      }
    }
  }
}
