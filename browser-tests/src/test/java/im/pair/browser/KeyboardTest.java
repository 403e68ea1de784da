package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything by the keyboard alone, and nothing by a pointer. */
class KeyboardTest extends BrowserTest {
  /** What has the focus, in the document or in a shadow root. */
  private static final String FOCUSED =
      """
      () => {
        let e = document.activeElement;
        while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return e.localName + (e.id ? `#${e.id}` : e.classList[0] ? `.${e.classList[0]}` : "");
      }
      """;

  private ChatPage chat;
  private Keyboard keys;

  @Test
  void aDayWithoutAMouse() {
    BrowserContext browser = someone();
    Obstacle obstacle = new Obstacle(browser);
    chat = blank(browser);
    keys = chat.page.keyboard();

    signIn();
    send("one", "two", "three");
    reactByTheMenu();
    editByTheMenu();
    editByArrowUp();
    delete();
    retry(obstacle);
    switchConversations();
    signOut();
    assertThat(chat.troubles).isEmpty();
  }

  @Test
  void theTabKeyGoesThroughThePageAsItIsRead() {
    chat = chat("tabber", "bob");
    keys = chat.page.keyboard();
    chat.say("hi");
    keys.press("Tab");
    assertThat(focused()).isEqualTo("button.submit");

    List<String> stops = new ArrayList<>();
    do {
      keys.press("Shift+Tab");
      stops.add(0, focused());
    } while (!focused().equals("a#skip") && stops.size() < 20);
    assertThat(stops)
        .containsExactly(
            "a#skip",
            "button#bell",
            "button#sign-out",
            "summary",
            "a",
            "article.message",
            "button.react",
            "button.more",
            "textarea.input");
    keys.press("Enter");
    isAt("textarea.input");
  }

  /** The browser says a little late that a dialog was closed. */
  @Test
  void whoOpensTheMenuAgainAtOnceStaysInIt() {
    chat = chat("hasty", "bob");
    keys = chat.page.keyboard();
    chat.say("hi");
    chat.is("hi", "Sent");
    chat.message("hi").focus();
    choose("Delete");
    Locator question = chat.chat().getByRole(AriaRole.DIALOG);
    assertThat(question).isVisible();

    question.evaluate(
        """
        dialog => new Promise(resolve => {
          const message = dialog.getRootNode().querySelector(".message");
          dialog.addEventListener("close", () => setTimeout(resolve));
          dialog.close();
          message.dispatchEvent(new KeyboardEvent("keydown", { key: "ContextMenu", bubbles: true }));
        })
        """);
    assertThat(menu()).isVisible();
    assertThat(menu().locator("button").first()).isFocused();
  }

  private void signIn() {
    chat.open("/");
    isAt("input#user");
    keys.type("keys");
    keys.press("Tab");
    isAt("input#peer");
    keys.type("bob");
    keys.press("Enter");
    isAt("textarea.input");
  }

  private void send(String... texts) {
    for (String text : texts) {
      keys.type(text);
      keys.press("Enter");
      chat.is(text, "Sent");
      isAt("textarea.input");
    }
  }

  private void reactByTheMenu() {
    tabBackTo("article.message");
    keys.press("End");
    assertThat(chat.message("three")).isFocused();
    keys.press("ArrowUp");
    assertThat(chat.message("two")).isFocused();
    keys.press("Home");
    assertThat(chat.message("one")).isFocused();
    keys.press("ArrowDown");
    keys.press("Enter");
    assertThat(menu()).isVisible();
    keys.press("Escape");
    assertThat(menu()).isHidden();
    assertThat(chat.message("two")).isFocused();
    keys.press("Tab");
    isAt("button.react");
    keys.press("Enter");
    assertThat(menu()).isVisible();
    keys.press("Escape");
    isAt("button.react");
    keys.press("Escape");
    assertThat(chat.message("two")).isFocused();
    keys.press("Enter");
    keys.press("ArrowRight");
    keys.press("Enter");
    assertThat(chat.message("two").locator(".chip")).containsText("❤️");
    assertThat(chat.message("two")).isFocused();
    for (int i = 0; i < 5 && !focused().equals("button.chip"); i++) {
      keys.press("Tab");
    }
    keys.press("Enter");
    assertThat(chat.message("two").locator(".chip")).hasCount(0);
    assertThat(chat.message("two")).isFocused();
  }

