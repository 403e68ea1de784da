package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.Test;

/** Two people, each in a browser of their own, on one server. */
class TwoPagesTest extends BrowserTest {
  @Test
  void eachSeesOnesOwnOnTheRightAndTheOthersOnTheLeft() {
    ChatPage one = chat("111", "222");
    ChatPage two = chat("222", "111");

    one.say("from one");
    two.say("from two");
    one.say("again from one");
    two.shows("again from one");

    isOn(one, "from one", "right");
    isOn(one, "from two", "left");
    isOn(one, "again from one", "right");
    isOn(two, "from two", "right");
    isOn(two, "again from one", "left");
    assertThat(one.page).hasTitle("222 · Pair IM");
    assertThat(two.page.locator("h1:visible")).hasText("111");
    assertThat(one.troubles).isEmpty();
    assertThat(two.troubles).isEmpty();
  }

  @Test
  void markupIsShownAsTextAndNothingRuns() {
    String image = "<img src=x onerror=\"window.ran=1;alert(1)\">";
    String script = "<script>window.ran=1;alert(2)</script>";
    String quoted = "\"><svg/onload=alert(3)>&amp;&lt;b&gt;";
    ChatPage one = chat("mallory", "victim");
    ChatPage two = chat("victim", "mallory");
    two.say("go on");

    for (String text : new String[] {image, script, quoted}) {
      one.say(text);
      two.shows(text);
    }

    for (ChatPage page : new ChatPage[] {one, two}) {
      assertThat(page.page.locator("[role=log] :is(img, script, svg, b)")).hasCount(0);
      assertThat(page.page.evaluate("window.ran")).isNull();
      assertThat(page.troubles).isEmpty();
    }
  }

  @Test
  void everyScriptEveryEmojiAndEveryBlankArrivesAsItWasWritten() {
    ChatPage one = chat("anna", "bo");
    ChatPage two = chat("bo", "anna");
    two.say("go on");
    String text = "  你好，世界 — 👩‍👩‍👧‍👦🇨🇳 é e\u0301 مرحبا\n\n\tline  two \\ \" \u2028 end ";

    one.write(text);
    assertThat(one.texts().last()).containsText("end");
    assertThat(two.texts().last()).containsText("end");

    for (ChatPage page : new ChatPage[] {one, two}) {
      Locator last = page.texts().last();
      assertThat(last.evaluate("e => e.textContent")).isEqualTo(text);
      assertThat(last).hasCSS("white-space", "pre-wrap");
      assertThat(last).hasAttribute("dir", "auto");
    }
  }

  @Test
  void aSecondTabReceivesTooAndDoesNotSilenceTheFirst() {
    BrowserContext browser = someone();
    ChatPage first = chat(browser, "tabs", "other");
    first.say("from the first tab");
    ChatPage second = chat(browser, "tabs", "other");
    second.say("from the second tab");
    first.shows("from the second tab");
    isOn(first, "from the second tab", "right");

    ChatPage other = chat("other", "tabs");
    other.say("to both");
    first.shows("to both");
    second.shows("to both");
  }

  @Test
  void bothComeBackByThemselvesWhenTheServerIsBackAndNothingTypedIsLost() throws Exception {
    ChatPage one = chat("stays", "here");
    ChatPage two = chat("here", "stays");
    one.say("before, one");
    two.say("before, two");
    one.shows("before, two");
    one.line().fill("half a thou");
    int port = port();

    stopServer();
    one.isDisconnected();
    two.isDisconnected();
    one.line().press("Enter");
    assertThat(one.notice()).hasText("Not connected yet. Your text stays here.");
    assertThat(one.line()).hasValue("half a thou");
    one.line().pressSequentially("ght");

    startServer(port);
    one.isConnected();
    two.isConnected();
    assertThat(one.notice()).isEmpty();
    assertThat(one.line()).hasValue("half a thought");
    two.say("after, two");
    one.line().press("Enter");
    one.shows("half a thought");
    two.shows("half a thought");
    two.say("after, two again");
    one.shows("after, two again");
    one.shows("before, one");
  }

  @Test
  void theDraftOutlivesAReload() {
    ChatPage one = chat("drafts", "keeps");
    one.line().fill("not yet\nsent");

    one.page.reload();
    one.isConnected();
    assertThat(one.line()).hasValue("not yet\nsent");
    one.line().press("Enter");
    one.shows("not yet\nsent");

    one.page.reload();
    one.isConnected();
    assertThat(one.line()).hasValue("");
  }

  private static void isOn(ChatPage page, String text, String side) {
    Locator message = page.text(text);
    assertThat(message).isVisible();
    BoundingBox box = message.boundingBox();
    BoundingBox log = page.page.locator("[role=log]").boundingBox();
    double left = box.x - log.x;
    double right = log.x + log.width - box.x - box.width;
    assertThat(side.equals("right") ? right : left).as("distance from the " + side).isZero();
    assertThat(left + right).as("room on the other side").isPositive();
  }
}
