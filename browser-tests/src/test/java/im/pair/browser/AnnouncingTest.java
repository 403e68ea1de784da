package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What is read out to who cannot see the page, and how what is there is called. */
class AnnouncingTest extends BrowserTest {
  /** All lines that ever stood there, since only the last few stay. */
  private static final String LISTEN =
      """
      () => {
        const log = document.querySelector("pair-chat").shadowRoot.querySelector("[role=log]");
        window.heard = [];
        new MutationObserver((records) => {
          heard.push(...records.flatMap(({ addedNodes }) => [...addedNodes].map((e) => e.textContent)));
        }).observe(log, { childList: true, subtree: true, characterData: true });
      }
      """;

  @Test
  void whatArrivesIsReadOutOnceAndNothingElse() {
    Correspondent bob = correspondent("bob", "blind");
    bob.says(IntStream.rangeClosed(1, 120).mapToObj(i -> "old " + i).toArray(String[]::new));
    ChatPage chat = chat("blind", "bob");
    chat.shows("old 120");
    assertThat(chat.announced()).hasCount(0);
    chat.page.evaluate(LISTEN);

    chat.messages().first().scrollIntoViewIfNeeded();
    chat.chat().locator(".jump").click();
    chat.say("mine");
    bob.says("first", "second");
    chat.shows("second");
    bob.edits("first", "first, edited");
    chat.shows("first, edited");
    bob.removes("second");
    chat.shows("This message was deleted");
    bob.reacts("mine", "👍");
    assertThat(chat.message("mine").locator(".chip")).isVisible();
    bob.says("third");
    chat.shows("third");

    assertThat(chat.page.evaluate("heard"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly("bob: first", "bob: second", "bob: third");
    assertThat(chat.troubles).isEmpty();
  }

  @Test
  void whatWentWrongIsSaidInWords() {
    BrowserContext browser = someone();
    Obstacle obstacle = new Obstacle(browser);
    ChatPage chat = chat(browser, "unlucky", "bob");
    chat.say("well");

    obstacle.refuse("\"kind\":\"edit\"", "not_found");
    chat.line().press("ArrowUp");
    chat.write("better");
    Locator alert = chat.chat().getByRole(AriaRole.ALERT);
    assertThat(alert.filter(new Locator.FilterOptions().setHasText("edited")))
        .hasText("The message was not edited. There is no such message.");
    chat.line().fill("x".repeat(100_000));
    assertThat(alert.filter(new Locator.FilterOptions().setHasText("Too long"))).isVisible();
    chat.line().fill("");
    obstacle.refuse("\"body\":\"no\"", "blocked");
    chat.write("no");
    assertThat(chat.announced()).hasText(new String[] {"Not sent. no"});
    assertThat(chat.message("no")).containsText("This user does not take your messages.");
    obstacle.cut();
    assertThat(chat.banner().getByRole(AriaRole.STATUS)).hasText("Not connected. Trying again…");
  }

  @Test
  void everythingHasAName() {
    BrowserContext browser = someone();
    Obstacle obstacle = new Obstacle(browser);
    ChatPage chat = chat(browser, "reader", "bob");
    Correspondent bob = correspondent("bob", "reader");
    bob.says("a question");
    chat.say("an answer");
    bob.reads();
    bob.reacts("an answer", "👍");
    bob.says("thank you", "oops");
    bob.edits("thank you", "thanks");
    bob.removes("oops");
    obstacle.refuse("\"body\":\"lost\"", "blocked");
    chat.write("lost");

    assertThat(chat.chat().locator("[part~=header]"))
        .matchesAriaSnapshot(
            """
            - heading "bob" [level=2]
            - paragraph: online
            """);
    message(chat, "an answer", "You: an answer .* Read");
    message(chat, "thanks", "bob: thanks edited .*");
    message(chat, "This message was deleted", "bob: This message was deleted .*");
    message(chat, "lost", "You: lost .* Not sent");
    assertThat(chat.message("an answer").locator(".chip"))
        .matchesAriaSnapshot("- button \"👍 bob\"");
    assertThat(chat.page.locator("#list"))
        .matchesAriaSnapshot(
            """
            - list:
              - listitem:
                - 'link /^bob online .* Not sent: lost$/'
            """);
  }

  private static void message(ChatPage chat, String text, String name) {
    assertThat(chat.message(text)).matchesAriaSnapshot("- 'article /^" + name + "$/'");
  }

  private Correspondent correspondent(String user, String peer) {
    return new Correspondent(blank(someone()), user, peer);
  }
}
