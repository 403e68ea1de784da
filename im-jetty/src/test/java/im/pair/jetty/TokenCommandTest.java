package im.pair.jetty;

import static im.pair.jetty.Tokens.show;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.UserId;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
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

/** Tokens from the command line. That the server's options take them: {@link AuthOptionsTest}. */
@Timeout(60)
class TokenCommandTest {
  private static final String SECRET = "the-secret-in-the-file-0123456789";
  private static final Pattern TIMES = Pattern.compile("\"(exp|iat)\":(\\d+)");

  @TempDir Path directory;

  @BeforeEach
  void writeTheFiles() {
    KeyPair pair = Tokens.ec("secp256r1");
    Tokens.write(directory.resolve("secret"), SECRET, "\n");
    Tokens.write(directory.resolve("short"), "31-bytes-of-a-secret-0123456789\n");
    Tokens.publicKeyFile(directory.resolve("public.pem"), pair);
    Tokens.privateKeyFile(directory.resolve("private.pem"), pair);
  }

  /** The words of a line, with files for the names after an @. */
  private String[] words(String line) {
    return line.replace("@", directory + "/").split(" +");
  }

  private CommandRun mint(String line) {
    return CommandRun.of(Main.commandLine(Map.of()), words("token --user alice " + line));
  }

  @Test
  void itPrintsTheTokenAlone() {
    CommandRun run = mint("--jwt-secret-file @secret --jwt-issuer shop --jwt-audience im");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
    assertThat(claims(run.out()))
        .contains("\"sub\":\"alice\"", "\"iss\":\"shop\"", "\"aud\":\"im\"");
  }

  @Test
  void issuerAndAudienceAreLeftOutIfTheyAreNotSaid() {
    assertThat(claims(mint("--jwt-secret-file @secret").out())).doesNotContain("iss", "aud");
  }

  @ParameterizedTest
  @CsvSource({"'', 3600", "90s, 90", "15m, 900", "2h, 7200", "7d, 604800", "365d, 31536000"})
  void itExpiresAfterTheTimeThatIsSaid(String ttl, long seconds) {
    String token = mint("--jwt-secret-file @secret" + (ttl.isEmpty() ? "" : " --ttl " + ttl)).out();

    Matcher times = TIMES.matcher(claims(token));
    Map<String, Long> found = new HashMap<>();
    while (times.find()) {
      found.put(times.group(1), Long.valueOf(times.group(2)));
    }
    assertThat(found.get("exp") - found.get("iat")).isEqualTo(seconds);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void allButTheUserMayComeFromTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of("IM_JWT_SECRET", SECRET, "IM_JWT_ISSUER", "shop", "IM_JWT_AUDIENCE", "im");
    Process process = MainTest.spawn(environment, "token", "--user", "alice");
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(err).isEmpty();
    JwtAuthenticator door =
        JwtAuthenticator.ofSecret(SECRET.getBytes(UTF_8)).issuer("shop").audience("im").build();
    assertThat(show(door, out.strip()).user()).isEqualTo(new UserId("alice"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token --jwt-secret-file @secret | --user",
        "token --user alice | it takes a key: --jwt-secret-file, IM_JWT_SECRET or --jwt-private-key",
        "token --user alice --jwt-secret-file @secret --jwt-private-key @private.pem | one key",
        "token --user -alice --jwt-secret-file @secret | A-Z",
        "token --user al/ice --jwt-secret-file @secret | not 'al/ice'",
        "token --user= --jwt-secret-file @secret | 1 to 64",
        "token --user alice --jwt-secret-file @short | 31 bytes",
        "token --user alice --jwt-secret-file @none | none is not there",
        "token --user alice --jwt-private-key @public.pem | one block PRIVATE KEY",
        "token --user alice --jwt-private-key @secret | secret is no PEM file",
        "token --user alice --jwt-secret-file @secret --ttl 0s | like 90s, 15m, 1h or 7d",
        "token --user alice --jwt-secret-file @secret --ttl 1 | not '1'",
        "token --user alice --jwt-secret-file @secret --ttl 1w | not '1w'",
        "token --user alice --jwt-secret-file @secret --ttl -1h | --ttl",
        "token --user alice --jwt-secret-file @secret --ttl 366d | up to 365d",
        "token --user alice --jwt-secret-file @secret --ttl 999999999d | up to 365d",
        "token --user alice --jwt-secret-file @secret --ttl 1e9d | not '1e9d'",
        "token --user alice --jwt-secret-file @secret --jwt-issuer= | not empty",
        "token --user alice bob --jwt-secret-file @secret | bob",
      })
  void aTokenThatCannotBeMadeIsSaidInOneLineWithExitCode2(String line, String words) {
    CommandRun run = CommandRun.of(Main.commandLine(Map.of()), words(line));

    run.assertWrong(words);
    assertThat(run.err()).doesNotContain("0123456789");
  }

  @Test
  void aWeakPrivateKeySignsNothing() {
    Path file = Tokens.privateKeyFile(directory.resolve("weak.pem"), Tokens.rsa(1024));

    mint("--jwt-private-key " + file).assertWrong("at least 2048 bits");
  }

  @ParameterizedTest
  @CsvSource({"RSA, RS256", "EC, ES256", "Ed25519, EdDSA"})
  void aPrivateKeySignsByItsKind(String kind, String alg) {
    KeyPair pair = kind.equals("EC") ? Tokens.ec("secp256r1") : Tokens.of(kind);
    Path file = Tokens.privateKeyFile(directory.resolve("own.pem"), pair);

    String token = mint("--jwt-private-key " + file).out().strip();

    assertThat(header(token)).isEqualTo("{\"typ\":\"JWT\",\"alg\":\"" + alg + "\"}");
    assertThat(show(JwtAuthenticator.ofPublicKey(pair.getPublic()).build(), token)).isNotNull();
  }

  private static String header(String token) {
    return part(token, 0);
  }

  private static String claims(String token) {
    return part(token, 1);
  }

  private static String part(String token, int number) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]), UTF_8);
  }

  @Test
  void theHelpSaysHowToMakeASecret() {
    CommandRun run = CommandRun.of(Main.commandLine(Map.of()), "token", "--help");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Usage: im token", "openssl rand -base64 48 > FILE", "32", "--ttl", "1h");
  }
}
