package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our page before a server that says anything at all. */
class LyingServerTest extends BrowserTest {
  private ChatPage page;

  @BeforeEach
  void connect() {
    page = Attack.prepare(someone(), "http://127.0.0.1:" + port());
    page.open("/");
    Attack.run(page, "lying-server.js", "() => {}", null);
    page.page.locator("#user").fill("honest");
    page.page.locator("#peer").fill("liar");
    page.page.locator("#peer").press("Enter");
    page.isConnected();
    page.shows("text 1");
  }

  @Test
  void noTextOfAnyFrameBecomesMoreThanText() {
    tell("lieInTexts");
    Attack.cameToNothing(page);
    works();
  }

  @Tag("soak")
  @Test
  void norDoAnAnswersTexts() {
    tell("lieInAnswers");
    Attack.cameToNothing(page);
    works();
  }

  @Test
  void whatIsNoTextOrOutOfBoundsBreaksNothing() {
    tell("lieInTypes");
    Attack.cameToNothing(page);
  }

  @Test
  void ofCodesThatItDoesNotKnowThePageSaysNothing() {
    assertThat(tell("refuseAll")).isEqualTo(List.of("The message was not edited.", "Not sent."));
    Attack.cameToNothing(page);
    works();
  }

  /** An honest word comes, and one's own goes. */
  private void works() {
    Object seq = tell("write");
    page.shows("text " + seq);
    page.write("still here");
    page.is("still here", "Sent");
    Attack.cameToNothing(page);
  }

  private Object tell(String function) {
    return Attack.run(page, "lying-server.js", "module => module." + function + "()", null);
  }
}
