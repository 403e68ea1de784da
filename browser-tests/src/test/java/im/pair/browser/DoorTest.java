package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

/** The form that asks who is writing to whom. */
class DoorTest extends BrowserTest {
  @Test
  void theKeyboardAloneOpensAConversation() {
    ChatPage page = blank(someone());
    page.open("/");
    assertThat(user(page)).isFocused();

    page.page.keyboard().type("a+b@c.de");
    page.page.keyboard().press("Tab");
    assertThat(peer(page)).isFocused();
    page.page.keyboard().type("x:y_z-1");
    page.page.keyboard().press("Enter");

    page.isConnected();
    assertThat(page.page.locator("h1:visible")).hasText("x:y_z-1");
    assertThat(page.line()).isFocused();
    page.page.keyboard().type("by keyboard");
    page.page.keyboard().press("Enter");
    page.shows("by keyboard");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void whatIsNoIdIsSaidAtItsField() {
    ChatPage page = blank(someone());
    page.open("/");
    for (String bad : new String[] {"", "a b", ".a", "a-", "你好", "a".repeat(65)}) {
      user(page).fill(bad);
      user(page).press("Enter");
      assertThat(error(page)).containsText("not an id");
      assertThat(user(page)).hasAttribute("aria-invalid", "true");
      assertThat(user(page)).isFocused();
    }
    user(page).fill("a".repeat(64));
    peer(page).fill("a".repeat(64));
    peer(page).press("Enter");
    assertThat(error(page)).containsText("must be different");
    assertThat(user(page)).hasAttribute("aria-invalid", "false");
    assertThat(peer(page)).isFocused();
  }

  @Test
  void anAddressWithABadIdOrTheSameTwiceBringsTheFormBackFilledIn() {
    ChatPage page = blank(someone());
    page.open("/?user=%3Cscript%3E&peer=222");
    assertThat(user(page)).hasValue("<script>");
    assertThat(peer(page)).hasValue("222");
    assertThat(error(page)).containsText("not an id");

    page.open("/?user=111&peer=111");
    assertThat(error(page)).containsText("must be different");
    assertThat(page.troubles).isEmpty();
  }

  private static Locator user(ChatPage page) {
    return page.page.getByLabel("Your id");
  }

  private static Locator peer(ChatPage page) {
    return page.page.getByLabel("Their id");
  }

  private static Locator error(ChatPage page) {
    return page.page.locator("#door-error");
  }
}
