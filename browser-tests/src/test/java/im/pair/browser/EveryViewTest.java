package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import im.pair.jetty.ImServer;
import im.pair.wire.Authenticator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for all that the page can look like. */
class EveryViewTest extends BrowserTest {
  private static final Authenticator NOBODY =
      credentials -> CompletableFuture.completedFuture(null);

  /** Elements of the document and of shadow roots; and those that one can act on. */
  private static final String ELEMENTS =
      """
      const within = (root) =>
        [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? within(e.shadowRoot) : [])]);
      const controls = () => within(document)
        .filter((e) => e.matches("a[href], button, input, textarea, summary") && e.checkVisibility());
      """;

  private static final String TARGETS =
      "(least) => {"
          + ELEMENTS
          + """
            return controls()
              .filter((e) => !e.matches("p a"))
              .map((e) => [e, e.getBoundingClientRect()])
              .filter(([e, { width, height }]) => width > 1 && Math.min(width, height) < (e.matches(".chip") ? 24 : least) - 0.01)
              .map(([e, { width, height }]) => `${e.outerHTML.slice(0, 120)} ${width}×${height}`);
          }
          """;

  /**
   * What one can act on but cannot get at: it cannot be scrolled into sight, or is under something.
   */
  private static final String OUT_OF_REACH =
      "async () => {"
          + ELEMENTS
          + """
            const tops = within(document).map((e) => [e, e.scrollTop]);
            const all = controls();
            const over = all.filter((e) => e.closest(":modal, :popover-open"));
            const drawn = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
            const isAt = (e) => {
              const { left, top, width, height } = e.getBoundingClientRect();
              return width <= 1 || e.contains(e.getRootNode().elementFromPoint(left + width / 2, top + height / 2));
            };
            const isReached = async (e) => {
              for (const block of ["start", "center", "end"]) {
                e.scrollIntoView({ block });
                // What stands over the messages goes once their end is in sight.
                if (isAt(e) || (await drawn(), isAt(e))) return true;
              }
              return false;
            };
            const found = [];
            for (const e of over.length > 0 ? over : all) {
              if (!(await isReached(e))) found.push(e.outerHTML.slice(0, 120));
            }
            tops.forEach(([e, top]) => (e.scrollTop = top));
            return found;
          }
          """;

  private static final String STICKING_OUT =
      """
      () => {
        const { scrollWidth } = document.documentElement;
        const chat = document.querySelector("pair-chat:not([hidden])")?.shadowRoot.querySelectorAll("*") ?? [];
        return [...(scrollWidth > Math.min(innerWidth, screen.width) ? [`the page is ${scrollWidth} wide`] : []),
          ...[...chat].filter((e) => e.checkVisibility() && /auto|scroll/.test(getComputedStyle(e).overflowX)
            && e.scrollWidth > e.clientWidth).map((e) => e.outerHTML.slice(0, 120))];
      }
      """;

  /** What is said, in text and in names. */
  private static final String WORDS =
      "() => {"
          + ELEMENTS
          + """
            return within(document.body)
              .filter((e) => e.checkVisibility() && e.localName !== "style")
              .flatMap((e) => [
                ...[...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
                e.ariaLabel, e.title, e.placeholder])
              .filter((each) => typeof each === "string");
          }
          """;

  private static final Pattern NOT_ENGLISH =
      Pattern.compile(
          "Pair IM|ID|java -jar im-jetty-\\S+ token --user alice|https://\\S+|a-name\\S+|bob|carol|zhe");
  private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,}");

  private final List<String> faults = new ArrayList<>();

  @Test
  void inEnglishOnADesktop() throws Exception {
    tour(english(), "ada", (view, page) -> look(view, page.page, 24));
  }

  @Test
  void inChineseOnAPhone() throws Exception {
    tour(
        smallScreen().setLocale("zh-CN"),
        "zhe",
        (view, page) -> {
          look(view, page.page, 44);
          note(view, "not Chinese", english(page.page));
        });
  }

  @Tag("soak")
  @Test
  void inEnglishOnAPhone() throws Exception {
    tour(smallScreen(), "ann", (view, page) -> look(view, page.page, 44));
  }

  @Tag("soak")
  @Test
  void inChineseOnADesktop() throws Exception {
    tour(english().setLocale("zh-CN"), "zia", (view, page) -> look(view, page.page, 24));
  }

  @Tag("soak")
  @Test
  void enlargedFourTimes() throws Exception {
    tour(
        english().setViewportSize(320, 256),
        "zoe",
        (view, page) -> {
          note(view, "sideways", page.page.evaluate(STICKING_OUT));
          note(view, "out of reach", page.page.evaluate(OUT_OF_REACH));
        });
  }

  private void look(String view, Page page, int target) {
    note(view, "axe", Axe.find(page, Axe.ALL));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    note(view, "axe in the dark", Axe.find(page, Axe.CONTRAST));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    note(view, "small target", page.evaluate(TARGETS, target));
    note(view, "sideways", page.evaluate(STICKING_OUT));
  }

  private static List<String> english(Page page) {
    return Stream.concat(Stream.of(page.title()), ((List<?>) page.evaluate(WORDS)).stream())
        .map(said -> NOT_ENGLISH.matcher(said.toString()).replaceAll(""))
        .filter(said -> ENGLISH.matcher(said).find())
        .collect(Collectors.toList());
  }

  private void note(String view, String what, Object found) {
    ((List<?>) found).forEach(each -> faults.add(view + ": " + what + ": " + each));
  }

  private void tour(Browser.NewContextOptions looks, String me, BiConsumer<String, ChatPage> guest)
      throws Exception {
    new Tour(this, looks, me, guest).go();
    try (ImServer server = ImServer.builder().port(0).authenticator(NOBODY).build()) {
      server.start();
      new Tour(this, looks, me, guest).goWithToken("http://127.0.0.1:" + server.port() + "/");
    }
    assertThat(faults).isEmpty();
  }
}
