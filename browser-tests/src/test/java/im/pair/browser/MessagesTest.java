package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import im.pair.core.Draft;
import im.pair.core.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a message shows of what was written. */
class MessagesTest extends BrowserTest {
  /** What is written, the text of the link in it, and where it leads. */
  private static final List<List<String>> LINKS =
      List.of(
          List.of("see http://example.org.", "http://example.org", "http://example.org/"),
          List.of("(https://example.org/a_(b))", "https://example.org/a_(b)", "="),
          List.of(
              "HTTPS://EXAMPLE.ORG/A?b=c#d!",
              "HTTPS://EXAMPLE.ORG/A?b=c#d",
              "https://example.org/A?b=c#d"),
          List.of(
              "看https://example.org/路径，好",
              "https://example.org/路径",
              "https://example.org/%E8%B7%AF%E5%BE%84"),
          List.of(
              "https://bücher.example/x",
              "https://bücher.example/x",
              "https://xn--bcher-kva.example/x"),
          List.of("http://127.0.0.1:8001/x?a=1&b=2", "http://127.0.0.1:8001/x?a=1&b=2", "="),
          List.of("https://example.org/\"onclick=alert(1)", "https://example.org/", "="));

  private static final List<String> NO_LINKS =
      List.of(
          "javascript:alert(1)",
          "data:text/html,<script>alert(1)</script>",
          "vbscript:x ftp://example.org file:///etc/passwd blob:https mailto:a@example.org",
          "example.org www.example.org",
          "https:// http:///",
          "https://example.org@evil.example/",
          "https://user:pass@example.org/",
          "xhttps://example.org");

  @Test
  void linksAreFoundInTheTextAndLeadWhereItSays() {
    LINKS.forEach(link -> story.says("bo", "anna", link.get(0)));
    ChatPage page = chat("anna", "bo");
    assertThat(page.messages()).hasCount(LINKS.size());
    for (int i = 0; i < LINKS.size(); i++) {
      List<String> expected = LINKS.get(i);
      Locator link = page.messages().nth(i).locator("a");
      assertThat(page.texts().nth(i)).hasText(expected.get(0));
      assertThat(link).hasText(expected.get(1));
      String href = expected.get(2).equals("=") ? expected.get(1) : expected.get(2);
      assertThat(link).hasAttribute("href", href);
      assertThat(link).hasAttribute("target", "_blank");
      assertThat(link).hasAttribute("rel", "noopener noreferrer");
    }
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void whatIsNoLinkStaysText() {
    NO_LINKS.forEach(text -> story.says("carl", "anna", text));
    ChatPage page = chat("anna", "carl");
    assertThat(page.texts()).hasText(NO_LINKS.toArray(String[]::new));
    assertThat(page.messages().locator("a")).hasCount(0);
  }

  @Test
  void eachTextRunsInItsOwnDirection() {
    story.says("dora", "anna", "مرحبا بالعالم");
    story.says("dora", "anna", "hello مرحبا");
    story.says("dora", "anna", "שלום https://example.org/a");
    ChatPage page = chat("anna", "dora");
    assertThat(page.messages()).hasCount(3);
    List<String> directions = List.of("rtl", "ltr", "rtl");
    for (int i = 0; i < 3; i++) {
      assertThat(page.texts().nth(i)).hasCSS("direction", directions.get(i));
    }
    assertThat(page.messages().last().locator("a")).hasCSS("unicode-bidi", "isolate");
  }

  @Test
  void aMessageThatHasDataOnlySaysSo() {
    Draft draft = new Draft(story.newId(), Kind.MESSAGE, 0, null, "{\"file\":\"<b>1</b>.pdf\"}");
    story.does("emil", "anna", draft);
    ChatPage page = chat("anna", "emil");
    assertThat(page.texts()).hasText(new String[] {"An attachment that this client cannot show"});
    assertThat(page.messages()).not().containsText("pdf");
  }

  @Test
  void whatArrivesChangesAndGoesIsShownAtOnce() {
    ChatPage page = chat("anna", "fay");
    long first = story.says("fay", "anna", "one");
    long second = story.says("fay", "anna", "two");
    assertThat(page.texts()).hasText(new String[] {"one", "two"});
    assertThat(page.announced()).hasText(new String[] {"fay: one", "fay: two"});

    story.edits("fay", "anna", first, "One");
    story.deletes("fay", "anna", second);
    assertThat(page.texts()).hasText(new String[] {"One", "This message was deleted"});
    assertThat(page.message("One").locator(".edited")).isVisible();
    assertThat(page.messages().last().locator(".edited")).isHidden();
    page.page.reload();
    assertThat(page.texts()).hasText(new String[] {"One", "This message was deleted"});
    assertThat(page.announced()).hasCount(0);
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aFewEmojiAloneAreLarge() {
    Map<String, Boolean> large =
        Map.of("👍", true, "👩‍👩‍👧‍👦🇨🇳❤️", true, "👍👍👍👍", false, "ok 👍", false);
    large.keySet().forEach(text -> story.says("gus", "anna", text));
    ChatPage page = chat("anna", "gus");
    assertThat(page.messages()).hasCount(large.size());
    large.forEach(
        (text, isLarge) -> {
          double height = page.text(text).boundingBox().height;
          assertThat(height > 30).as(text).isEqualTo(isLarge);
        });
  }

  @Test
  void towersOfAccentsStayInTheirMessage() {
    story.says("ted", "anna", "above");
    ChatPage page = chat("anna", "ted");
    Locator above = page.message("above").locator(".bubble .text");
    page.shows("above");
    page.page.mouse().move(0, 0);
    byte[] before = above.screenshot();
    story.says("ted", "anna", "a" + "\u0301".repeat(200));
    assertThat(page.messages()).hasCount(2);
    assertThat(Pixels.difference(above.screenshot(), before)).isLessThan(32);
  }
}
