package im.pair.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The file descriptors of this process, of which each end of a socket takes one. On Linux. */
final class Descriptors {
  private static final Path PROCESS = Path.of("/proc/self");

  private Descriptors() {}

  /** How many are open. */
  static long open() {
    try (Stream<Path> all = Files.list(PROCESS.resolve("fd"))) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many may be open, as {@code ulimit -n} says. */
  static long most() {
    String prefix = "Max open files";
    try (Stream<String> limits = Files.lines(PROCESS.resolve("limits"))) {
      String now =
          limits
              .filter(line -> line.startsWith(prefix))
              .map(line -> line.substring(prefix.length()).strip().split(" ", 2)[0])
              .findFirst()
              .orElseThrow();
      return now.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
