package im.pair.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import im.pair.jetty.ImServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server, a Chromium, and pages that are closed after each test. Without an installed Chromium
 * the tests are skipped, which is said once on standard error; with {@code IM_REQUIRE_BROWSER=1} in
 * the environment they fail.
 */
@ExtendWith(BrowserTest.OneForAll.class)
abstract class BrowserTest {
  private static boolean said;
  private static Chromium chromium;
  private static ImServer server;

  /** What else happens on the server. */
  static Story story;

  private final List<BrowserContext> contexts = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    if (chromium == null) {
      skip("no Chromium found (set IM_BROWSER to its path): the browser tests");
    }
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    startServer(0);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      stopServer();
    }
  }

  @AfterEach
  void closePages() {
    contexts.forEach(BrowserContext::close);
  }

  static int port() {
    return server.port();
  }

  static void startServer(int port) throws Exception {
    story = new Story();
    startServer(ImServer.builder().port(port).router(story.router));
  }

  static void startServer(ImServer.Builder builder) throws Exception {
    ImServer starting = builder.build();
    starting.start();
    server = starting;
  }

  static void stopServer() throws Exception {
    ImServer stopping = server;
    server = null;
    stopping.close();
  }

  /** A browser of its own: nothing is shared with the others. */
  BrowserContext someone(Browser.NewContextOptions options) {
    BrowserContext context = chromium.browser().newContext(options);
    contexts.add(context);
    return context;
  }

  BrowserContext someone() {
    return someone(english());
  }

  /** The user's page in a browser of its own, connected. */
  ChatPage chat(String user, String peer) {
    return chat(someone(), user, peer);
  }

  ChatPage chat(BrowserContext context, String user, String peer) {
    ChatPage page = blank(context);
    page.open("/?user=" + user + "&peer=" + peer);
    page.isConnected();
    return page;
  }

  ChatPage blank(BrowserContext context) {
    return new ChatPage(context.newPage(), "http://127.0.0.1:" + port());
  }

  static Browser.NewContextOptions english() {
    return new Browser.NewContextOptions().setLocale("en-US").setViewportSize(1100, 760);
  }

  static Browser.NewContextOptions smallScreen() {
    return english()
        .setViewportSize(360, 740)
        .setDeviceScaleFactor(2)
        .setHasTouch(true)
        .setIsMobile(true);
  }

  @SuppressForbidden
  private static void skip(String what) {
    if ("1".equals(System.getenv("IM_REQUIRE_BROWSER"))) {
      Assertions.fail(what + " cannot run, and IM_REQUIRE_BROWSER=1 asks for them");
    }
    if (!said) {
      said = true;
      System.err.println("*** SKIPPED: " + what + " ***");
    }
    Assumptions.abort(what + " are skipped");
  }

  /** To start a browser takes longer than most tests: all classes have the same. */
  static final class OneForAll implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Optional<Path> executable = Chromium.find();
      if (executable.isPresent()) {
        chromium =
            context
                .getRoot()
                .getStore(ExtensionContext.Namespace.create(BrowserTest.class))
                .computeIfAbsent(
                    Chromium.class, key -> Chromium.start(executable.get()), Chromium.class);
      }
    }
  }
}
