package im.pair.jetty;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the server listens and which pages it lets in, as the command line says it. */
final class DoorOptions {
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "where to listen; with --auth demo 127.0.0.1, localhost or ::1;"
              + " 127.0.0.1 if nothing is said")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8001",
      converter = Port.class,
      description = "0 to 65535, 0: any that is free; 8001 if nothing is said")
  private int port;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "lets in pages of this origin too, as https://app.example; may be said several times,"
              + " or with commas")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--classic",
      paramLabel = "on|off",
      converter = OnOff.Converter.class,
      description = "the classic protocol; on with --auth demo, else off and never on")
  private @Nullable OnOff classic;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      converter = Main.FileName.class,
      description = "speaks TLS: the certificate and those that lead to its root, PEM")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      converter = Main.FileName.class,
      description =
          "the certificate's key, PEM, without a password; both are read again when they"
              + " change")
  private @Nullable Path key;

  @Option(
      names = "--plaintext",
      paramLabel = "on|off",
      arity = "0..1",
      fallbackValue = "on",
      defaultValue = "off",
      converter = OnOff.Converter.class,
      description = "a proxy in front ends TLS, so listen without it everywhere; off if not said")
  private OnOff plaintext = OnOff.OFF;

  /**
   * Says it to a server.
   *
   * @throws OptionException if something does not go together
   */
  void apply(ImServer.Builder builder) {
    builder.host(host).port(port).plaintext(plaintext.isOn());
    if (plaintext.isOn()) {
      ServerLimits limits = ServerLimits.DEFAULTS;
      builder.limits(limits.withConnections(limits.connections(), 0)); // all come from the proxy
    }
    origins.forEach(origin -> builder.origin(origin.strip()));
    if (classic != null) {
      builder.classic(classic.isOn());
    }
    if (certificate != null && key != null) {
      builder.tls(certificate, key);
    } else if (certificate != null) {
      throw new OptionException("tls-cert", "a certificate needs its key, --tls-key");
    } else if (key != null) {
      throw new OptionException("tls-key", "a key needs its certificate, --tls-cert");
    }
  }

  /** The address to open in a browser. */
  String address(int listensAt) {
    String name = EVERYWHERE.contains(host) ? "localhost" : host;
    boolean isBare = name.contains(":") && !name.startsWith("[");
    return (certificate == null ? "http://" : "https://")
        + (isBare ? "[" + name + "]" : name)
        + ":"
        + listensAt
        + "/";
  }

  /** Reads a port number. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
        return Integer.valueOf(text);
      }
      throw new TypeConversionException("a port is a number from 0 to 65535, not '" + text + "'");
    }
  }
}
