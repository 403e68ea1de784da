package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The launcher's {@code serve} as a process of its own, on loopback. It is killed at the end. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
  private static final int WAIT_SECONDS = 20;

  private final Process process;
  private final Path errors;
  private final String said;
  private final int port;

  private ServerProcess(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    BufferedReader out = process.inputReader(UTF_8);
    said = String.valueOf(out.readLine());
    Matcher ready = READY.matcher(said);
    if (!ready.find()) {
      close();
      throw new IOException("it does not start: " + said + Files.readString(errors));
    }
    port = Integer.parseInt(ready.group(1));
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param directory where its standard error is kept
   */
  static ServerProcess start(Path directory, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED"); // as the app jar's manifest says
    }
    // In the common one SQLite's driver clears away what others have just cleared, and says so.
    command.add("-Dorg.sqlite.tmpdir=" + directory);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("serve");
    command.addAll(List.of(options));
    Path errors = Files.createTempFile(directory, "errors", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // which the JVM would mention
    return new ServerProcess(builder.start(), errors);
  }

  int port() {
    return port;
  }

  /** The line that it printed when it was ready. */
  String said() {
    return said;
  }

  /** What it has written to its standard error. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
