package im.pair.jetty;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who makes tokens and for whom, as the command line says it. */
final class ClaimOptions {
  @Option(
      names = "--jwt-issuer",
      paramLabel = "NAME",
      converter = ToName.class,
      description = "who makes the tokens, their iss; left out if nothing is said")
  private @Nullable String issuer;

  @Option(
      names = "--jwt-audience",
      paramLabel = "NAME",
      converter = ToName.class,
      description = "whom they are for, their aud; left out if nothing is said")
  private @Nullable String audience;

  @Nullable String issuer() {
    return issuer;
  }

  @Nullable String audience() {
    return audience;
  }

  /** Those that were said, by name. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    if (issuer != null) {
      given.add("--jwt-issuer");
    }
    if (audience != null) {
      given.add("--jwt-audience");
    }
    return given;
  }

  /** Reads a name: an empty one would look as if it were checked. */
  static final class ToName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("a name is not empty");
      }
      return text;
    }
  }
}
