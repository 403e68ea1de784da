package im.pair.jetty;

import static java.lang.System.Logger.Level.INFO;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where those who run the server ask it, as the command line says it. */
final class AdminOption {
  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      converter = DoorOptions.Port.class,
      description =
          "/healthz, /readyz and /metrics on a port of its own, 0: any that is free;"
              + " on --port, for this machine alone, if nothing is said")
  private @Nullable Integer port;

  void apply(ImServer.Builder builder) {
    if (port != null) {
      builder.adminPort(port);
    }
  }

  /** The other option to look at when a port is taken. */
  String orAnother() {
    return port == null ? "" : " or --admin-port";
  }

  /** Says where that is; standard output is the one line for users. */
  void tell(System.Logger log, ImServer server) {
    if (port != null) {
      log.log(INFO, "health and metrics are at port {0}", String.valueOf(server.adminPort()));
    }
  }
}
