package im.pair.jetty;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The launcher: {@code java -jar im-jetty-VERSION-app.jar serve}. What is wrong is said in one line
 * on standard error, with exit code 2. Source: design §6.
 */
@Command(
    name = "im",
    description = "One-to-one messaging over WebSocket.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {ServeCommand.class, EpochCommand.class, TokenCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--" + Settings.CONFIG,
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      converter = FileName.class,
      description =
          "what neither the command line (--port=1) nor the environment (IM_PORT=1) says is looked"
              + " for in this file (port=1); or IM_CONFIG")
  private @Nullable Path config;

  Main() {}

  /** The file of settings, if the command line names one. */
  @Nullable Path config() {
    return config;
  }

  /** Runs a command and ends the process. */
  public static void main(String... args) {
    System.exit(commandLine(System.getenv()).execute(args));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Main())
        .setDefaultValueProvider(new Settings(environment))
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
    String what =
        e.getArgSpec() instanceof OptionSpec option
                && e.getCause() instanceof TypeConversionException cause
            ? option.longestName() + ": " + cause.getMessage()
            : e.getMessage();
    return wrong(line, what + hint);
  }

  private static int wrong(CommandLine line, @Nullable String what) {
    line.getErr().println("im: " + String.valueOf(what).replaceAll("\\s*\\R\\s*", " "));
    return CommandLine.ExitCode.USAGE;
  }

  /** Reads the name of a file. */
  static final class FileName implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("a file has a name");
      }
      return Path.of(text);
    }
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
