package im.pair.jetty;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The directory of the messages, as the command line names it. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "./im-data",
      converter = ToDirectory.class,
      description = "where the messages are kept; ./im-data if nothing is said")
  private Path directory = Path.of("");

  Path directory() {
    return directory;
  }

  /** Reads the name of a directory. */
  static final class ToDirectory implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("a directory has a name");
      }
      return Path.of(text);
    }
  }
}
