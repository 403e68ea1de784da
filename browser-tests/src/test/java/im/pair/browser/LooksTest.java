package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Languages, colours and small screens. */
class LooksTest extends BrowserTest {
  /** The lowest contrast (WCAG 2) of any visible text with the background behind it. */
  private static final String LOWEST_CONTRAST =
      """
      () => {
        const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
        const linear = (c) => c <= 10.31 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4;
        const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const behind = (e) => {
          const color = numbers(getComputedStyle(e).backgroundColor);
          return color[3] === 0 ? behind(e.parentElement) : color;
        };
        const texts = [...document.querySelectorAll("body *")].filter(
          (e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
        return Math.min(...texts.map((e) => {
          const [a, b] = [numbers(getComputedStyle(e).color), behind(e)].map(luminance).sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }));
      }
      """;

  @Test
  void aChineseBrowserIsSpokenToInChinese() {
    ChatPage one = blank(someone(english().setLocale("zh-CN")));
    one.open("/");
    assertThat(one.page.locator("html")).hasAttribute("lang", "zh-CN");
    one.page.getByLabel("您的 ID").fill("小明");
    one.page.getByLabel("您的 ID").press("Enter");
    assertThat(one.page.locator("#door-error")).containsText("不是有效的 ID");

    one.open("/?user=xiaoming&peer=xiaohong");
    assertThat(one.status()).hasText("已连接");
    one.say("你好");
  }

  @Test
  void otherLanguagesGetEnglish() {
    ChatPage page = blank(someone(english().setLocale("fr-FR")));
    page.open("/");
    assertThat(page.page.locator("html")).hasAttribute("lang", "en");
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void everyTextCanBeReadInLightAndInDark(ColorScheme scheme) {
    ChatPage page = blank(someone(english().setColorScheme(scheme)));
    page.open("/?user=a&peer=a");
    assertThat(page.page.locator("#door-error")).isVisible();
    assertThat((double) page.page.evaluate(LOWEST_CONTRAST)).isGreaterThan(4.5);

    page.open("/?user=sun&peer=moon");
    page.isConnected();
    page.say("Is it dark on your side yet?");
    ChatPage other = chat("moon", "sun");
    other.say("It is.");
    page.shows("It is.");
    page.write("x".repeat(16_385));
    assertThat(page.notice()).isVisible();
    assertThat((double) page.page.evaluate(LOWEST_CONTRAST)).isGreaterThan(4.5);

    boolean darkBox =
        (boolean)
            page.page.evaluate(
                "getComputedStyle(document.querySelector('#chat')).backgroundColor.match(/\\d+/)[0]"
                    + " < 99");
    assertThat(darkBox).isEqualTo(scheme == ColorScheme.DARK);
  }

  @Test
  void aPhoneShowsAllOfItWithoutScrollingSideways() {
    ChatPage page = blank(someone(smallScreen()));
    page.open("/");
    assertThat(page.page.getByLabel("Their id")).isInViewport();
    fits(page);

    page.open("/?user=anna&peer=" + "w".repeat(64));
    page.isConnected();
    page.say("One word: " + "long".repeat(60));
    page.say("<table width=9999>");
    for (int i = 1; i <= 12; i++) {
      page.say("and one more, " + i);
    }
    fits(page);
    assertThat(page.text("and one more, 12")).isInViewport();
    assertThat(page.line()).hasCSS("font-size", "16px");
    page.line().fill("one\ntwo\nthree\n".repeat(20));
    fits(page);
    assertThat(page.text("and one more, 12")).isInViewport();
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