  private void editByTheMenu() {
    choose("Edit");
    isAt("textarea.input");
    keys.press("Escape");
    assertThat(chat.line()).hasValue("");
    isAt("textarea.input");
    tabBackTo("article.message");
    keys.press("End");
    keys.press("ArrowUp");
    assertThat(chat.message("two")).isFocused();
    choose("Edit");
    assertThat(chat.line()).hasValue("two");
    keys.type(" edited");
    keys.press("Enter");
    assertThat(chat.message("two edited")).containsText("edited");
    isAt("textarea.input");
  }

  private void editByArrowUp() {
    keys.press("ArrowUp");
    assertThat(chat.line()).hasValue("three");
    keys.type(" too");
    keys.press("Enter");
    chat.shows("three too");
    isAt("textarea.input");
  }

  private void delete() {
    tabBackTo("article.message");
    keys.press("End");
    assertThat(chat.message("three too")).isFocused();
    choose("Delete");
    Locator question = chat.chat().getByRole(AriaRole.DIALOG);
    assertThat(button(question, "Cancel")).isFocused();
    keys.press("Escape");
    assertThat(question).isHidden();
    assertThat(chat.message("three too")).isFocused();
    choose("Delete");
    keys.press("Tab");
    assertThat(button(question, "Delete")).isFocused();
    keys.press("Enter");
    chat.shows("This message was deleted");
    isAt("article.message");
  }

  private void retry(Obstacle obstacle) {
    keys.press("Tab");
    isAt("textarea.input");
    obstacle.refuse("\"body\":\"four\"", "blocked");
    keys.type("four");
    keys.press("Enter");
    assertThat(button(chat.message("four"), "Try again")).isVisible();
    obstacle.refuse("", "");
    keys.press("Shift+Tab");
    assertThat(button(chat.message("four"), "Discard")).isFocused();
    keys.press("Shift+Tab");
    assertThat(button(chat.message("four"), "Try again")).isFocused();
    keys.press("Enter");
    chat.is("four", "Sent");
    assertThat(chat.message("four")).isFocused();
  }

  private void switchConversations() {
    Locator summary = chat.page.locator("summary");
    tabBackTo("summary");
    keys.press("Enter");
    isAt("input#other");
    keys.press("Escape");
    assertThat(summary).isFocused();
    keys.press("Enter");
    isAt("input#other");
    keys.type("carol");
    keys.press("Enter");
    isAt("textarea.input");
    send("hi carol");
    tabBackTo("a");
    keys.press("ArrowDown");
    keys.press("Enter");
    chat.shows("four");
    isAt("textarea.input");
    assertThat(chat.page).hasTitle("bob · Pair IM");
  }

  private void signOut() {
    tabBackTo("button#sign-out");
    keys.press("Enter");
    assertThat(chat.page.locator("#user")).isFocused();
  }

  /** Something in the menu of the message that has the focus. */
  private void choose(String item) {
    keys.press("Enter");
    assertThat(menu()).isVisible();
    Locator wanted = menu().getByRole(AriaRole.MENUITEM, named(item));
    for (int i = 0; i < 4 && !focusIsAt(wanted); i++) {
      keys.press("ArrowDown");
    }
    assertThat(wanted).isFocused();
    keys.press("Enter");
  }

  private static boolean focusIsAt(Locator node) {
    return (boolean) node.evaluate("e => e.matches(':focus')");
  }

  private void tabBackTo(String what) {
    for (int i = 0; i < 15 && !focused().equals(what); i++) {
      keys.press("Shift+Tab");
      assertThat(focused()).isNotEqualTo("body");
    }
    assertThat(focused()).isEqualTo(what);
  }

  private void isAt(String what) {
    chat.page.waitForCondition(() -> focused().equals(what));
  }

  private String focused() {
    return chat.page.evaluate(FOCUSED).toString();
  }

  private Locator menu() {
    return chat.chat().getByRole(AriaRole.MENU);
  }

  private static Locator button(Locator in, String name) {
    return in.getByRole(AriaRole.BUTTON, named(name));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
