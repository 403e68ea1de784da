package im.pair.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sources of the browser client. */
final class ClientFiles {
  static final Path FOLDER =
      Path.of(System.getProperty("im.root"), "im-web/src/main/resources/META-INF/resources/im");

  private ClientFiles() {}

  /** The texts of the files whose names end like that, by their names. */
  static Map<String, String> endingIn(String end) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(end)) {
          texts.put(name, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
