package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the page loads: how much it is, and from where. */
class WebSizeTest extends BrowserTest {
  private static final System.Logger LOG = System.getLogger(WebSizeTest.class.getName());

  private static final int MOST_BYTES = 60_000;

  /** Where a file speaks of another one, in whatever way. */
  private static final Pattern NAME =
      Pattern.compile("[\"'(/]([a-z0-9][a-z0-9-]*\\.(?:js|css|svg|png|webmanifest))[\"')]");

  /** A string, which stays; or what can be left out, around a mark that stays if there is one. */
  private static final Pattern CSS_STRING_OR_SPARE =
      Pattern.compile(
          "(\"(?:\\\\.|[^\"\\\\])*\")|/\\*.*?\\*/|;\\s*(?=\\})|\\s*([{};,>])\\s*|(:)\\s+"
              + "|(?<!\\d)0(?=\\.\\d)|(\\s)\\s*",
          Pattern.DOTALL);

  @Test
  void whatIsLoadedToConverseStaysSmall() {
    Terser terser = new Terser(someone().newPage());
    Map<String, Integer> sizes = new TreeMap<>();
    loaded().forEach((name, text) -> sizes.put(name, bytes(minified(terser, name, text))));
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    ChatPage page = blank(someone());
    page.page.onRequest((Request request) -> asked.add(nameOf(request.url())));
    page.open("/?user=alice&peer=bob");
    page.say("hello");
    Map<String, Integer> first = new TreeMap<>(sizes);
    first.keySet().retainAll(asked);
    int bundled = bundled(terser, first);

    LOG.log(INFO, "measured: loaded to converse, bundled and minified: {0} bytes", bundled);
    LOG.log(INFO, "measured: loaded to converse, minified: {0} bytes: {1}", sum(first), first);
    LOG.log(INFO, "measured: all files, minified: {0} bytes: {1}", sum(sizes), sizes);
    assertThat(first).containsKeys("index.html", "page.css", "timeline.css", "strings-en.js");
    assertThat(sizes).containsKeys("favicon.svg", "sign-in.js", "strings-zh.js");
    assertThat(first).doesNotContainKeys("begin.js", "forms.css", "sign-in.js", "strings-more.js");
    assertThat(bundled).isLessThan(MOST_BYTES);
  }

  /** What they are with their modules in one. */
  private static int bundled(Terser terser, Map<String, Integer> sizes) {
    Map<String, String> modules = ClientFiles.endingIn(".js");
    Map<String, String> others = new TreeMap<>(modules);
    modules.keySet().retainAll(sizes.keySet());
    others.keySet().removeAll(modules.keySet());
    Map<String, Integer> rest = new TreeMap<>(sizes);
    rest.keySet().removeAll(modules.keySet());
    return sum(rest) + bytes(terser.minify(Bundle.of(modules, others.values())));
  }

  @Test
  void itAsksForNothingElseAndNobodyElse() {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    ChatPage page = blank(someone());
    page.page.onRequest((Request request) -> asked.add(request.url()));
    page.open("/");
    assertThat(page.page.getByRole(AriaRole.BUTTON).first()).isVisible();
    page.open("/?user=alice&peer=bob");
    assertThat(page.line()).isVisible();

    String server = "http://127.0.0.1:" + port() + "/";
    List<String> expected =
        loaded().keySet().stream().map(name -> server + "im/" + name).collect(Collectors.toList());
    expected.addAll(List.of(server, server + "?user=alice&peer=bob", server + "im/server.json"));
    assertThat(asked).isNotEmpty().allSatisfy(url -> assertThat(url).isIn(expected));
  }

  /** The page's texts by their names: index.html, and what it and they speak of. */
  private static Map<String, String> loaded() {
    Map<String, String> all = ClientFiles.endingIn("");
    Map<String, String> found = new TreeMap<>();
    Deque<String> names = new ArrayDeque<>(List.of("index.html"));
    while (!names.isEmpty()) {
      String name = names.remove();
      String text = all.get(name);
      if (text != null && found.put(name, text) == null) {
        NAME.matcher(text).results().forEach(result -> names.add(result.group(1)));
      }
    }
    return found;
  }

  private static String minified(Terser terser, String name, String text) {
    if (name.endsWith(".js")) {
      return terser.minify(text);
    }
    return name.endsWith(".css") ? withoutSpare(text) : withoutIndentation(text);
  }

  private static String withoutSpare(String css) {
    return CSS_STRING_OR_SPARE
        .matcher(css)
        .replaceAll(
            found ->
                IntStream.rangeClosed(1, found.groupCount())
                    .mapToObj(found::group)
                    .filter(Objects::nonNull)
                    .map(Matcher::quoteReplacement)
                    .findFirst()
                    .orElse(""))
        .replace("\n", " ")
        .strip();
  }

  private static String withoutIndentation(String markup) {
    return markup.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static String nameOf(String url) {
    String path = URI.create(url).getPath();
    return path.equals("/") ? "index.html" : path.substring(path.lastIndexOf('/') + 1);
  }

  private static int sum(Map<String, Integer> sizes) {
    return sizes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
