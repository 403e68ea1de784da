package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form that asks who is writing to whom, and addresses that say it. */
class SignInTest extends BrowserTest {
  private static final String SERVER = "**/im/server.json";

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
    assertThat(page.chat().locator("[part~=peer]")).hasText("x:y_z-1");
    assertThat(page.line()).isFocused();
    page.page.keyboard().type("by keyboard");
    page.page.keyboard().press("Enter");
    page.shows("by keyboard");
    assertThat(page.page).hasURL(page.origin + "/?user=a%2Bb%40c.de&peer=x%3Ay_z-1");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void whatFitsIntoTheWindowIsNotScrolled() {
    ChatPage page = blank(someone());
    page.open("/");
    for (int[] size : new int[][] {{1280, 720}, {360, 640}}) {
      page.page.setViewportSize(size[0], size[1]);
      assertThat(user(page)).isVisible();
      assertThat(page.page.evaluate("document.documentElement.scrollHeight")).isEqualTo(size[1]);
    }
  }

  @Test
  void whatIsNoIdIsSaidAtItsField() {
    ChatPage page = blank(someone());
    page.open("/");
    for (String bad : new String[] {"", "a b", ".a", "a-", "你好", "a".repeat(65)}) {
      user(page).fill(bad);
      user(page).press("Enter");
      assertThat(fault(page, "user")).containsText("not an id");
      assertThat(user(page)).hasAttribute("aria-invalid", "true");
      assertThat(user(page)).isFocused();
    }
    user(page).fill("a".repeat(64));
    peer(page).fill("a".repeat(64));
    peer(page).press("Enter");
    assertThat(fault(page, "user")).isEmpty();
    assertThat(fault(page, "peer")).containsText("must be different");
    assertThat(user(page)).hasAttribute("aria-invalid", "false");
    assertThat(peer(page)).isFocused();

    peer(page).fill("  bob  ");
    peer(page).press("Enter");
    page.isConnected();
    assertThat(page.chat().locator("[part~=peer]")).hasText("bob");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void anAddressWithABadIdOrTheSameTwiceBringsTheFormFilledIn() {
    ChatPage page = blank(someone());
    page.open("/?user=%3Cscript%3E&peer=222");
    assertThat(user(page)).hasValue("<script>");
    assertThat(peer(page)).hasValue("222");
    assertThat(fault(page, "user")).containsText("not an id");
    assertThat(fault(page, "peer")).isEmpty();

    page.open("/?user=111&peer=111");
    assertThat(fault(page, "peer")).containsText("must be different");
    assertThat(peer(page)).isFocused();

    page.open("/?peer=222");
    assertThat(user(page)).isFocused();
    assertThat(user(page)).hasAttribute("aria-invalid", "false");
    assertThat(fault(page, "user")).isEmpty();
    assertThat(peer(page)).hasValue("222");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void withoutAPeerAllConversationsAreThereAndNoneIsOpen() {
    ChatPage page = blank(someone());
    page.open("/");
    user(page).fill("solo");
    user(page).press("Enter");
    assertThat(page.page).hasURL(page.origin + "/?user=solo");
    page.isConnected();
    assertThat(page.page.getByText("No conversations yet.")).isVisible();
    assertThat(page.page.getByText("You are solo")).isVisible();
    assertThat(page.chat()).isHidden();
    assertThat(page.page).hasTitle("Pair IM");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void backLeadsToTheFormAndForwardIntoTheConversation() {
    ChatPage page = blank(someone());
    page.open("/");
    user(page).fill("to");
    peer(page).fill("fro");
    peer(page).press("Enter");
    page.isConnected();

    page.page.goBack();
    assertThat(user(page)).isVisible();
    assertThat(page.chat()).hasCount(0);
    page.page.goForward();
    assertThat(page.chat().locator("[part~=peer]")).hasText("fro");
    assertThat(page.line()).isFocused();
  }

  @Test
  void signingOutForgetsWhoOneIs() {
    ChatPage page = chat("leaver", "stayer");
    page.say("good bye");
    page.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
    assertThat(user(page)).isVisible();
    assertThat(user(page)).hasValue("");
    assertThat(page.page).hasURL(page.origin + "/");
    assertThat(page.page.getByText("good bye")).hasCount(0);
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aServerThatDoesNotSayHowToSignInIsAskedAgain() {
    ChatPage page = blank(someone());
    List<Route> asked = new ArrayList<>();
    page.page.route(SERVER, asked::add);
    page.open("/?user=waiter&peer=guest");
    page.page.waitForCondition(() -> asked.size() == 1);
    assertThat(page.page.getByRole(AriaRole.HEADING)).hasText("Pair IM");
    assertThat(page.chat()).hasCount(0);

    asked.get(0).fulfill(new Route.FulfillOptions().setStatus(404).setBody("gone"));
    assertThat(trouble(page)).hasText("The server does not say how to sign in (404).");
    again(page).click();
    page.page.waitForCondition(() -> asked.size() == 2);
    asked.get(1).fulfill(new Route.FulfillOptions().setBody("{\"auth\":\"<b>magic</b>\"}"));
    assertThat(trouble(page)).hasText("The server does not say how to sign in (200).");
    assertThat(again(page)).isFocused();
    again(page).press("Enter");
    page.page.waitForCondition(() -> asked.size() == 3);
    asked.get(2).abort();
    assertThat(trouble(page)).hasText("The server cannot be reached.");

    page.page.unroute(SERVER);
    again(page).click();
    page.isConnected();
    page.say("at last");
  }

  @Test
  void aFormThatDidNotComeIsAskedForAgain() {
    ChatPage page = blank(someone());
    page.page.route("**/sign-in.js", Route::abort);
    page.open("/?peer=guest");
    assertThat(trouble(page)).hasText("The server cannot be reached.");
    page.page.unroute("**/sign-in.js");
    again(page).click();
    assertThat(user(page)).isFocused();
    assertThat(peer(page)).hasValue("guest");
  }

  @Test
  void aServerThatIsSlowToSayItIsWaitedFor() {
    ChatPage page = blank(someone());
    List<Route> asked = new ArrayList<>();
    page.page.route(SERVER, asked::add);
    page.open("/?user=snail&peer=hare");
    page.page.waitForCondition(() -> asked.size() == 1);
    assertThat(again(page)).isHidden();
    asked.get(0).fulfill(new Route.FulfillOptions().setBody("{\"auth\":\"demo\"}"));
    page.isConnected();
    assertThat(page.troubles).isEmpty();
  }

  private static Locator user(ChatPage page) {
    return page.page.locator("#user");
  }

  private static Locator peer(ChatPage page) {
    return page.page.locator("#peer");
  }

  private static Locator fault(ChatPage page, String field) {
    return page.page.locator("#" + field + "-fault");
  }

  private static Locator trouble(ChatPage page) {
    return page.page.locator("#wait").getByRole(AriaRole.ALERT);
  }

  private static Locator again(ChatPage page) {
    return page.page.locator("#wait").getByRole(AriaRole.BUTTON);
  }
}
