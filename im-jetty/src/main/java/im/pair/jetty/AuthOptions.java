package im.pair.jetty;

import im.pair.wire.Authenticator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Who gets in, as the command line says it. Source: design §6. */
final class AuthOptions {
  private enum Mode {
    DEMO,
    JWT
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--auth",
      paramLabel = "MODE",
      defaultValue = "demo",
      converter = ToMode.class,
      description =
          "demo: who a client is is only claimed, so for this machine only; jwt: who shows a token"
              + " that is signed by one of the keys below; demo if nothing is said")
  private Mode mode = Mode.DEMO;

  @Mixin private SecretOption secret = new SecretOption();

  @Option(
      names = "--jwt-key",
      paramLabel = "FILE",
      converter = Main.FileName.class,
      description =
          "a public key or a certificate in PEM, for RS256, ES256 or EdDSA by the kind of the key")
  private @Nullable Path key;

  @Option(
      names = "--jwt-jwks",
      paramLabel = "FILE",
      converter = Main.FileName.class,
      description = "public keys as a JSON Web Key Set, which is read again when it changes")
  private @Nullable Path jwks;

  @Mixin private ClaimOptions claims = new ClaimOptions();

  AuthOptions() {}

  AuthOptions(SecretOption secret) {
    this.secret = secret;
  }

  /** Whether identity is only claimed. */
  boolean demo() {
    return mode == Mode.DEMO;
  }

  /**
   * What decides who gets in. Reads the keys.
   *
   * @throws ParameterException if the options do not go together
   * @throws IOException if a key cannot be read or used; the message is for people
   */
  Authenticator open() throws IOException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    List<String> given = new ArrayList<>(secret.given());
    if (key != null) {
      given.add("--jwt-key");
    }
    if (jwks != null) {
      given.add("--jwt-jwks");
    }
    if (demo()) {
      given.addAll(claims.given());
      if (!given.isEmpty()) {
        String names = String.join(" and ", given);
        throw new ParameterException(
            line, "--auth demo looks at no token: say --auth jwt, or leave out " + names);
      }
      return Authenticator.CLAIMED;
    }
    checkOne(line, given, "--jwt-secret-file, IM_JWT_SECRET, --jwt-key or --jwt-jwks");
    JwtAuthenticator.Builder builder = keys();
    if (claims.issuer() != null) {
      builder.issuer(claims.issuer());
    }
    if (claims.audience() != null) {
      builder.audience(claims.audience());
    }
    return builder.build();
  }

  private JwtAuthenticator.Builder keys() throws IOException {
    if (key != null) {
      return JwtAuthenticator.ofPublicKeyFile(key);
    }
    return jwks != null
        ? JwtAuthenticator.ofJwksFile(jwks)
        : JwtAuthenticator.ofSecret(secret.read());
  }

  /** Makes sure that one key was given: of two, nobody could say which counts. */
  static void checkOne(CommandLine line, List<String> given, String choice) {
    if (given.isEmpty()) {
      throw new ParameterException(line, "it takes a key: " + choice);
    }
    if (given.size() > 1) {
      throw new ParameterException(line, "it takes one key, not " + String.join(" and ", given));
    }
  }

  /** Reads a mode. */
  static final class ToMode implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String text) {
      return switch (text) {
        case "demo" -> Mode.DEMO;
        case "jwt" -> Mode.JWT;
        default -> throw new TypeConversionException("a mode is demo or jwt, not '" + text + "'");
      };
    }
  }
}
