package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;

/**
 * What is to be tried on a page: the payloads of payloads.js. And whether any of them has become
 * more than text there.
 */
final class Attack {
  private static final String FOLDER = "/attack/";
  private static final String WATCH =
      """
      window.violations = [];
      addEventListener("securitypolicyviolation", ({ violatedDirective, sample, blockedURI }) =>
        window.violations.push(`${violatedDirective}: ${sample} ${blockedURI}`));
      """;

  private Attack() {}

  /** A tab in which our scripts can be loaded, and which takes note of what its policy forbids. */
  static ChatPage prepare(BrowserContext context, String origin) {
    Page page = context.newPage();
    page.addInitScript(WATCH);
    page.route("**" + FOLDER + "*", Attack::answer);
    return new ChatPage(page, origin);
  }

  /** Calls an async function of the page with the exports of a script of ours, and one argument. */
  static Object run(ChatPage page, String script, String function, Object argument) {
    return page.page.evaluate(
        "async (argument) => (" + function + ")(await import('" + FOLDER + script + "'), argument)",
        argument);
  }

  static List<String> payloads(ChatPage page) {
    return strings(run(page, "payloads.js", "({payloads}) => payloads", null));
  }

  /** What the messages in the document say, exactly. */
  static List<String> texts(ChatPage page) {
    return strings(run(page, "inspect.js", "({texts}) => texts()", null));
  }

  /** Nothing ran, and nothing is there but text. */
  static void cameToNothing(ChatPage page) {
    assertThat(strings(run(page, "inspect.js", "({inspect}) => inspect()", null))).isEmpty();
    assertThat(page.troubles).isEmpty();
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static void answer(Route route) {
    String url = route.request().url();
    String name = url.substring(url.lastIndexOf('/') + 1);
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("text/javascript")
            .setBody(Resource.text("im/pair/browser/" + name)));
  }
}
