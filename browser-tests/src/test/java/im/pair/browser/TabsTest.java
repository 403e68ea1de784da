package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three tabs of one user, and a peer, stay in step. */
class TabsTest extends BrowserTest {
  @Test
  void whatIsSaidChangedDeletedAndReactedToIsTheSameInAll() {
    List<ChatPage> all = tabs("ann", "ben");
    ChatPage first = all.get(0);
    ChatPage second = all.get(1);
    ChatPage third = all.get(2);
    ChatPage ben = chat("ben", "ann");
    all.add(ben);

    first.say("from the first");
    second.say("from the second");
    third.say("from the third");
    ben.say("from ben");
    for (ChatPage page : all) {
      assertThat(page.texts())
          .hasText(
              new String[] {"from the first", "from the second", "from the third", "from ben"});
    }

    third.line().press("ArrowUp");
    third.write("changed by the third");
    choose(first, "from the second", "Delete");
    first.chat().getByRole(AriaRole.DIALOG).getByText("Delete", exactly()).click();
    react(second, "from ben", "🎉");
    react(ben, "from the first", "👍");
    for (ChatPage page : all) {
      assertThat(page.texts())
          .hasText(
              new String[] {
                "from the first", "This message was deleted", "changed by the third", "from ben"
              });
      assertThat(page.message("changed by the third").locator(".edited")).isVisible();
      assertThat(page.message("from ben").locator(".chip .emoji")).hasText("🎉");
      assertThat(page.message("from the first").locator(".chip .emoji")).hasText("👍");
    }

    react(third, "from ben", "🎉");
    for (ChatPage page : all) {
      assertThat(page.message("from ben").locator(".chip")).hasCount(0);
      assertThat(page.troubles).isEmpty();
    }
  }

  @Tag("soak")
  @Test
  void whatIsReadInOneIsReadInAll() {
    List<ChatPage> tabs = tabs("cid", "dan");
    ChatPage eve = chat("eve", "cid");
    eve.say("one");
    eve.say("two");
    for (ChatPage tab : tabs) {
      assertThat(row(tab, "eve").locator(".badge")).hasText("2");
      assertThat(tab.page).hasTitle(Pattern.compile("2"));
    }
    eve.is("two", "Delivered");

    row(tabs.get(1), "eve").click();
    tabs.get(1).shows("two");
    for (ChatPage tab : tabs) {
      assertThat(row(tab, "eve").locator(".badge")).hasText("");
      assertThat(tab.page).hasTitle(Pattern.compile("^[^2]*$"));
      assertThat(tab.troubles).isEmpty();
    }
    eve.is("one", "Read");
    eve.is("two", "Read");
  }

  @Test
  void aDraftIsOneAndInAllTabsAtOnce() {
    List<ChatPage> tabs = tabs("fay", "gus");
    ChatPage first = tabs.get(0);
    ChatPage second = tabs.get(1);
    ChatPage third = tabs.get(2);
    ChatPage gus = chat("gus", "fay");

    first.line().fill("half a thought");
    Locator typing = gus.chat().locator(".presence");
    assertThat(typing).hasText("typing…");
    for (ChatPage tab : tabs) {
      assertThat(tab.line()).hasValue("half a thought");
    }
    assertThat(second.chat().locator(".presence")).hasText("online");
    second.line().fill("a whole thought");
    assertThat(first.line()).hasValue("a whole thought");
    third.page.reload();
    assertThat(third.line()).hasValue("a whole thought");

    third.line().press("Enter");
    gus.shows("a whole thought");
    assertThat(typing).hasText("online");
    for (ChatPage tab : tabs) {
      assertThat(tab.texts()).hasText(new String[] {"a whole thought"});
      assertThat(tab.line()).hasValue("");
    }

    second.line().press("ArrowUp");
    first.line().fill("the next");
    assertThat(third.line()).hasValue("the next");
    assertThat(second.line()).hasValue("a whole thought");
    second.line().press("Escape");
    assertThat(second.line()).hasValue("the next");
    tabs.forEach(tab -> assertThat(tab.troubles).isEmpty());
  }

  @Test
  void anEditThatOneTabSendsIsOverInTheOthers() {
    List<ChatPage> tabs = tabs("hal", "ian");
    ChatPage first = tabs.get(0);
    ChatPage second = tabs.get(1);
    first.say("frist");
    second.shows("frist");
    first.line().press("ArrowUp");
    assertThat(first.line()).hasValue("frist");
    second.line().press("ArrowUp");
    second.line().fill("first");
    assertThat(first.line()).hasValue("first");
    second.line().press("Enter");
    for (ChatPage tab : tabs) {
      tab.shows("first");
      assertThat(tab.line()).hasValue("");
      assertThat(tab.line()).hasAccessibleName("Message to ian");
    }
    first.line().press("ArrowUp");
    assertThat(first.line()).hasValue("first");

    first.line().press("Escape");
    first.say("other");
    first.line().press("ArrowUp");
    first.line().fill("other, unsaved");
    choose(second, "first", "Edit");
    assertThat(second.line()).hasValue("first");
    assertThat(first.line()).hasValue("other, unsaved");
    assertThat(first.line()).hasAccessibleName("Message to ian");
  }

  private List<ChatPage> tabs(String user, String peer) {
    BrowserContext one = someone();
    List<ChatPage> tabs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tabs.add(chat(one, user, peer));
    }
    return tabs;
  }

  private static Locator row(ChatPage tab, String peer) {
    return tab.page
        .getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHas(tab.page.getByText(peer, pageExactly())))
        .getByRole(AriaRole.LINK);
  }

  private static void choose(ChatPage tab, String text, String item) {
    open(tab, text, "more");
    tab.chat().getByRole(AriaRole.MENUITEM).filter(having(item)).click();
  }

  private static void react(ChatPage tab, String text, String emoji) {
    open(tab, text, "react");
    tab.chat().getByRole(AriaRole.MENUITEMCHECKBOX).filter(having(emoji)).click();
  }

  private static void open(ChatPage tab, String text, String button) {
    Locator message = tab.message(text);
    tab.page.bringToFront(); // a page behind another is drawn once a second
    message.hover();
    message.locator("button[name=" + button + "]").click();
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Page.GetByTextOptions pageExactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
