package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Flags, then the environment, then the file, then what it is if nothing is said. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SettingsTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("im.properties");
  }

  @Test
  void aFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
    Files.writeString(file, "# a remark\n\nport = 3 \nsends-per-second=33\n");
    Map<String, String> environment = Map.of("IM_PORT", "2", "IM_SENDS_PER_SECOND", "");

    assertThat(serve(environment, "--config", file.toString(), "--port", "1").get("--port"))
        .isEqualTo(1);
    assertThat(serve(environment, "--config", file.toString()).get("--port")).isEqualTo(2);
    assertThat(serve(Map.of(), "--config", file.toString()).get("--port")).isEqualTo(3);
    assertThat(serve(Map.of()).get("--port")).isEqualTo(8001);
    assertThat(serve(environment, "--config", file.toString()).get("--sends-per-second"))
        .as("an empty variable counts as not set")
        .isEqualTo(33);
  }

  @Test
  void theFileIsNamedByTheFlagAnywhereOrByTheEnvironment() throws IOException {
    Path other = Files.writeString(directory.resolve("other.properties"), "port=4");
    Files.writeString(file, "port=3");
    Map<String, String> environment = Map.of("IM_CONFIG", other.toString());

    assertThat(serve(environment).get("--port")).isEqualTo(4);
    assertThat(serve(environment, "--config", file.toString()).get("--port")).isEqualTo(3);
    assertThat(parse(environment, "--config", file.toString(), "serve").get("--port")).isEqualTo(3);
    assertThat(serve(Map.of("IM_CONFIG", "")).get("--port")).isEqualTo(8001);
  }

  @Test
  void whatIsRepeatedOnTheCommandLineHasCommasElsewhereAndIsNotAddedUp() throws IOException {
    Files.writeString(file, "origin=https://c.example , https://d.example:8443\n");
    Map<String, String> environment = Map.of("IM_ORIGIN", "https://b.example");
    String config = "--config=" + file;

    assertThat(serve(environment, config, "--origin", "https://a.example", "--origin=http://x:1"))
        .containsEntry("--origin", List.of("https://a.example", "http://x:1"));
    assertThat(serve(environment, config)).containsEntry("--origin", List.of("https://b.example"));
    assertThat(serve(Map.of(), config).get("--origin"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2);
  }

  @Test
  void aSwitchIsOnByItsNameAloneAndSaysOnOrOffElsewhere() {
    assertThat(serve(Map.of()).get("--plaintext")).isEqualTo(OnOff.OFF);
    assertThat(serve(Map.of(), "--plaintext").get("--plaintext")).isEqualTo(OnOff.ON);
    assertThat(serve(Map.of("IM_PLAINTEXT", "on")).get("--plaintext")).isEqualTo(OnOff.ON);
    assertThat(serve(Map.of("IM_PLAINTEXT", "true"), "--plaintext").get("--plaintext"))
        .isEqualTo(OnOff.ON);
    assertThat(serve(Map.of("IM_PLAINTEXT", "on"), "--plaintext=off").get("--plaintext"))
        .isEqualTo(OnOff.OFF);
    assertThat(serve(Map.of("IM_CLASSIC", "off")).get("--classic")).isEqualTo(OnOff.OFF);
  }

  @Test
  void aValueIsTakenAsItStands() throws IOException {
    String odd = "a $b $$c ${d} ${env:HOME} ${sys:user.home:-x}";
    Files.writeString(file, "data = " + odd + " é\n");

    assertThat(serve(Map.of("IM_DATA", odd)).get("--data")).isEqualTo(Path.of(odd));
    assertThat(serve(Map.of("IM_CONFIG", file.toString())).get("--data"))
        .isEqualTo(Path.of(odd + " é"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IM_PORT             | eight | IM_PORT: a port is a number from 0 to 65535, not 'eight'",
        "IM_HOST             | 0.0.0.0 | IM_HOST: identity is only claimed",
        "IM_HOST             | ' '   | IM_HOST: an address to listen on is not empty",
        "IM_STORE            | disk  | IM_STORE: a store is sqlite or memory",
        "IM_SENDS_PER_SECOND | -1    | IM_SENDS_PER_SECOND: a rate is a number",
        "IM_ORIGIN           | https://a.example,* | IM_ORIGIN: an origin is scheme://host",
        "IM_ORIGIN           | ,https://a.example | IM_ORIGIN: an origin is scheme://host",
        "IM_CLASSIC          | 1     | IM_CLASSIC: it is on or off",
        "IM_PLAINTEXT        | yes   | IM_PLAINTEXT: it is on or off",
        "IM_TLS_CERT         | a.pem | IM_TLS_CERT: a certificate needs its key",
        "IM_CONFIG           | /no/file | IM_CONFIG: /no/file is not there",
      })
  void whatIsWrongInTheEnvironmentIsSaidUnderItsNameThere(
      String variable, String value, String words) {
    assertThat(wrong(Map.of(variable, value), "serve")).startsWith("im: " + words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port=eight            | : port: a port is a number from 0 to 65535, not 'eight'",
        "port=                 | : port: a port is a number from 0 to 65535, not ''",
        "host=0.0.0.0          | : host: identity is only claimed",
        "data=                 | : data: a directory has a name",
        "origin=null           | : origin: an origin is scheme://host",
        "plaintext=            | : plaintext: it is on or off",
        "tls-key=a.pem         | : tls-key: a key needs its certificate",
        "prot=8001             | : there is no setting 'prot'",
        "IM_PORT=8001          | : there is no setting 'IM_PORT'",
        "--port=8001           | : there is no setting '--port'",
        "config=other          | : there is no setting 'config'",
        "help=true             | : there is no setting 'help'",
        "port=\\u00zz           | cannot be read: Malformed",
      })
  void whatIsWrongInTheFileIsSaidUnderItsNameThere(String line, String words) throws IOException {
    Files.writeString(file, line);

    assertThat(wrong(Map.of(), "serve", "--config", file.toString()))
        .contains("im: ", file.toString(), words);
  }

  @Test
  void aFlagThatIsWrongIsSaidUnderItsOwnNameWhateverElseIsThere() {
    assertThat(wrong(Map.of("IM_HOST", "127.0.0.1"), "serve", "--host", "0.0.0.0"))
        .startsWith("im: --host: identity is only claimed");
  }

  @Test
  void aFileThatIsNoTextOrADirectoryIsSaidToBe() throws IOException {
    Files.write(file, new byte[] {'p', (byte) 0xFF});

    assertThat(wrong(Map.of(), "serve", "--config", file.toString())).contains("is not UTF-8");
    assertThat(wrong(Map.of(), "serve", "--config", directory.toString()))
        .contains("cannot be read");
  }

  @Test
  void oneFileServesAllCommands() throws IOException {
    CommandLine line = Main.commandLine(Map.of());
    List<String> settings = new ArrayList<>();
    for (CommandLine command : line.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        settings.add(option.longestName().substring(2));
      }
    }
    settings.removeAll(List.of("help", "version", "config"));
    Path data = directory.resolve("nothing");
    Stream<String> lines =
        settings.stream().distinct().map(name -> name + "=" + (name.equals("data") ? data : "x"));
    Files.write(file, lines.toList());

    assertThat(settings).contains("port", "data", "origin", "tls-cert", "plaintext", "store");
    assertThat(wrong(Map.of(), "epoch", "--config", file.toString()))
        .as("only what the command uses is looked at")
        .contains(data.toString(), "im.db is not there");
  }

  private static Map<String, @Nullable Object> serve(
      Map<String, String> environment, String... args) {
    return parse(environment, Stream.concat(Stream.of("serve"), Stream.of(args)));
  }

  private static Map<String, @Nullable Object> parse(
      Map<String, String> environment, String... args) {
    return parse(environment, Stream.of(args));
  }

  private static Map<String, @Nullable Object> parse(
      Map<String, String> environment, Stream<String> args) {
    Map<String, @Nullable Object> values = new HashMap<>();
    var parsed = Main.commandLine(environment).parseArgs(args.toArray(String[]::new));
    for (OptionSpec option : parsed.subcommand().commandSpec().options()) {
      values.put(option.longestName(), option.getValue());
    }
    return values;
  }

  /** The one line that it says, with exit code 2. */
  private static String wrong(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Main.commandLine(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    assertThat(line.execute(args)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).doesNotContain("Exception");
    return err.toString();
  }
}
