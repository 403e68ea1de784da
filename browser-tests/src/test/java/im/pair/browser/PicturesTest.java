package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pictures of the client, for people to look at: in {@code target/screenshots}. */
@Tag("soak")
class PicturesTest extends BrowserTest {
  private static final List<String> ENGLISH =
      List.of(
          "Good morning! Did the long test go through?",
          "It did. 早上好 👋",
          "All green, even the slow ones: https://ci.example.org/runs/4711",
          "Lovely. Shall we look at last night's numbers together, before anybody asks how much of"
              + " it is noise?",
          "After lunch. I bring\n  – the graphs\n  – coffee",
          "After lunch. I bring\n  – the graphs\n  – coffee\n  – cake",
          "<b>Deal</b> 🙂",
          "See you at two",
          "The train is late, start without me",
          "Have you seen the new office?",
          "Thank you!");
  private static final List<String> CHINESE =
      List.of(
          "早上好！昨晚的长测试通过了吗？",
          "通过了 🎉",
          "全绿，连最慢的那几个也是：https://ci.example.org/runs/4711",
          "太好了。趁还没有人来问有多少是噪声，我们一起看一下昨晚的数据吧？",
          "午饭以后。我带\n  – 图表\n  – 咖啡",
          "午饭以后。我带\n  – 图表\n  – 咖啡\n  – 蛋糕",
          "<b>一言为定</b> 🙂",
          "两点见",
          "火车晚点了，你们先开始吧",
          "看到新办公室了吗？",
          "谢谢！");

  @Test
  void lightAndDark() {
    ChatPage page = converse(english(), ENGLISH, "anna");
    take(page, "light");
    page.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    take(page, "dark");
  }

  @Test
  void chinese() {
    take(converse(english().setLocale("zh-CN"), CHINESE, "xiaoming"), "zh");
  }

  /** Each alone, and beside a desktop. */
  @Test
  void phone() {
    ChatPage hand = converse(smallScreen().setColorScheme(ColorScheme.DARK), ENGLISH, "ann");
    take(hand, "phone");
    String phone = picture(hand);
    ChatPage table = blank(someone(english().setViewportSize(860, 640)));
    table.open("/?user=ann&peer=bob");
    assertThat(table.chat().locator(".chip")).isVisible();
    assertThat(table.page.locator("#list a")).hasCount(5);
    ChatPage desk = blank(someone(english().setViewportSize(1240, 700)));
    desk.page.setContent(
        """
        <style>
          body { margin: 0; display: flex; gap: 32px; align-items: center; justify-content: center;
            height: 700px; background: #cfd9e8 }
          img { border-radius: 14px; box-shadow: 0 2px 3px #1f273355 }
        </style>
        """
            + image(860, 640, picture(table))
            + image(300, 617, phone));
    take(desk, "chat");
  }

  @Test
  void signIn() {
    ChatPage page = blank(someone());
    page.open("/");
    assertThat(page.page.locator("#user")).isFocused();
    take(page, "sign-in");
  }

  /** What the user of that name sees after a talk with bob, who goes on writing. */
  private ChatPage converse(Browser.NewContextOptions looks, List<String> texts, String user) {
    correspondent("dave", user).says(texts.get(7));
    Correspondent carol = correspondent("carol", user);
    carol.says(texts.get(9));
    correspondent("erin", user).says(texts.get(8));
    carol.leaves();
    Correspondent bob = correspondent("bob", user);
    ChatPage page = blank(someone(looks));
    page.open("/?user=" + user + "&peer=bob");
    write(page, texts.get(0));
    bob.says(texts.get(1), texts.get(2));
    page.shows(texts.get(1));
    write(page, texts.get(3));
    bob.says(texts.get(4));
    bob.edits(texts.get(4), texts.get(5));
    bob.reacts(texts.get(3), "👍");
    write(page, texts.get(6));
    bob.reads();
    page.line().fill("");
    correspondent("frank", user).says(texts.get(10));
    assertThat(page.chat().locator(".chip")).isVisible();
    assertThat(page.chat().locator(".edited:visible")).hasCount(1);
    assertThat(page.message(texts.get(6)).locator(".mark.read")).isVisible();
    bob.types();
    assertThat(page.chat().locator(".presence.typing")).isVisible();
    return page;
  }

  private static void write(ChatPage page, String text) {
    page.line().fill(text);
    page.chat().locator("[part~=send]").click();
    assertThat(page.message(text).locator(".mark:is(.delivered, .read)")).isVisible();
  }

  private Correspondent correspondent(String user, String peer) {
    return new Correspondent(blank(someone()), user, peer);
  }

  private static String image(int width, int height, String source) {
    return "<img width=" + width + " height=" + height + " src='" + source + "'>";
  }

  private static String picture(ChatPage page) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(page.page.screenshot());
  }

  private static void take(ChatPage page, String name) {
    Path file = Path.of("target", "screenshots", name + ".png");
    page.page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }
}
