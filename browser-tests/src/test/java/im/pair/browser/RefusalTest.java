package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.jetty.ImServer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that does not take everything. */
class RefusalTest extends BrowserTest {
  private static final int SENDS_PER_SECOND = 2;
  private static final int BURST = 5 * SENDS_PER_SECOND;

  private final AtomicBoolean open = new AtomicBoolean(true);

  @BeforeEach
  void startStrictServer() throws Exception {
    stopServer();
    PairRouter router =
        PairRouter.builder()
            .policy((from, to) -> open.get() || from.value().equals("bob"))
            .limits(Limits.DEFAULTS.withSendsPerSecond(SENDS_PER_SECOND))
            .build();
    startServer(ImServer.builder().port(0).router(router));
  }

  @Test
  void aBlockedMessageFailsAndCanBeTriedAgainOrDiscarded() {
    ChatPage alice = chat("alice", "bob");
    ChatPage bob = chat("bob", "alice");
    alice.say("one");
    open.set(false);
    alice.write("two");
    alice.write("three");
    alice.is("two", "Not sent");
    alice.is("three", "Not sent");
    assertThat(alice.message("two").locator(".failure"))
        .containsText("This user does not take your messages.");
    assertThat(alice.message("two").locator(".mark .icon.failed")).isVisible();
    bob.say("from bob");
    assertThat(alice.texts()).hasText(new String[] {"one", "from bob", "two", "three"});

    alice.page.reload();
    assertThat(alice.texts()).hasText(new String[] {"one", "from bob", "two", "three"});
    alice.message("three").locator("button[name=discard]").click();
    assertThat(alice.texts()).hasText(new String[] {"one", "from bob", "two"});
    alice.message("two").locator("button[name=retry]").click();
    alice.is("two", "Not sent");
    open.set(true);
    alice.message("two").locator("button[name=retry]").click();
    alice.is("two", "Read");
    alice.say("four");
    alice.page.reload();

    String[] texts = {"one", "from bob", "two", "four"};
    assertThat(alice.texts()).hasText(texts);
    assertThat(bob.texts()).hasText(texts);
    assertThat(ServerLog.texts(port(), "alice", "bob")).containsExactly(texts);
    assertThat(alice.troubles).isEmpty();
  }

  @Test
  void whatIsTooMuchAtOnceGoesOnInOrder() {
    ChatPage alice = chat("alice", "bob");
    ChatPage bob = chat("bob", "alice");
    SeenStates states = SeenStates.of(alice);
    String[] texts = new String[BURST + 2];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "number " + i;
    }

    alice.page.evaluate(
        "texts => texts.forEach(text => document.querySelector('pair-chat').client.conversation('bob').send(text))",
        texts);

    alice.is(texts[texts.length - 1], "Read");
    assertThat(alice.texts()).hasText(texts);
    assertThat(bob.texts()).hasText(texts);
    assertThat(ServerLog.texts(port(), "alice", "bob")).containsExactly(texts);
    states.onlyGoForward(texts);
  }
}
