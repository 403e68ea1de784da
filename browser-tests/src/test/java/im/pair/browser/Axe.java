package im.pair.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Collectors;

/** What axe finds in a page: WCAG 2.2 AA, and what is good practice. */
final class Axe {
  private static final String SCRIPT = Resource.text("axe.min.js");
  private static final String RUN =
      """
      async (only) => {
        const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
        return found.violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
      }
      """;

  static final List<String> ALL =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
  static final List<String> CONTRAST = List.of("color-contrast", "link-in-text-block");

  private Axe() {}

  /**
   * What is wrong.
   *
   * @param only tags or rules
   */
  static List<String> find(Page page, List<String> only) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(SCRIPT);
    }
    return ((List<?>) page.evaluate(RUN, only))
        .stream().map(Object::toString).collect(Collectors.toList());
  }
}
