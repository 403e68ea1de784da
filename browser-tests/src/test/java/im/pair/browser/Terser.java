package im.pair.browser;

import com.microsoft.playwright.Page;

/** A minifier of scripts, in a page. */
final class Terser {
  private static final String MINIFY =
      "async (text) => (await Terser.minify(text, { module: true, ecma: 2020 })).code";

  private final Page page;

  /** Loads it into a blank page. */
  Terser(Page page) {
    this.page = page;
    String bundle = Webjar.of("terser").text("dist/bundle.min.js");
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(bundle));
  }

  String minify(String module) {
    return page.evaluate(MINIFY, module).toString();
  }
}
