package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system calls of a real server: no echo leaves before its message is on the disk. Where strace
 * is missing, or the system forbids it to trace, this is skipped, which the log says; with {@code
 * IM_REQUIRE_STRACE=1} in the environment a missing one is a failure.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StraceTest {
  private static final System.Logger LOG = System.getLogger(StraceTest.class.getName());
  private static final Pattern READY = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
  private static final String WRITES = "write,writev,pwrite64,pwritev,sendto,sendmsg,sendfile";
  private static final int ONE_BY_ONE = 60;
  private static final int PAIRS = 5;
  private static final int AT_ONCE = 50; // messages of each of a pair's two users

  @TempDir Path directory;
  private Path trace;

  @BeforeEach
  void look() throws Exception {
    trace = directory.resolve("trace");
    List<String> command = new ArrayList<>(strace());
    command.add("true");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        skip("strace may not trace here");
      }
    } catch (IOException e) {
      if ("1".equals(System.getenv("IM_REQUIRE_STRACE"))) {
        Assertions.fail("there is no strace, and IM_REQUIRE_STRACE=1 asks for it", e);
      }
      skip("there is no strace");
    }
  }

  @Test
  void noEchoLeavesBeforeItsMessageIsOnTheDisk() throws Exception {
    List<String> server = new ArrayList<>(strace());
    server.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    server.addAll(List.of("serve", "--port", "0", "--sends-per-second", "0", "--data"));
    server.add(directory.resolve("data").toString());
    ProcessBuilder builder = new ProcessBuilder(server);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // which the JVM would mention
    Process strace = builder.redirectError(directory.resolve("errors").toFile()).start();
    List<ProcessHandle> started = new ArrayList<>(List.of(strace.toHandle()));
    try (BufferedReader out = strace.inputReader(UTF_8)) {
      String line = out.readLine();
      Matcher ready = READY.matcher(String.valueOf(line));
      assertThat(ready.find()).as(line).isTrue();
      started.addAll(strace.children().toList());

      talk(Integer.parseInt(ready.group(1)));

      strace.children().forEach(ProcessHandle::destroy); // the server; strace ends with it
      assertThat(strace.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
    }
    check(ONE_BY_ONE + 2 * PAIRS * AT_ONCE);
  }

  private List<String> strace() {
    return List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-s",
        "16384",
        "-o",
        trace.toString(),
        "-e",
        "signal=none",
        "-e",
        "trace=fsync,fdatasync," + WRITES);
  }

  /** One after the other, and then many at once, which are committed together. */
  private static void talk(int port) throws Exception {
    try (RawWebSocket alice = joined(port, "alice", "bob");
        RawWebSocket bob = joined(port, "bob", "alice")) {
      for (int i = 0; i < ONE_BY_ONE; i++) {
        alice.text(message("alice", "bob", marker(0, i)));
        assertThat(alice.nextText()).isEqualTo(told("alice", marker(0, i)));
        assertThat(bob.nextText()).isEqualTo(told("alice", marker(0, i)));
      }
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> talks = new ArrayList<>();
      for (int pair = 1; pair <= PAIRS; pair++) {
        String one = "user" + pair;
        String other = "peer" + pair;
        RawWebSocket first = joined(port, one, other);
        RawWebSocket second = joined(port, other, one);
        int number = 2 * pair;
        talks.add(threads.submit(() -> sendMany(first, one, other, number)));
        talks.add(threads.submit(() -> sendMany(second, other, one, number + 1)));
      }
      for (Future<?> talk : talks) {
        talk.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void sendMany(RawWebSocket client, String user, String peer, int number)
      throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      client.text(message(user, peer, marker(number, i)));
    }
    for (int i = 0; i < 2 * AT_ONCE; i++) { // both users' messages come to both
      assertThat(client.nextText()).contains("\"msg\":\"marker-");
    }
    return null;
  }

  private static String marker(int number, int i) {
    return String.format(Locale.ROOT, "marker-%02d-%03d", number, i);
  }

  private static RawWebSocket joined(int port, String user, String peer) throws IOException {
    RawWebSocket client = RawWebSocket.open(port);
    client.text(join(user, peer));
    client.text(join(user, user)); // answered, after the join
    assertThat(client.nextText()).contains("\"error\":\"self\"");
    return client;
  }

  /** Each message is echoed to its sender and to the peer. */
  private void check(int messages) throws IOException {
    List<String> lines = Files.readAllLines(trace, ISO_8859_1);
    TracedEchoes echoes = new TracedEchoes(SyscallTrace.parse(lines));
    LOG.log(
        INFO, "measured: {0} messages were on the disk after {1} syncs", messages, echoes.syncs());
    assertThat(echoes.breaches()).isEmpty();
    assertThat(echoes.count()).isEqualTo(2 * messages);
    assertThat(echoes.syncs()).as("some were committed together").isLessThan(messages);
  }

  private static void skip(String why) {
    LOG.log(WARNING, "*** SKIPPED, {0}: whether an echo waits for the disk ***", why);
    Assumptions.abort(why);
  }
}
