package im.pair.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The TypeScript compiler, in a page. */
final class TypeScript {
  private static final Pattern REFERENCE = Pattern.compile("<reference lib=\"([a-z0-9.]+)\"");

  /** What is said to the compiler. */
  private static final String OURS = "im/pair/browser/typescript.js";

  private final Webjar jar = Webjar.of("typescript");
  private final Map<String, String> libraries = new TreeMap<>();
  private final Page page;

  /** Loads it into a blank page. */
  TypeScript(Page page) {
    this.page = page;
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(jar.text("lib/typescript.js")));
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(Resource.text(OURS)));
    List.of("esnext", "dom", "dom.iterable").forEach(this::addLibrary);
  }

  private void addLibrary(String name) {
    String file = "lib." + name + ".d.ts";
    if (!libraries.containsKey("/" + file)) {
      String text = jar.text("lib/" + file);
      libraries.put("/" + file, text);
      Matcher references = REFERENCE.matcher(text);
      while (references.find()) {
        addLibrary(references.group(1));
      }
    }
  }

  /**
   * What it made of some sources.
   *
   * @param errors one a line, empty if there are none
   * @param declarations by the names of their files
   */
  record Compilation(String errors, Map<String, String> declarations) {}

  /** Compiles sources, by the names of their files. */
  Compilation compile(Map<String, String> sources) {
    List<?> result = (List<?>) call("compile", rooted(sources), libraries);
    return new Compilation(result.get(0).toString(), unrooted(result.get(1)));
  }

  /**
   * Leaves out of declarations what cannot be reached from some modules' exports, and members that
   * are internal.
   */
  Map<String, String> publish(Map<String, String> declarations, List<String> modules) {
    List<String> doors = modules.stream().map(name -> "/" + name + ".d.ts").toList();
    return unrooted(call("publish", rooted(declarations), libraries, doors));
  }

  private Object call(String function, Object... arguments) {
    return page.evaluate("(given) => " + function + "(...given)", arguments);
  }

  private static Map<String, String> rooted(Map<String, String> texts) {
    Map<String, String> rooted = new TreeMap<>();
    texts.forEach((name, text) -> rooted.put("/" + name, text));
    return rooted;
  }

  private static Map<String, String> unrooted(Object texts) {
    Map<String, String> unrooted = new TreeMap<>();
    ((Map<?, ?>) texts)
        .forEach((name, text) -> unrooted.put(name.toString().substring(1), text.toString()));
    return unrooted;
  }
}
