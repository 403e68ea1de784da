package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code im serve --auth jwt}: what does not go together with it, and who gets in. */
@Timeout(60)
class ServeJwtTest {
  private static final String SECRET = "the-secret-in-the-file-0123456789";

  @TempDir private Path directory;
  private String secret;

  @BeforeEach
  void writeTheSecret() {
    Path file = directory.resolve("secret");
    Tokens.write(file, SECRET, "\n");
    secret = file.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--classic on             | --classic: in the classic protocol everybody is who he says",
        "--host 0.0.0.0           | --host: without TLS others could read along at 0.0.0.0",
        "--host ::                | --host: without TLS others could read along at ::",
        "--tls-cert no --tls-key no --host 192.0.2.1 --store memory | no is not there",
        "--host host.invalid --plaintext --store memory | there is no host of that name",
      })
  void whatDoesNotGoTogetherWithItIsSaidInOneLineWithExitCode2(String options, String words) {
    String line = "serve --auth jwt --jwt-secret-file " + secret + " --port 0 " + options;

    CommandRun.of(Main.commandLine(Map.of()), line.split(" ")).assertWrong(words);
  }

  @Test
  void keysAreReadBeforeAnythingElseIsDone() {
    CommandRun.of(Main.commandLine(Map.of("IM_AUTH", "jwt", "IM_PORT", "0")), "serve")
        .assertWrong("it takes a key");
    CommandRun.of(Main.commandLine(Map.of("IM_AUTH", "ldap")), "serve")
        .assertWrong("IM_AUTH: a mode is demo or jwt, not 'ldap'");
  }

  @Test
  void whoShowsATokenOfImTokenGetsInAndNobodyElse() throws Exception {
    String token =
        CommandRun.of(
                Main.commandLine(Map.of("IM_JWT_SECRET_FILE", secret)), "token", "--user", "alice")
            .out()
            .strip();
    String[] options = {"--store=memory", "--port=0", "--auth=jwt", "--jwt-secret-file=" + secret};
    try (ServerProcess server = ServerProcess.start(directory, options);
        V1Client alice = V1Client.open(server.port());
        V1Client nobody = V1Client.open(server.port())) {
      alice.say("{'type':'hello','token':'" + token + "'}");
      nobody.say("{'type':'hello','user':'alice'}");

      assertThat(alice.next().path("user").asText()).isEqualTo("alice");
      assertThat(nobody.next().path("code").asText()).isEqualTo("unauthenticated");
      assertThat(HttpReply.upgrade(server.port(), "chat.example").status()).isEqualTo(400);
      assertThat(server.said()).endsWith("/").doesNotContain("claimed");
      assertThat(server.errors()).isEmpty();
    }
  }
}
