package im.pair.jetty;

import im.pair.core.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Mints a token for trying out, and prints it alone. Source: design §6. */
@Command(
    name = "token",
    description = {
      "Prints a token for a user, for trying out a server that runs with --auth jwt.",
      "It is signed with the server's secret, or with the private key to the server's public one."
          + " To make a secret:",
      "  openssl rand -base64 48 > FILE",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class TokenCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--user",
      paramLabel = "USER",
      required = true,
      converter = ToUser.class,
      description = "whose token it is")
  private @Nullable UserId user;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = ToTime.class,
      description = "how long it is good: like 90s, 15m, 1h, 7d; 1h if nothing is said")
  private Duration ttl = Duration.ZERO;

  @Mixin private SecretOption secret = new SecretOption();

  @Option(
      names = "--jwt-private-key",
      paramLabel = "FILE",
      converter = Main.FileName.class,
      description = "a private key in PEM (PKCS#8), for RS256, ES256 or EdDSA by its kind")
  private @Nullable Path privateKey;

  @Mixin private ClaimOptions claims = new ClaimOptions();

  @Override
  public Integer call() throws IOException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    List<String> given = new ArrayList<>(secret.given());
    if (privateKey != null) {
      given.add("--jwt-private-key");
    }
    AuthOptions.checkOne(line, given, "--jwt-secret-file, IM_JWT_SECRET or --jwt-private-key");
    String token =
        mint()
            .token(
                Objects.requireNonNull(user),
                InstantSource.system().instant(),
                ttl,
                claims.issuer(),
                claims.audience());
    line.getOut().println(token);
    return 0;
  }

  private JwtMint mint() throws IOException {
    if (privateKey == null) {
      return JwtMint.ofSecret(secret.read());
    }
    try {
      return JwtMint.ofPrivateKey(PemFile.read(privateKey).privateKey());
    } catch (IllegalArgumentException e) {
      throw new IOException(privateKey + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Reads a user's name. */
  static final class ToUser implements ITypeConverter<UserId> {
    @Override
    public UserId convert(String text) {
      if (!UserId.isValid(text)) {
        throw new TypeConversionException(
            "a user is 1 to 64 of A-Z a-z 0-9 . _ - @ : + with a letter or a digit at both ends,"
                + " not '"
                + text
                + "'");
      }
      return new UserId(text);
    }
  }

  /** Reads a length of time. */
  static final class ToTime implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(365);

    @Override
    public Duration convert(String text) {
      Matcher matcher = TIME.matcher(text);
      if (matcher.matches()) {
        long number = Long.parseLong(matcher.group(1));
        Duration time =
            switch (matcher.group(2)) {
              case "s" -> Duration.ofSeconds(number);
              case "m" -> Duration.ofMinutes(number);
              case "h" -> Duration.ofHours(number);
              default -> Duration.ofDays(number);
            };
        if (time.compareTo(LONGEST) <= 0) {
          return time;
        }
      }
      throw new TypeConversionException(
          "a time is like 90s, 15m, 1h or 7d, up to 365d, not '" + text + "'");
    }
  }
}
