package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import im.pair.jetty.ImServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page where a token says who one is. */
class TokenPageTest extends BrowserTest {
  private static final String REFUSED =
      "Your token was refused or has expired. What you have written is kept.";

  private final Tokens tokens = new Tokens();
  private ImServer server;

  @BeforeEach
  void startTheServer() throws Exception {
    server = ImServer.builder().port(0).authenticator(tokens).build();
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.close();
  }

  @Test
  void aTokenInTheFormOpensTheConversations() {
    ChatPage page = page(someone());
    page.open("/?peer=bob");
    assertThat(line(page)).isFocused();
    line(page).press("Enter");
    assertThat(fault(page)).hasText("Enter a token.");

    line(page).fill(" bearer  alice ");
    assertThat(line(page)).hasAttribute("type", "password");
    reveal(page).click();
    assertThat(line(page)).hasAttribute("type", "text");
    line(page).press("Enter");
    page.isConnected();
    assertThat(page.page.getByText("You are alice")).isVisible();
    assertThat(page.page).hasURL(page.origin + "/?peer=bob");
    page.say("with a token");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aTokenInTheAddressIsTakenOutOfItAndKeptOverAReload() {
    ChatPage page = page(someone());
    page.open("/#token=alice&peer=bob");
    page.isConnected();
    assertThat(page.page).hasURL(page.origin + "/?peer=bob");
    page.say("before");

    page.page.reload();
    page.isConnected();
    page.shows("before");
    assertThat(page.page).hasURL(page.origin + "/?peer=bob");
    assertThat(page.page.evaluate("history.length <= 2")).isEqualTo(true);

    ChatPage otherTab = page(page.page.context());
    otherTab.open("/");
    assertThat(line(otherTab)).isVisible();
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void anAddressWithAnotherUsersTokenMakesOneThatUser() {
    ChatPage page = page(someone());
    page.open("/#token=alice&peer=bob");
    page.isConnected();
    page.say("alice was here");

    page.page.evaluate("location.hash = 'token=carol'");
    assertThat(page.page.getByText("You are carol")).isVisible();
    page.isConnected();
    assertThat(page.page).hasURL(page.origin + "/?peer=bob");
    page.say("carol is");
    assertThat(page.text("alice was here")).hasCount(0);
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aRefusedTokenBringsTheFormAndIsForgotten() {
    ChatPage page = page(someone());
    page.open("/#token=!&peer=bob");
    assertThat(fault(page)).hasText(REFUSED);
    assertThat(line(page)).isFocused();
    assertThat(line(page)).hasValue("");

    page.page.reload();
    assertThat(line(page)).isVisible();
    assertThat(fault(page)).isEmpty();
    line(page).fill("wrong!");
    line(page).press("Enter");
    assertThat(fault(page)).hasText(REFUSED);
    line(page).fill("alice");
    line(page).press("Enter");
    page.isConnected();
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aTokenThatExpiresWhileOneTalksBringsTheForm() {
    ChatPage page = page(someone());
    page.open("/#token=alice 1500&peer=bob");
    assertThat(page.line()).isVisible();
    assertThat(fault(page)).hasText(REFUSED);
    assertThat(page.chat()).hasCount(0);
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void whatWasWrittenStaysUntilOneSignsInAgain() {
    ChatPage page = page(someone());
    page.open("/#token=alice&peer=bob");
    page.isConnected();
    page.say("sent");
    page.page.context().setOffline(true);
    page.isDisconnected();
    page.write("in the outbox");
    page.is("in the outbox", "Sending");
    page.line().fill("half a sente");

    tokens.revoke("alice");
    page.page.context().setOffline(false);
    assertThat(fault(page)).hasText(REFUSED);
    assertThat(page.page.getByText("in the outbox")).hasCount(0);

    line(page).fill("alice 3600000");
    line(page).press("Enter");
    page.isConnected();
    page.is("in the outbox", "Sent");
    assertThat(page.texts()).hasText(new String[] {"sent", "in the outbox"});
    assertThat(page.line()).hasValue("half a sente");
  }

  @Test
  void whatOneUserWroteIsNotSentByTheNext() {
    ChatPage page = page(someone());
    page.open("/#token=alice&peer=bob");
    page.isConnected();
    page.page.context().setOffline(true);
    page.isDisconnected();
    page.write("from alice");
    page.line().fill("alice's draft");
    tokens.revoke("alice");
    page.page.context().setOffline(false);
    assertThat(fault(page)).hasText(REFUSED);

    line(page).fill("carol");
    line(page).press("Enter");
    page.isConnected();
    page.say("from carol");
    assertThat(page.texts()).hasText(new String[] {"from carol"});
    assertThat(page.line()).hasValue("");
  }

  @Test
  void signingOutForgetsTheToken() {
    ChatPage page = page(someone());
    page.open("/#token=alice&peer=bob");
    page.isConnected();
    page.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
    assertThat(line(page)).isVisible();
    assertThat(fault(page)).isEmpty();
    assertThat(page.page).hasURL(page.origin + "/");

    page.page.reload();
    assertThat(line(page)).isVisible();
    page.page.goBack();
    assertThat(line(page)).isVisible();
    assertThat(page.chat()).hasCount(0);
    assertThat(page.page.evaluate("JSON.stringify(sessionStorage)")).isEqualTo("{}");
    assertThat(page.troubles).isEmpty();
  }

  private ChatPage page(BrowserContext context) {
    return new ChatPage(context.newPage(), "http://127.0.0.1:" + server.port());
  }

  private static Locator line(ChatPage page) {
    return page.page.locator("#token");
  }

  private static Locator reveal(ChatPage page) {
    return page.page
        .locator("#by-token")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show"));
  }

  private static Locator fault(ChatPage page) {
    return page.page.locator("#token-fault");
  }
}
