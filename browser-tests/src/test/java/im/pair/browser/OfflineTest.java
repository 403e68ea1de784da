package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A page that loses its connection, is loaded anew or is closed while messages are on their way.
 */
class OfflineTest extends BrowserTest {
  private static final String[] ALL = {"one", "two", "three", "four", "five"};
  private static final long PATIENCE_MS = 2000;

  @ParameterizedTest
  @CsvSource({"send, amy, ben", "entry, cat, dov"})
  void whatIsWrittenOnEitherSideOfAnOutageIsThereOnceAndInOrder(
      String lost, String writer, String reader) {
    BrowserContext browser = someone();
    ChatPage page = blank(browser);
    Wire wire = Wire.of(page.page);
    page.open("/?user=" + writer + "&peer=" + reader);
    page.isConnected();
    SeenStates states = SeenStates.of(page);
    ChatPage other = chat(reader, writer);
    page.say("one");
    wire.stop("\"type\":\"" + lost + "\"", "\"body\":\"two\"");
    page.write("two");
    page.write("three");
    wire.isHolding(1);

    browser.setOffline(true);
    page.isDisconnected();
    wire.lose();
    page.write("four");
    page.write("five");
    page.line().fill("half a thought");
    assertThat(page.texts()).hasText(ALL);
    browser.setOffline(false);

    page.is("five", "Read");
    areInStep(page, other, writer, reader);
    assertThat(page.line()).hasValue("half a thought");
    states.onlyGoForward(ALL);
  }

  @ParameterizedTest
  @CsvSource({"send, eva, fox", "entry, gil, hal"})
  void aReloadInTheMiddleOfSendingLosesNothing(String lost, String writer, String reader) {
    ChatPage page = blank(someone());
    Wire wire = Wire.of(page.page);
    page.open("/?user=" + writer + "&peer=" + reader);
    page.isConnected();
    ChatPage other = chat(reader, writer);
    page.say("one");
    wire.stop("\"type\":\"" + lost + "\"", "\"body\":\"two\"");
    page.write("two");
    page.write("three");
    page.write("four");
    page.write("five");
    page.line().fill("half a thought");
    wire.isHolding(1);

    wire.lose();
    page.page.reload();

    page.is("five", "Read");
    areInStep(page, other, writer, reader);
    assertThat(page.line()).hasValue("half a thought");
  }

  @Test
  void whatATabWroteOfflineBeforeItWasClosedIsSentOnceByALaterOne() {
    BrowserContext browser = someone();
    ChatPage page = chat(browser, "ian", "jon");
    ChatPage other = chat("jon", "ian");
    page.say("one");
    page.say("two");
    browser.setOffline(true);
    page.isDisconnected();
    page.write("three");
    page.write("four");
    page.write("five");
    page.line().fill("half a thought");
    page.is("five", "Sending");
    page.page.close();
    browser.setOffline(false);

    ChatPage later = chat(browser, "ian", "jon");
    ChatPage beside = chat(browser, "ian", "jon");
    later.is("five", "Read");
    areInStep(later, other, "ian", "jon");
    assertThat(beside.texts()).hasText(ALL);
    assertThat(later.line()).hasValue("half a thought");
  }

  @Test
  void theBannerComesAfterTwoSecondsAndGoesWithTheOutage() {
    BrowserContext browser = someone();
    ChatPage page = blank(browser);
    page.page.clock().install();
    page.open("/?user=kay&peer=lea");
    page.isConnected();
    page.line().waitFor();
    assertThat(page.banner()).not().isVisible();
    Number now = (Number) page.page.evaluate("Date.now()");
    page.page.clock().pauseAt(now.longValue() + PATIENCE_MS);

    browser.setOffline(true);
    page.isDisconnected();
    page.page.clock().runFor(PATIENCE_MS - 1);
    assertThat(page.banner()).not().isVisible();
    page.page.clock().runFor(1);
    assertThat(page.banner()).isVisible();
    assertThat(page.banner()).containsText("Not connected");

    page.page.clock().resume();
    browser.setOffline(false);
    assertThat(page.banner()).not().isVisible();
    page.isConnected();
  }

  private static void areInStep(ChatPage page, ChatPage other, String writer, String reader) {
    assertThat(page.texts()).hasText(ALL);
    assertThat(other.texts()).hasText(ALL);
    assertThat(ServerLog.texts(port(), writer, reader)).containsExactly(ALL);
    assertThat(page.announced()).hasCount(0);
    assertThat(other.announced())
        .hasText(List.of(ALL).stream().map(text -> writer + ": " + text).toArray(String[]::new));
    assertThat(other.troubles).isEmpty();
  }
}
