package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pictures of the client, for people to look at: in {@code target/screenshots}. */
class PicturesTest extends BrowserTest {
  private static final List<String> ENGLISH =
      List.of(
          "Good morning! Did the long test go through?",
          "It did. 早上好 👋",
          "All green, even the slow ones.",
          "Lovely. Shall we look at last night's numbers together, before anybody asks how much of"
              + " it is noise?",
          "After lunch. I bring\n  – the graphs\n  – coffee",
          "<b>Deal</b> 🙂");
  private static final List<String> CHINESE =
      List.of(
          "早上好！昨晚的长测试通过了吗？",
          "通过了 🎉",
          "全绿，连最慢的那几个也是。",
          "太好了。趁还没有人来问有多少是噪声，我们一起看一下昨晚的数据吧？",
          "午饭以后。我带\n  – 图表\n  – 咖啡",
          "<b>一言为定</b> 🙂");

  @Test
  void light() {
    take(converse(english(), ENGLISH).get(0), "light");
  }

  @Test
  void dark() {
    take(converse(english().setColorScheme(ColorScheme.DARK), ENGLISH).get(0), "dark");
  }

  @Test
  void phone() {
    take(converse(smallScreen(), ENGLISH).get(0), "phone");
  }

  @Test
  void chinese() {
    take(converse(english().setLocale("zh-CN"), CHINESE).get(0), "zh");
  }

  @Test
  void bothWindows() {
    String windows =
        converse(english().setViewportSize(720, 640), ENGLISH).stream()
            .map(window -> Base64.getEncoder().encodeToString(window.page.screenshot()))
            .map(png -> "<img src='data:image/png;base64," + png + "'>")
            .collect(Collectors.joining());
    ChatPage desk = blank(someone(english().setViewportSize(1440, 640)));
    desk.page.setContent("<body style='margin: 0; display: flex'>" + windows);
    take(desk, "chat");
  }

  @Test
  void door() {
    ChatPage page = blank(someone());
    page.open("/");
    take(page, "door");
  }

  /** Both windows after their conversation. */
  private List<ChatPage> converse(Browser.NewContextOptions looks, List<String> texts) {
    ChatPage one = open(looks, "/?user=111&peer=222");
    ChatPage two = open(looks, "/?user=222&peer=111");
    one.say(texts.get(0));
    for (int i = 1; i < texts.size(); i++) {
      (i == 3 || i == 5 ? one : two).say(texts.get(i));
    }
    two.shows(texts.get(5));
    return List.of(one, two);
  }

  private ChatPage open(Browser.NewContextOptions looks, String address) {
    ChatPage page = blank(someone(looks));
    page.open(address);
    assertThat(page.line()).isVisible();
    return page;
  }

  private static void take(ChatPage page, String name) {
    Path file = Path.of("target", "screenshots", name + ".png");
    page.page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
