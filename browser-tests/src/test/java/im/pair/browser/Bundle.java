package im.pair.browser;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Modules in one, as a bundler would write them: to be measured, not to be run. It has what modules
 * that are loaded later import from it.
 */
final class Bundle {
  private static final Pattern IMPORT =
      Pattern.compile(
          "^import\\s+(?:\\{([^}]*)\\}\\s+from\\s+)?\"\\./([^\"]+)\";\n?", Pattern.MULTILINE);

  private static final Pattern DECLARATION =
      Pattern.compile(
          "^(?:export )?(?:async )?(?:const|let|class|function) (\\w+)", Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export (?:\\{[^}]*\\};)?", Pattern.MULTILINE);

  private final Map<String, String> modules;
  private final Set<String> inOrder = new LinkedHashSet<>();
  private final Set<String> taken = new TreeSet<>();

  private Bundle(Map<String, String> modules) {
    this.modules = modules;
  }

  /**
   * @param modules those that belong together, by their names
   * @param later others that import from them
   */
  static String of(Map<String, String> modules, Collection<String> later) {
    Bundle bundle = new Bundle(modules);
    modules.keySet().forEach(bundle::add);
    Stream<String> texts = bundle.inOrder.stream().map(bundle::within);
    String exported =
        later.stream()
            .flatMap(text -> IMPORT.matcher(text).results())
            .filter(found -> found.group(1) != null && modules.containsKey(found.group(2)))
            .flatMap(found -> Stream.of(found.group(1).split(",")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return Stream.concat(texts, Stream.of("export { " + exported + " };"))
        .collect(Collectors.joining("\n"));
  }

  private void add(String name) {
    if (modules.containsKey(name) && !inOrder.contains(name)) {
      imports(name).stream().map(found -> found.group(2)).forEach(this::add);
      inOrder.add(name);
    }
  }

  private List<MatchResult> imports(String name) {
    return IMPORT.matcher(modules.get(name)).results().toList();
  }

  /** Without what makes it a module, and with no name that another one has at its top. */
  private String within(String name) {
    String text = EXPORT.matcher(IMPORT.matcher(modules.get(name)).replaceAll("")).replaceAll("");
    List<String> names = DECLARATION.matcher(text).results().map(found -> found.group(1)).toList();
    for (String each : names) {
      if (!taken.add(each)) {
        text = text.replaceAll("\\b" + each + "\\b", each + "_");
      }
    }
    return text;
  }
}
