package im.pair.jetty;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What the command line does not say: an option is looked for in the environment, as {@code
 * IM_SENDS_PER_SECOND}, and then in the file that {@code --config} or {@code IM_CONFIG} names, as
 * {@code sends-per-second}. A value that is wrong is said to be so under the name that it has where
 * it stands. Source: design §6.
 */
final class Settings implements IDefaultValueProvider {
  /** The option that names the file; it cannot stand in the file. */
  static final String CONFIG = "config";

  private static final String DASHES = "--";

  private final Map<String, String> environment;
  private @Nullable SettingsFile file; // of the last look

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** A value and the name under which it was found. */
  private record Found(String value, String source) {}

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    CommandSpec command = arg.command();
    if (command == null || !(arg instanceof OptionSpec option) || !isSetting(option)) {
      return null;
    }
    if (isHelpAsked(command)) {
      return null; // it is given whatever else is wrong
    }
    Found found = find(command, name(option));
    if (found == null) {
      return null;
    }
    check(option, found);
    return found.value().replace("$", "$$"); // else picocli replaces what looks like a variable
  }

  /** How an option's value is called where it comes from. */
  String source(CommandLine line, String name) {
    boolean isSaid = line.getParseResult().hasMatchedOption(DASHES + name);
    Found found = isSaid ? null : find(line.getCommandSpec(), name);
    return found == null ? DASHES + name : found.source();
  }

  private @Nullable Found find(CommandSpec command, String name) {
    String variable = variable(name);
    String value = environment.getOrDefault(variable, "");
    if (!value.isEmpty()) {
      return new Found(value, variable);
    }
    SettingsFile settings = file(command);
    String line = settings == null ? null : settings.values().get(name);
    return settings == null || line == null ? null : new Found(line, settings.path() + ": " + name);
  }

  private @Nullable SettingsFile file(CommandSpec command) {
    Path said = ((Main) command.root().userObject()).config();
    String source = said == null ? variable(CONFIG) : DASHES + CONFIG;
    String name = said == null ? environment.getOrDefault(source, "") : said.toString();
    if (name.isEmpty()) {
      return null;
    }
    Path path = Path.of(name);
    if (file == null || !file.path().equals(path)) {
      try {
        file = SettingsFile.read(path, names(command.root().commandLine()));
      } catch (SettingsFile.BadFileException e) {
        throw new ParameterException(command.commandLine(), source + ": " + e.getMessage(), e);
      }
    }
    return file;
  }

  /** The options of all commands: a file may serve several. */
  private static Set<String> names(CommandLine line) {
    Set<String> names = new HashSet<>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (isSetting(option)) {
        names.add(name(option));
      }
    }
    line.getSubcommands().values().forEach(command -> names.addAll(names(command)));
    return names;
  }

  private static boolean isSetting(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !name(option).equals(CONFIG);
  }

  private static boolean isHelpAsked(CommandSpec command) {
    for (CommandLine line = command.commandLine(); line != null; line = line.getParent()) {
      if (line.isUsageHelpRequested() || line.isVersionHelpRequested()) {
        return true;
      }
    }
    return false;
  }

  private static void check(OptionSpec option, Found found) {
    String regex = option.splitRegex();
    String[] parts =
        regex.isEmpty() ? new String[] {found.value()} : found.value().split(regex, -1);
    for (ITypeConverter<?> converter : option.converters()) {
      for (String part : parts) {
        try {
          converter.convert(part);
        } catch (Exception e) {
          throw new ParameterException(
              option.command().commandLine(), found.source() + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(DASHES.length());
  }

  private static String variable(String name) {
    return "IM_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
