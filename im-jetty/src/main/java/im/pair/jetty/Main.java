package im.pair.jetty;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The launcher: {@code java -jar im-jetty-VERSION-app.jar serve}. What is wrong is said in one line
 * on standard error, with exit code 2. Source: design §6.
 */
@Command(
    name = "im",
    description = "One-to-one messaging over WebSocket.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {ServeCommand.class, EpochCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  Main() {}

  /** Runs a command and ends the process. */
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler((e, line, parsed) -> wrong(line, e.getMessage()));
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  private static int wrongUse(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String hint = " (see " + line.getCommandSpec().qualifiedName() + " --help)";
    return wrong(line, e.getMessage() + hint);
  }

  private static int wrong(CommandLine line, @Nullable String what) {
    line.getErr().println("im: " + String.valueOf(what).replaceAll("\\s*\\R\\s*", " "));
    return CommandLine.ExitCode.USAGE;
  }

  /** The version as it stands in the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"im " + (version == null ? "development" : version)};
    }
  }
}
