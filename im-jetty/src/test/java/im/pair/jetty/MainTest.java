package im.pair.jetty;

import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Entry;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.UserId;
import im.pair.jdbc.SqliteMessageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line: rubbish gets one line and exit code 2, a server a line and a clean end. */
@Timeout(60)
class MainTest {
  private static final Pattern READY = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

  @TempDir Path parent;
  private Path data;

  @BeforeEach
  void nameTheDirectory() {
    data = parent.resolve("data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --port 99999        | 0 to 65535",
        "serve --port -1           | 0 to 65535",
        "serve --port 65536        | 0 to 65535",
        "serve --port http         | --port: a port is a number from 0 to 65535, not 'http'",
        "serve --port=             | 0 to 65535",
        "serve --port              | --port",
        "serve --port 1 --port 2   | --port",
        "serve --host 0.0.0.0      | loopback only",
        "serve --host 192.168.1.10 | loopback only",
        "serve --host example.org  | loopback only",
        "serve --host ::           | loopback only",
        "serve --sends-per-second -1      | 0 to 999999",
        "serve --sends-per-second 1000000 | 0 to 999999",
        "serve --sends-per-second fast    | 'fast'",
        "serve --host=             | not empty",
        "serve --origin *          | --origin: an origin is scheme://host",
        "serve --origin https://app.example/ | --origin: an origin is scheme://host",
        "serve --classic yes       | --classic: it is on or off, not 'yes'",
        "serve --classic           | --classic",
        "serve --plaintext=maybe   | --plaintext: it is on or off, not 'maybe'",
        "serve --host 0.0.0.0 --plaintext | --host: identity is only claimed",
        "serve --tls-cert a.pem    | --tls-cert: a certificate needs its key, --tls-key",
        "serve --tls-key a.pem     | --tls-key: a key needs its certificate, --tls-cert",
        "serve --store memory --tls-cert /no/cert --tls-key /no/key | /no/cert is not there",
        "serve --config            | --config",
        "serve --config=           | a file has a name",
        "serve --config /no/file   | --config: /no/file is not there",
        "serve --store postgres    | sqlite or memory",
        "serve --store SQLITE      | sqlite or memory",
        "serve --store=            | sqlite or memory",
        "serve --data              | --data",
        "serve --data=             | a directory has a name",
        "epoch --data=             | a directory has a name",
        "serve --data /dev/null    | /dev/null is not a directory",
        "serve --data /dev/null/x  | /dev/null/x cannot be used",
        "epoch --data /dev/null/x  | im.db is not there",
        "epoch --store memory      | --store",
        "serve --colour red        | --colour",
        "serve now                 | now",
        "--colour                  | --colour",
        "sing                      | sing",
        "sing a song               | sing",
      })
  void whatIsWrongIsSaidInOneLineWithExitCode2(String line, String words) {
    Outcome outcome = run(line.split(" "));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith("im: ").contains(words).doesNotContain("Exception");
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLineWithExitCode2() throws IOException {
    try (ImServer server = ImServer.builder().port(0).build()) {
      server.start();
      Outcome outcome = run("serve", "--store", "memory", "--port", "" + server.port());

      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err().lines()).hasSize(1);
      assertThat(outcome.err()).contains("127.0.0.1:" + server.port(), "--port");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "serve --help", "epoch --help", "-h", "--help serve"})
  void helpIsHelpAlsoWhereNothingElseIsRight(String line) {
    Map<String, String> wrong =
        Map.of("IM_PORT", "x", "IM_STORE", "x", "IM_HOST", "0.0.0.0", "IM_CONFIG", "/no/file");
    Outcome outcome = run(wrong, line.split(" "));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("Usage: im");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void theHelpOfServeNamesItsOptionsAndWhatTheyAreIfNothingIsSaid() {
    assertThat(run("serve", "--help").out())
        .contains("--host", "127.0.0.1", "--port", "8001", "--config", "IM_PORT", "IM_CONFIG")
        .contains("--origin", "--classic", "on|off", "--tls-cert", "--tls-key", "--plaintext")
        .contains("--store", "sqlite", "memory", "--data", "./im-data", "--sends-per-second", "20");
  }

  @Test
  void versionIsOneLine() {
    Outcome outcome = run(Map.of("IM_CONFIG", "/no/file"), "--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.out()).startsWith("im ");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Outcome outcome = run();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage: im", "serve", "epoch");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aServerSaysWhereItIsAndTellsItsClientsWhenItIsToldToEnd() throws Exception {
    Process process = spawn(Map.of(), "serve", "--port", "0", "--data", data.toString());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String line = out.readLine();
      Matcher ready = READY.matcher(String.valueOf(line));
      assertThat(ready.find()).as(line).isTrue();
      try (RawWebSocket client = RawWebSocket.open(Integer.parseInt(ready.group(1)))) {
        client.text(message("111", "222", "hi"));
        assertThat(client.nextText()).isEqualTo(told("111", "hi"));

        Outcome second = run("serve", "--port", "0", "--data", data.toString());
        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err().lines()).hasSize(1);
        assertThat(second.err()).contains("in use by another server");
        assertThat(run("epoch", "--data", data.toString()).err())
            .contains("in use by another server");

        process.toHandle().destroy(); // SIGTERM, and what it says can still be read
        assertThat(client.readToClose()).isEqualTo(4503);
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(out.readLine()).as("it says nothing else").isNull();
      assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
    assertThat(bodies()).containsExactly("hi");
  }

  private List<String> bodies() throws Exception {
    Pair pair = Pair.of(new UserId("111"), new UserId("222"));
    try (SqliteMessageStore store = SqliteMessageStore.open(data)) {
      var page = store.read(pair, Range.after(0, 10, 1 << 20)).toCompletableFuture();
      return page.get(10, TimeUnit.SECONDS).entries().stream().map(Entry::body).toList();
    }
  }

  @Test
  void aUserWhoSendsFasterThanItSaysIsToldSo() throws Exception {
    Process process =
        spawn(Map.of("IM_SENDS_PER_SECOND", "1"), "serve", "--port", "0", "--store", "memory");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      Matcher ready = READY.matcher(out.readLine());
      assertThat(ready.find()).isTrue();
      try (RawWebSocket client = RawWebSocket.open(Integer.parseInt(ready.group(1)))) {
        for (int i = 0; i < 30; i++) {
          client.text(message("111", "222", "hi"));
        }
        for (int i = 0; i < 5; i++) {
          assertThat(client.nextText()).isEqualTo(told("111", "hi"));
        }
        String next = client.nextText();
        while (next.equals(told("111", "hi"))) { // for each second that this takes
          next = client.nextText();
        }
        assertThat(next).contains("\"error\":\"rate\"");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aNewEpochIsPrinted() throws Exception {
    String first;
    try (SqliteMessageStore store = SqliteMessageStore.open(data)) {
      first = store.epoch();
    }

    Outcome outcome = run("epoch", "--data", data.toString());

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    try (SqliteMessageStore store = SqliteMessageStore.open(data)) {
      assertThat(outcome.out()).isEqualToIgnoringNewLines(store.epoch()).doesNotContain(first);
    }
  }

  @Test
  void whatIsNoDatabaseIsSaidInOneLineWithExitCode2() throws IOException {
    Files.createDirectories(data);
    Files.writeString(data.resolve("im.db"), "no database".repeat(1_000));

    Outcome outcome = run("serve", "--port", "0", "--data", data.toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith("im: ").contains("im.db is not a database");
  }

  @Test
  void aPortThatIsTakenLeavesTheDirectoryFree() throws Exception {
    try (ImServer server = ImServer.builder().port(0).build()) {
      server.start();
      run("serve", "--data", data.toString(), "--port", "" + server.port());
    }

    assertThat(run("epoch", "--data", data.toString()).code()).isZero();
  }

  @Test
  void optionsMayComeFromTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of("IM_PORT", "0", "IM_HOST", "localhost", "IM_DATA", data.toString());
    Process process = spawn(environment, "serve");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).contains("http://localhost:").doesNotContain(":8001/");
      assertThat(data.resolve("im.db")).isNotEmptyFile();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void inMemoryNothingIsKept() throws Exception {
    Map<String, String> environment = Map.of("IM_STORE", "memory", "IM_DATA", data.toString());
    Process process = spawn(environment, "serve", "--port", "0");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).contains("http://127.0.0.1:");
      assertThat(data).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void overTlsTheAddressToOpenIsHttps() throws Exception {
    Path certificate = parent.resolve("cert.pem");
    Path key = parent.resolve("key.pem");
    TestCertificate.selfSigned("EC", "localhost").write(certificate, key);
    Path config = parent.resolve("im.properties");
    Files.writeString(config, "tls-cert=" + certificate + "\ntls-key=" + key + "\nport=1");
    Map<String, String> environment = Map.of("IM_CONFIG", config.toString(), "IM_PORT", "0");
    Process process = spawn(environment, "serve", "--store", "memory", "--host", "localhost");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine())
          .contains("https://localhost:", "identity is only claimed")
          .doesNotContain(":1/");
    } finally {
      process.destroyForcibly();
    }
  }

  static Process spawn(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED"); // as the app jar's manifest says
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // which the JVM would mention
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Outcome run(String... args) {
    return run(Map.of(), args);
  }

  private static Outcome run(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Main.commandLine(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(args);
    return new Outcome(code, out.toString(), err.toString());
  }

  private record Outcome(int code, String out, String err) {}
}
