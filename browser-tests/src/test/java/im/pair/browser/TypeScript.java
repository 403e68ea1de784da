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
  private static final String COMPILE =
      """
      ([sources, libraries]) => {
        const texts = { ...sources, ...libraries };
        const declarations = {};
        const host = {
          fileExists: (name) => name in texts,
          readFile: (name) => texts[name],
          getSourceFile: (name, options) =>
            name in texts ? ts.createSourceFile(name, texts[name], options) : undefined,
          writeFile: (name, text) => { declarations[name] = text; },
          getCurrentDirectory: () => "/",
          getDefaultLibFileName: () => "/lib.d.ts",
          getCanonicalFileName: (name) => name,
          useCaseSensitiveFileNames: () => true,
          getNewLine: () => "\\n",
        };
        const program = ts.createProgram(Object.keys(sources), {
          strict: true,
          allowJs: true,
          checkJs: true,
          declaration: true,
          emitDeclarationOnly: true,
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ESNext,
          moduleResolution: ts.ModuleResolutionKind.Bundler,
          lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
          types: [],
        }, host);
        const emitted = program.emit();
        const errors = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics];
        return [ts.formatDiagnostics(errors, host), declarations];
      }
      """;

  private final Webjar jar = Webjar.of("typescript");
  private final Map<String, String> libraries = new TreeMap<>();
  private final Page page;

  /** Loads it into a blank page. */
  TypeScript(Page page) {
    this.page = page;
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(jar.text("lib/typescript.js")));
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
    Map<String, String> rooted = new TreeMap<>();
    sources.forEach((name, text) -> rooted.put("/" + name, text));
    List<?> result = (List<?>) page.evaluate(COMPILE, List.of(rooted, libraries));
    Map<String, String> declarations = new TreeMap<>();
    ((Map<?, ?>) result.get(1))
        .forEach((name, text) -> declarations.put(name.toString().substring(1), text.toString()));
    return new Compilation(result.get(0).toString(), declarations);
  }
}
