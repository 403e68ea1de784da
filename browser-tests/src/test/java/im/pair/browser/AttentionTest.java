package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a page that nobody looks at says that something came. */
class AttentionTest extends BrowserTest {
  /** Keeps what is notified of, and lets the test say whether anybody looks. */
  private static final String STAND_IN =
      """
      window.notified = [];
      window.answer = "granted";
      window.Notification = class extends EventTarget {
        static permission = "default";
        static async requestPermission() {
          return (this.permission = answer);
        }
        constructor(title, { body, tag } = {}) {
          super();
          if (title) {
            notified.push(this);
          }
          Object.assign(this, { title, body, tag });
        }
        close() {
          this.closed = true;
        }
      };
      let hidden = false;
      Object.defineProperty(document, "hidden", { get: () => hidden });
      document.hasFocus = () => !hidden;
      window.lookAway = (away) => {
        hidden = away;
        document.dispatchEvent(new Event("visibilitychange"));
        dispatchEvent(new Event(away ? "blur" : "focus"));
      };
      """;

  private static final String NOTIFIED =
      "notified.map(({title, body, tag, closed}) => `${title}: ${body} (${tag})${closed ? ' closed' : ''}`)";

  @Test
  void theTitleAndTheIconSayWhatIsUnread() {
    ChatPage page = page("titled", "bob");
    Locator icon = page.page.locator("link[rel=icon]");
    assertThat(page.page).hasTitle("bob · Pair IM");
    assertThat(icon).hasAttribute("href", Pattern.compile("favicon\\.svg$"));

    Correspondent carol = correspondent("carol", "titled");
    carol.says("one", "two");
    assertThat(page.page).hasTitle("(2) bob · Pair IM");
    assertThat(icon).hasAttribute("href", Pattern.compile("favicon-unread\\.svg$"));
    page.page.locator("#list a").first().click();
    assertThat(page.page).hasTitle("carol · Pair IM");
    assertThat(icon).hasAttribute("href", Pattern.compile("favicon\\.svg$"));

    lookAway(page, true);
    carol.says("three");
    assertThat(page.page).hasTitle("(1) carol · Pair IM");
    lookAway(page, false);
    assertThat(page.page).hasTitle("carol · Pair IM");
  }

  @Test
  void nothingIsNotifiedUnlessItWasAskedForAndNobodyLooks() {
    ChatPage page = page("called", "bob");
    Correspondent carol = correspondent("carol", "called");
    lookAway(page, true);
    assertThat(page.page.evaluate("Notification.permission")).isEqualTo("default");
    carol.says("not asked for");
    hasUnread(page, "1");
    pass(page);

    Locator bell = page.page.locator("#bell");
    assertThat(bell).hasAttribute("aria-pressed", "false");
    bell.click();
    assertThat(bell).hasAttribute("aria-pressed", "true");
    lookAway(page, false);
    carol.says("somebody looks");
    hasUnread(page, "2");
    pass(page);
    assertThat(notified(page)).isEmpty();

    lookAway(page, true);
    carol.says("nobody looks");
    hasUnread(page, "3");
    pass(page);
    assertThat(notified(page)).containsExactly("carol: nobody looks (im called carol)");
    carol.says("again");
    hasUnread(page, "4");
    pass(page);
    assertThat(notified(page)).last().isEqualTo("carol: again (im called carol)");

    lookAway(page, false);
    page.page.evaluate("notified.at(-1).onclick()");
    assertThat(page.page).hasTitle("carol · Pair IM");
    assertThat(page.line()).isFocused();
    assertThat(notified(page)).last().isEqualTo("carol: again (im called carol) closed");
    assertThat(page.troubles).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"denied", "default"})
  void aBrowserThatDoesNotNotifyIsSaidTo(String permission) {
    ChatPage page = page("denied", "bob");
    page.page.evaluate("permission => window.answer = permission", permission);
    page.page.locator("#bell").click();
    assertThat(page.page.locator("#denied")).isVisible();
    assertThat(page.page.locator("#denied")).containsText("does not let this page notify you");
    assertThat(page.page.locator("#bell")).hasAttribute("aria-pressed", "false");
  }

  private ChatPage page(String user, String peer) {
    BrowserContext browser = someone();
    browser.addInitScript(STAND_IN);
    ChatPage page = blank(browser);
    page.page.clock().install();
    page.open("/?user=" + user + "&peer=" + peer);
    page.isConnected();
    return page;
  }

  /** What is read within a second is not notified of. */
  private static void pass(ChatPage page) {
    page.page.clock().runFor(1100);
  }

  private static void lookAway(ChatPage page, boolean away) {
    page.page.evaluate("away => lookAway(away)", away);
  }

  private static void hasUnread(ChatPage page, String count) {
    assertThat(page.page.locator("#list .badge").first()).hasText(count);
  }

  @SuppressWarnings("unchecked")
  private static List<String> notified(ChatPage page) {
    return (List<String>) page.page.evaluate(NOTIFIED);
  }

  private Correspondent correspondent(String user, String peer) {
    return new Correspondent(blank(someone()), user, peer);
  }
}
