package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Languages, colours and small screens. */
class LooksTest extends BrowserTest {
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
