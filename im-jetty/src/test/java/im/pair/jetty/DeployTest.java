package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code deploy/} says is so. No image is built here: that takes a container engine. */
@Timeout(60)
class DeployTest {
  private static final Path ROOT = Path.of(System.getProperty("im.root"));
  private static final Pattern SETTING = Pattern.compile("\\bIM_[A-Z_]+");

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve("deploy").resolve(file));
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group());
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "Containerfile", "im.service"})
  void everySettingIsAnOption(String file) throws IOException {
    CommandLine serve = Main.commandLine(Map.of()).getSubcommands().get("serve");
    List<String> options =
        serve.getCommandSpec().options().stream()
            .map(it -> it.longestName().replace("--", "im_").replace('-', '_'))
            .map(it -> it.toUpperCase(Locale.ROOT))
            .toList();

    assertThat(options).containsAll(found(SETTING, text(file)));
  }

  @Test
  void theContainerfileBuildsTheJarThatTheBuildMakes() throws IOException {
    String file = text("Containerfile");

    assertThat(file).contains("-pl im-jetty -am", "im-jetty/target/im-jetty-*-app.jar");
    String pom = Files.readString(ROOT.resolve("im-jetty/pom.xml"));
    assertThat(pom).contains("<artifactId>im-jetty</artifactId>");
    assertThat(pom).contains("<shadedClassifierName>app</shadedClassifierName>");
    assertThat(file).contains("EXPOSE 8001 9001", "IM_ADMIN_PORT=9001");
  }

  @Test
  void behindAProxyOneAddressMayHaveManyConnections() {
    DoorOptions door = CommandLine.populateCommand(new DoorOptions(), "--plaintext");
    ImServer.Builder builder = ImServer.builder();

    door.apply(builder);

    assertThat(builder.limits.connectionsPerAddress()).isZero();
    assertThat(builder.limits.connections()).isPositive();
  }

  /** A shell between them would keep SIGTERM to itself. */
  @Test
  void theContainersFirstProcessIsTheJvm() throws IOException {
    assertThat(text("Containerfile"))
        .containsPattern("(?m)^ENTRYPOINT \\[\"java\", .*\"-jar\", \"/opt/im/im.jar\"]$")
        .containsPattern("(?m)^CMD \\[\"serve\"]$")
        .containsPattern("(?m)^USER [1-9]");
  }

  @Test
  void imagesAreNamedWithoutARegistry() throws IOException {
    assertThat(found(Pattern.compile("(?m)^FROM \\S+"), text("Containerfile")))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).matches("FROM [a-z-]+:[a-z0-9.-]+"));
  }

  @Test
  void systemdFindsNoFaultWithTheUnit() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/java")), "which the unit starts");
    Process process;
    try {
      String unit = ROOT.resolve("deploy/im.service").toString();
      process =
          new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no systemd here");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(it -> it.contains("im.service"))).isEmpty();
  }
}
