package im.pair.browser;

import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The client without a view. Its tests are JavaScript and run in the browser, with clocks, sockets
 * and servers of their own: each function that a {@code client/*-test.js} exports is one. What it
 * returns is written to the log.
 */
class ClientTest extends BrowserTest {
  private static final System.Logger LOG = System.getLogger(ClientTest.class.getName());
  private static final String FOLDER = "/client/";
  private static final String NAMES = "url => import(url).then(Object.keys)";
  private static final String RUN =
      """
      async ([url, name]) => {
        const tests = await import(url);
        const late = () => new Error("it does not end");
        return Promise.race([
          tests[name](),
          new Promise((_, fail) => setTimeout(() => fail(late()), 300_000)),
        ]);
      }
      """;

  @TestFactory
  List<DynamicNode> inTheBrowser() throws Exception {
    Path modules = Path.of(ClientTest.class.getResource("client").toURI());
    Page page = someone().newPage();
    page.route("**" + FOLDER + "**", route -> answer(route, modules));
    page.navigate("http://127.0.0.1:" + port() + FOLDER);
    try (Stream<Path> files = Files.list(modules)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("-test.js"))
          .sorted()
          .map(name -> testsOf(page, name))
          .toList();
    }
  }

  private static DynamicNode testsOf(Page page, String module) {
    List<?> names = (List<?>) page.evaluate(NAMES, FOLDER + module);
    assertThat(names).as(module).isNotEmpty();
    return DynamicContainer.dynamicContainer(
        module,
        names.stream()
            .map(String::valueOf)
            .map(name -> DynamicTest.dynamicTest(name, () -> run(page, module, name))));
  }

  private static void run(Page page, String module, String name) {
    Object told;
    try {
      told = page.evaluate(RUN, List.of(FOLDER + module, name));
    } catch (PlaywrightException e) {
      throw new AssertionError(module + ": " + name + ": " + e.getMessage(), e);
    }
    if (told != null) {
      LOG.log(INFO, "measured: {0}", told);
    }
  }

  private static void answer(Route route, Path modules) {
    String url = route.request().url();
    String name = url.substring(url.indexOf(FOLDER) + FOLDER.length());
    Route.FulfillOptions answer = new Route.FulfillOptions();
    if (name.isEmpty()) {
      answer.setContentType("text/html").setBody("<!doctype html><title>tests</title>");
    } else if (name.equals("frames.json")) {
      answer.setContentType("application/json").setBody(frames());
    } else {
      answer.setContentType("text/javascript").setPath(modules.resolve(name));
    }
    route.fulfill(answer);
  }

  /** All golden cases, by name. */
  private static String frames() {
    Path directory = Path.of(System.getProperty("im.root"), "protocol", "frames");
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().map(ClientTest::field).collect(Collectors.joining(",", "{", "}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(Path file) {
    String name = file.getFileName().toString().replace(".json", "");
    try {
      return '"' + name + "\":" + Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
