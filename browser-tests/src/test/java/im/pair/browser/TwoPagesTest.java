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
    assertThat(two.chat().locator("[part~=peer]")).hasText("111");
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
      assertThat(page.page.locator("pair-chat .text :is(img, script, b)")).hasCount(0);
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
      assertThat(last.locator("..")).hasAttribute("dir", "auto");
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

  private static void isOn(ChatPage page, String text, String side) {
    Locator bubble = page.message(text).locator("[part~=bubble]");
    assertThat(bubble).isVisible();
    BoundingBox box = bubble.boundingBox();
    BoundingBox all = page.chat().boundingBox();
    double left = box.x - all.x;
    double right = all.x + all.width - box.x - box.width;
    assertThat(side.equals("right") ? left - right : right - left)
        .as("it is on the " + side)
        .isPositive();
  }
}
