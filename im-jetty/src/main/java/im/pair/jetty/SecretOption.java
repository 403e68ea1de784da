package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The secret of HS256: in a file that the command line names, or in the environment. No option
 * holds it itself, since everybody on a machine may read the command lines of all.
 */
final class SecretOption {
  private static final String FLAG = "--jwt-secret-file";
  private static final String VARIABLE = "IM_JWT_SECRET";

  @Option(
      names = FLAG,
      paramLabel = "FILE",
      converter = Main.FileName.class,
      description =
          "a secret for HS256: what the file holds, at least 32 bytes, without the line break at"
              + " its end; or the secret itself in the environment, as IM_JWT_SECRET")
  private @Nullable Path file;

  private final Map<String, String> environment;

  SecretOption() {
    this(System.getenv());
  }

  SecretOption(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Where a secret is, by name: none, one or two. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    if (file != null) {
      given.add(FLAG);
    }
    if (!inEnvironment().isEmpty()) {
      given.add(VARIABLE);
    }
    return given;
  }

  private String inEnvironment() {
    return environment.getOrDefault(VARIABLE, "");
  }

  /**
   * The one that is given.
   *
   * @throws IOException if it cannot be read or is too short; the message is for people
   */
  byte[] read() throws IOException {
    byte[] secret =
        withoutLineBreak(file == null ? inEnvironment().getBytes(UTF_8) : KeyFile.read(file));
    if (secret.length < JwtKey.MIN_SECRET_BYTES) {
      throw new IOException(
          "the secret in "
              + (file == null ? VARIABLE : file)
              + " has "
              + secret.length
              + " bytes and needs at least "
              + JwtKey.MIN_SECRET_BYTES
              + "; openssl rand -base64 48 makes one");
    }
    return secret;
  }

  private static byte[] withoutLineBreak(byte[] text) {
    int end = text.length;
    if (end > 0 && text[end - 1] == '\n') {
      end--;
      if (end > 0 && text[end - 1] == '\r') {
        end--;
      }
    }
    return Arrays.copyOf(text, end);
  }
}
