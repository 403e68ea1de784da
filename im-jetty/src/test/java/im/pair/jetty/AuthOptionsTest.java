package im.pair.jetty;

import static im.pair.jetty.Tokens.show;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.UserId;
import im.pair.wire.Authenticator;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The options of who gets in: what goes together, and that {@code im token} makes what they take.
 */
@Timeout(60)
class AuthOptionsTest {
  private static final String SECRET = "the-secret-in-the-file-0123456789";
  private static final KeyPair EC = Tokens.ec("secp256r1");

  @TempDir Path directory;

  @BeforeEach
  void writeTheFiles() {
    Tokens.write(directory.resolve("secret"), SECRET, "\n");
    Tokens.write(directory.resolve("short"), "31-bytes-of-a-secret-0123456789\n");
    Tokens.publicKeyFile(directory.resolve("public.pem"), EC);
    Tokens.privateKeyFile(directory.resolve("private.pem"), EC);
    Tokens.write(directory.resolve("jwks.json"), Tokens.jwks(Tokens.jwk(EC.getPublic(), "")));
  }

  /** A command with the options, as {@code serve} has them. */
  @Command(name = "door")
  private static final class Door implements Callable<Integer> {
    @Mixin private final AuthOptions auth;
    private @Nullable Authenticator opened;

    Door(Map<String, String> environment) {
      auth = new AuthOptions(new SecretOption(environment));
    }

    @Override
    public Integer call() throws Exception {
      opened = auth.open();
      return 0;
    }
  }

  private static CommandRun run(Door door, String... args) {
    CommandLine line = Main.commandLine(Map.of());
    line.addSubcommand(door);
    line.setParameterExceptionHandler(line.getParameterExceptionHandler())
        .setExecutionExceptionHandler(line.getExecutionExceptionHandler());
    String[] all = new String[args.length + 1];
    all[0] = "door";
    System.arraycopy(args, 0, all, 1, args.length);
    return CommandRun.of(line, all);
  }

  private static Authenticator open(Map<String, String> environment, String... args) {
    Door door = new Door(environment);
    CommandRun run = run(door, args);
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
    return door.opened;
  }

  /** The words of a line, with files for the names after an @. */
  private String[] words(String line) {
    return line.replace("@", directory + "/").split(" +");
  }

  private CommandRun mint(String line) {
    return CommandRun.of(Main.commandLine(Map.of()), words("token --user alice " + line));
  }

  @Test
  void withoutAWordItIsTheDemo() {
    Door door = new Door(Map.of());

    assertThat(run(door).code()).isZero();
    assertThat(door.auth.demo()).isTrue();
    assertThat(door.opened).isSameAs(Authenticator.CLAIMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--jwt-secret-file @secret | --jwt-secret-file @secret",
        "--jwt-private-key @private.pem | --jwt-key @public.pem",
        "--jwt-private-key @private.pem | --jwt-jwks @jwks.json",
        "--jwt-secret-file @secret --jwt-issuer shop --jwt-audience im"
            + " | --jwt-secret-file @secret --jwt-issuer shop --jwt-audience im",
      })
  void aTokenFromTheCommandLineGetsIn(String minted, String opened) {
    CommandRun run = mint(minted);
    Authenticator door = open(Map.of(), words("--auth jwt " + opened));

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(show(door, run.out().strip()).user()).isEqualTo(new UserId("alice"));
  }

  @Test
  void theSecretMayStandInTheEnvironment() {
    String token = mint("--jwt-secret-file @secret").out().strip();

    assertThat(show(open(Map.of("IM_JWT_SECRET", SECRET), "--auth", "jwt"), token)).isNotNull();
    assertThat(show(open(Map.of("IM_JWT_SECRET", SECRET + "\r\n"), "--auth", "jwt"), token))
        .isNotNull();
    assertThat(show(open(Map.of("IM_JWT_SECRET", SECRET + "\n\n"), "--auth", "jwt"), token))
        .isNull();
    assertThat(open(Map.of("IM_JWT_SECRET", ""), "--auth", "demo")).isSameAs(Authenticator.CLAIMED);
  }

  @Test
  void issuerAndAudienceAreAskedFor() {
    Authenticator door =
        open(
            Map.of(),
            words("--auth jwt --jwt-secret-file @secret --jwt-issuer shop --jwt-audience im"));

    assertThat(show(door, mint("--jwt-secret-file @secret").out().strip())).isNull();
    assertThat(show(door, mint("--jwt-secret-file @secret --jwt-issuer shop").out().strip()))
        .isNull();
    assertThat(
            show(
                door,
                mint("--jwt-secret-file @secret --jwt-issuer pub --jwt-audience im").out().strip()))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--auth ldap | demo or jwt, not 'ldap'",
        "--auth= | demo or jwt",
        "--auth JWT | demo or jwt",
        "--auth jwt | it takes a key: --jwt-secret-file, IM_JWT_SECRET, --jwt-key or --jwt-jwks",
        "--auth jwt --jwt-key @public.pem --jwt-jwks @jwks.json | not --jwt-key and --jwt-jwks",
        "--auth jwt --jwt-secret-file @secret --jwt-key @public.pem | one key",
        "--jwt-key @public.pem | say --auth jwt, or leave out --jwt-key",
        "--auth demo --jwt-secret-file @secret | leave out --jwt-secret-file",
        "--auth demo --jwt-issuer shop | leave out --jwt-issuer",
        "--auth jwt --jwt-secret-file @none | none is not there",
        "--auth jwt --jwt-secret-file= | a file has a name",
        "--auth jwt --jwt-key= | a file has a name",
        "--auth jwt --jwt-jwks= | a file has a name",
        "--auth jwt --jwt-key @public.pem --jwt-issuer= | a name is not empty",
        "--auth jwt --jwt-key @public.pem --jwt-audience= | a name is not empty",
        "--auth jwt --jwt-secret-file @short | short has 31 bytes and needs at least 32",
        "--auth jwt --jwt-key @private.pem | holds a private key",
        "--auth jwt --jwt-key @secret | secret is no PEM file",
        "--auth jwt --jwt-key @none | none is not there",
        "--auth jwt --jwt-jwks @secret | cannot be used as a JWKS",
        "--auth jwt --jwt-jwks @none | none is not there",
        "--auth jwt --jwt-secret " + SECRET + " | --jwt-secret",
      })
  void whatDoesNotGoTogetherIsSaidInOneLineWithExitCode2(String line, String words) {
    CommandRun run = run(new Door(Map.of()), words(line));

    run.assertWrong(words);
    if (!line.contains(SECRET)) {
      assertThat(run.err()).doesNotContain("0123456789");
    }
  }

  @Test
  void aSecretInTheEnvironmentCountsAsAKey() {
    Map<String, String> environment = Map.of("IM_JWT_SECRET", SECRET);

    run(new Door(environment)).assertWrong("leave out IM_JWT_SECRET");
    run(new Door(environment), words("--auth jwt --jwt-key @public.pem"))
        .assertWrong("not IM_JWT_SECRET and --jwt-key");
    run(new Door(Map.of("IM_JWT_SECRET", "short")), "--auth", "jwt")
        .assertWrong("the secret in IM_JWT_SECRET has 5 bytes");
  }
}
