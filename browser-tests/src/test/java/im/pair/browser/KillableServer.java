package im.pair.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server with its launcher, a process of its own that keeps its messages in a directory. */
final class KillableServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

  private final Path directory;
  private Process process;
  private int port;

  private KillableServer(Path directory) {
    this.directory = directory;
  }

  /** Starts one at any port that is free. */
  static KillableServer start(Path directory) throws IOException {
    KillableServer server = new KillableServer(directory);
    server.start();
    return server;
  }

  int port() {
    return port;
  }

  /** Gives it no time to do anything, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it with what it had, at the port that it had. */
  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED"); // as the app jar's manifest says
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "im.pair.jetty.Main"));
    command.addAll(List.of("serve", "--port", Integer.toString(port)));
    command.addAll(List.of("--store", "sqlite", "--data", directory.resolve("data").toString()));
    Path errors = directory.resolve("errors.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // which the JVM would mention
    process = builder.start();
    BufferedReader out = process.inputReader(UTF_8);
    String said = String.valueOf(out.readLine());
    Matcher ready = READY.matcher(said);
    if (!ready.find()) {
      close();
      throw new IOException("it does not start: " + said + Files.readString(errors));
    }
    port = Integer.parseInt(ready.group(1));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
