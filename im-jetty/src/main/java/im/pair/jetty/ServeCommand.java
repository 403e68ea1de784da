package im.pair.jetty;

import im.pair.core.Limits;
import im.pair.core.MessageStore;
import im.pair.core.PairRouter;
import im.pair.jdbc.StoreException;
import java.io.IOException;
import java.net.BindException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs a server until the process is told to end. */
@Command(
    name = "serve",
    description = {
      "Runs the server.",
      "Identity is only claimed, so it listens on loopback only.",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:IM_HOST:-127.0.0.1}",
      description = "127.0.0.1, localhost or ::1; or IM_HOST; 127.0.0.1 if nothing is said")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:IM_PORT:-8001}",
      converter = Port.class,
      description = "0 to 65535, 0: any that is free; or IM_PORT; 8001 if nothing is said")
  private int port;

  @Option(
      names = "--sends-per-second",
      paramLabel = "NUMBER",
      defaultValue = "${env:IM_SENDS_PER_SECOND:-20}",
      converter = Rate.class,
      description =
          "messages of one user, with a burst of five times that, 0: no limit;"
              + " or IM_SENDS_PER_SECOND; 20 if nothing is said")
  private int sendsPerSecond;

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Override
  public Integer call() throws InterruptedException, StoreException {
    CommandSpec command = Objects.requireNonNull(spec);
    ImServer.Builder builder = builder(command);
    MessageStore store = storeOptions.open();
    PairRouter router =
        PairRouter.builder()
            .store(store)
            .limits(Limits.DEFAULTS.withSendsPerSecond(sendsPerSecond))
            .build();
    ImServer server = builder.router(router).build();
    Runnable end = () -> end(server, router, store);
    try {
      server.start();
    } catch (BindException e) {
      end.run();
      throw new ParameterException(
          command.commandLine(), e.getMessage() + "; choose another --port", e);
    } catch (IOException e) {
      end.run();
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(end, "im-shutdown"));
    String address = "http://" + (host.equals("::1") ? "[::1]" : host) + ":" + server.port() + "/";
    command
        .commandLine()
        .getOut()
        .println(
            "Pair IM is ready at "
                + address
                + " (for this machine only: identity is only claimed)");
    new CountDownLatch(1).await();
    return 0;
  }

  private ImServer.Builder builder(CommandSpec command) {
    try {
      ImServer.Builder builder = ImServer.builder().host(host).port(port);
      builder.check();
      return builder;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--host: " + e.getMessage(), e);
    }
  }

  /** From the outside to the inside: what a client has sent is stored before the store ends. */
  private static void end(ImServer server, PairRouter router, MessageStore store) {
    server.close();
    router.close();
    StoreOptions.close(store);
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

  /** Reads a number of sends per second. */
  static final class Rate implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("[0-9]{1,6}")) {
        return Integer.valueOf(text);
      }
      throw new TypeConversionException("a rate is a number from 0 to 999999, not '" + text + "'");
    }
  }
}
