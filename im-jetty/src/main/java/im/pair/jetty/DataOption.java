package im.pair.jetty;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The directory of the messages, as the command line names it. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "${env:IM_DATA:-./im-data}",
      description =
          "where the messages are kept, made if it is not there; or IM_DATA; ./im-data if nothing"
              + " is said")
  private Path directory = Path.of("");

  Path directory() {
    return directory;
  }
}
