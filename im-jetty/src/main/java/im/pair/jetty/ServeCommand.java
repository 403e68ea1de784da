package im.pair.jetty;

import static java.lang.System.Logger.Level.ERROR;

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
import picocli.CommandLine;
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
    description = "Runs the server.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ServeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

  /** The exit code of the JVM's own ExitOnOutOfMemoryError. */
  private static final int OUT_OF_MEMORY = 3;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AuthOptions auth = new AuthOptions();

  @Mixin private DoorOptions door = new DoorOptions();

  @Option(
      names = "--sends-per-second",
      paramLabel = "NUMBER",
      defaultValue = "20",
      converter = Rate.class,
      description =
          "messages of one user, with a burst of five times that, 0: no limit;"
              + " 20 if nothing is said")
  private int sendsPerSecond;

  @Mixin private AdminOption admin = new AdminOption();

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Override
  public Integer call() throws InterruptedException, IOException, StoreException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    ImServer.Builder builder = builder(line);
    ServerMetrics metrics = new ServerMetrics();
    MessageStore store = storeOptions.open(metrics);
    StoreCalls calls = new StoreCalls(store);
    PairRouter router =
        PairRouter.builder()
            .store(calls)
            .limits(Limits.DEFAULTS.withSendsPerSecond(sendsPerSecond))
            .listener(metrics)
            .build();
    ImServer server =
        builder
            .router(router)
            .storeCalls(calls)
            .readiness(() -> StoreOptions.probe(store))
            .wireListener(metrics)
            .endings(metrics)
            .metrics(metrics::scrape)
            .build();
    metrics.watch(server);
    metrics.watch(store);
    metrics.watchProcess();
    Runnable end = () -> end(server, router, store);
    try {
      server.start();
    } catch (IOException e) {
      end.run();
      String hint = e instanceof BindException ? "; choose another --port" + admin.orAnother() : "";
      throw new ParameterException(line, e.getMessage() + hint, e);
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          if (e instanceof OutOfMemoryError) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY); // what is left of it serves nobody
          }
          LOG.log(ERROR, "the thread " + thread.getName() + " failed", e);
        });
    Runtime.getRuntime().addShutdownHook(new Thread(end, "im-shutdown"));
    line.getOut()
        .println(
            "Pair IM is ready at "
                + door.address(server.port())
                + (builder.isClaimed()
                    ? " (for this machine only: identity is only claimed)"
                    : ""));
    admin.tell(LOG, server);
    new CountDownLatch(1).await();
    return 0;
  }

  private ImServer.Builder builder(CommandLine line) throws IOException {
    try {
      ImServer.Builder builder = ImServer.builder().authenticator(auth.open());
      door.apply(builder);
      admin.apply(builder);
      builder.check();
      return builder;
    } catch (OptionException e) {
      String source = ((Settings) line.getDefaultValueProvider()).source(line, e.option());
      throw new ParameterException(line, source + ": " + e.getMessage(), e);
    }
  }

  /** From the outside to the inside: what a client has sent is stored before the store ends. */
  private static void end(ImServer server, PairRouter router, MessageStore store) {
    server.close();
    router.close();
    StoreOptions.close(store);
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
