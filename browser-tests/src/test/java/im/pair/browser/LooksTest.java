package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Languages, colours and small screens. */
class LooksTest extends BrowserTest {
  /** How far the outline of what has the focus stands out from what is behind it; 0 without one. */
  private static final String FOCUS_CONTRAST =
      """
      () => {
        let e = document.activeElement;
        while (e?.shadowRoot?.activeElement) {
          e = e.shadowRoot.activeElement;
        }
        e = e.matches("article") ? e.querySelector(".bubble") : e;
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
        if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) {
          return 0;
        }
        const up = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
        let behind = up(e);
        while (/, 0\\)$/.test(getComputedStyle(behind).backgroundColor)) {
          behind = up(behind);
        }
        const light = (colour) => {
          const canvas = new OffscreenCanvas(1, 1).getContext("2d");
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((each) => {
            const part = each / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
        };
        const [a, b] = [light(outlineColor), light(getComputedStyle(behind).backgroundColor)];
        return Math.max(a, b) / Math.min(a, b);
      }
      """;

  /** Whether a click leads to the end at once. */
  private static final String JUMP =
      """
      () => {
        const root = document.querySelector("pair-chat").shadowRoot;
        const scroller = root.querySelector("[part~=timeline]");
        root.querySelector(".jump").click();
        return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < 2;
      }
      """;

  private static final String MOVING =
      """
      [document, document.querySelector("pair-chat").shadowRoot]
        .flatMap((root) => root.getAnimations())
        .filter((each) => each.effect.getComputedTiming().activeDuration > 0).length
      """;

  @Test
  void aButtonUnderThePointerCanStillBeRead() {
    ChatPage page = blank(someone());
    page.open("/");
    Locator enter = page.page.locator("#sign-in .primary");
    String ground = enter.evaluate("e => getComputedStyle(e).backgroundColor").toString();
    enter.hover();
    assertThat(enter).hasCSS("background-color", ground);
  }

  @Test
  void aChineseBrowserIsSpokenToInChinese() {
    ChatPage one = blank(someone(english().setLocale("zh-CN")));
    one.open("/");
    assertThat(one.page.locator("html")).hasAttribute("lang", "zh-CN");
    one.open("/?user=xiaoming&peer=xiaohong");
    one.write("你好");
    one.is("你好", "已发送", "已送达");
  }

  @Test
  void otherLanguagesGetEnglish() {
    ChatPage page = blank(someone(english().setLocale("fr-FR")));
    page.open("/");
    assertThat(page.page.locator("html")).hasAttribute("lang", "en");
  }

  @Test
  void aPhoneShowsAllOfItWithoutScrollingSideways() {
    ChatPage page = blank(someone(smallScreen()));
    page.open("/");
    assertThat(page.page.locator("#peer")).isInViewport();
    assertThat(page.page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);

    page.open("/?user=anna&peer=" + "w".repeat(64));
    page.isConnected();
    send(page, "One word: " + "long".repeat(60));
    send(page, "<table width=9999>");
    for (int i = 1; i <= 12; i++) {
      send(page, "and one more, " + i);
    }
    fits(page);
    assertThat(page.text("and one more, 12")).isInViewport();
    assertThat(page.line()).hasCSS("font-size", "16px");
    page.line().fill("one\ntwo\nthree\n".repeat(20));
    fits(page);
    assertThat(page.text("and one more, 12")).isInViewport();
  }

  @Test
  void whateverHasTheFocusIsSeenToHaveIt() {
    ChatPage chat = chat("seen", "bob");
    chat.say("https://example.org/");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      chat.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      chat.line().focus();
      for (int i = 0; i < 9; i++) {
        chat.page.keyboard().press("Shift+Tab");
        assertThat(((Number) chat.page.evaluate(FOCUS_CONTRAST)).doubleValue())
            .as("contrast of the outline of " + i + " back")
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void nothingMovesWhereMotionIsUnwanted() {
    BrowserContext browser = someone(english().setReducedMotion(ReducedMotion.REDUCE));
    Correspondent bob = new Correspondent(blank(someone()), "bob", "calm");
    bob.says(IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i).toArray(String[]::new));
    ChatPage chat = chat(browser, "calm", "bob");
    chat.shows("line 40");
    chat.messages().first().scrollIntoViewIfNeeded();
    assertThat(chat.chat().locator(".jump")).isVisible();
    assertThat(chat.page.evaluate(JUMP)).isEqualTo(true);
    chat.page.locator("summary").click();
    assertThat(chat.page.evaluate(MOVING)).isEqualTo(0);
  }

  @Test
  void statesAreSeenWhereColoursAreForced() {
    BrowserContext browser = someone(english().setForcedColors(ForcedColors.ACTIVE));
    ChatPage chat = chat(browser, "forced", "bob");
    Correspondent bob = new Correspondent(blank(someone()), "bob", "forced");
    chat.say("hi");
    bob.reads();
    Locator read = chat.message("hi").locator(".mark.read");
    assertThat(read).isVisible();
    bob.reacts("hi", "👍");
    Locator chip = chat.message("hi").locator(".chip");
    assertThat(chip).isVisible();

    byte[] theirs = chip.screenshot();
    chip.click();
    assertThat(chip).hasAttribute("aria-pressed", "true");
    assertThat(chip.screenshot()).isNotEqualTo(theirs);
    Locator send = chat.chat().locator("[part~=send]");
    byte[] idle = send.screenshot();
    chat.line().fill("x");
    assertThat(send).hasAttribute("aria-disabled", "false");
    assertThat(send.screenshot()).isNotEqualTo(idle);
    assertThat(chat.page.locator("#list a[aria-current]")).hasCSS("border-top-width", "2px");
    assertThat(chat.page.locator("#list .presence")).isVisible();
  }

  @Test
  void aPageFromRightToLeftIsMirrored() {
    ChatPage chat = chat("yasmin", "bob");
    chat.page.evaluate("document.documentElement.dir = 'rtl'");
    chat.say("مرحبا");
    double middle = chat.chat().boundingBox().x + chat.chat().boundingBox().width / 2;
    assertThat(chat.message("مرحبا").locator("[part~=bubble]").boundingBox().x).isLessThan(middle);
    assertThat(chat.page.locator("#side").boundingBox().x).isGreaterThan(middle);
    fits(chat);
  }

  private static void send(ChatPage page, String text) {
    page.line().fill(text);
    page.chat().locator("[part~=send]").click();
    page.is(text, "Sent");
  }

  private static void fits(ChatPage page) {
    assertThat(
            (boolean)
                page.page.evaluate(
                    "(({scrollWidth, scrollHeight}) => scrollWidth <= innerWidth && scrollHeight <="
                        + " innerHeight)(document.documentElement)"))
        .isTrue();
    assertThat(
            (boolean)
                page.page.evaluate(
                    "[...document.querySelectorAll('input, textarea, button')].every(e =>"
                        + " !e.checkVisibility() || e.getBoundingClientRect().height >= 44)"))
        .isTrue();
  }
}
