package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A conversation of ten thousand messages, which one can scroll through without noticing. */
class LongHistoryTest extends BrowserTest {
  private static final int LENGTH = 10_000;
  private static final int SHORTER = 1_000;
  private static final int FAR = 100_000;
  private static final List<String> LINES =
      List.of(
          "short",
          "The quick brown fox jumps over the lazy dog, and then it goes on to the next line.",
          "从前有座山，山里有座庙，庙里有个老和尚在给小和尚讲故事，讲的是什么呢？",
          "👩‍👩‍👧‍👦 🇨🇳 👍🏽 and ❤️",
          "مرحبا بالعالم، كيف حالك اليوم؟",
          "שלום עולם, and English in one line",
          "一行里 mixed 的 文字 🎉 with numbers 12345",
          "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww");

  private ChatPage page;

  @BeforeAll
  static void tell() {
    tell("bo", LENGTH);
    tell("carl", SHORTER);
    tell("dave", SHORTER);
  }

  private static void tell(String peer, int length) {
    Random random = new Random(5);
    for (int i = 1; i <= length; i++) {
      StringBuilder text = new StringBuilder("#" + i);
      for (int lines = 1 + random.nextInt(12); lines > 0; lines--) {
        text.append(lines % 2 == 0 ? "\n" : " ").append(LINES.get(random.nextInt(LINES.size())));
      }
      boolean own = random.nextInt(3) == 0;
      story.says(own ? "anna" : peer, own ? peer : "anna", text.toString());
    }
    story.reads("anna", peer, length);
  }

  private void open(String peer) {
    page = chat("anna", peer);
    assertThat(page.messages().last()).isInViewport();
    page.page.evaluate(Resource.text("im/pair/browser/scroll-recorder.js"));
    BoundingBox box = page.timeline().boundingBox();
    page.page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
  }

  @Test
  void byTheWheelOneGetsToTheFirstAndBackAndNothingJumpsNotEvenWhenMoreArrives() {
    open("dave");
    goUp(() -> page.page.mouse().wheel(0, -FAR));
    isAtTheFirst();

    for (int i = 1; i <= 3; i++) {
      story.says("dave", "anna", "#" + (SHORTER + i) + " while one is far away");
    }
    assertThat(page.announced()).hasCount(3);
    isAtTheFirst();
    assertThat(page.chat().locator(".jump")).hasText("3");

    while (number(1) < SHORTER + 3) {
      move(() -> page.page.mouse().wheel(0, FAR));
    }
    page.page.mouse().wheel(0, FAR);
    assertThat(page.messages().last()).isInViewport();
    nothingWasNoticed(SHORTER, 3);
    isTrimmed("dave");
  }

  @Test
  void byKeysOneGetsToTheFirstAndByTheButtonBack() {
    open("carl");
    page.messages().last().focus();
    for (int i = 0; i < 5; i++) {
      Object before = page.page.evaluate("recorder.scroller.scrollTop");
      page.page.keyboard().press("PageUp");
      page.page.waitForCondition(
          () -> !before.equals(page.page.evaluate("recorder.scroller.scrollTop")));
    }
    goUp(() -> page.page.keyboard().press("Home"));
    isAtTheFirst();
    nothingWasNoticed(SHORTER, 0);

    page.page.evaluate("recorder.leap()");
    page.chat().locator(".jump").click();
    assertThat(page.messages().last()).isInViewport();
    assertThat(page.announced()).hasCount(0);
    assertThat((int) seen().get("most")).isLessThan(400);
    isTrimmed("carl");
  }

  @Test
  void byTheScrollBarOneGetsToTheFirstOfTenThousand() {
    open("bo");
    page.page.evaluate("recorder.dragUp()");
    isAtTheFirst();
    nothingWasNoticed(LENGTH, 0);
  }

  private void goUp(Runnable step) {
    while (number(0) > 1) {
      move(step);
    }
    step.run();
  }

  /** Other messages come into the document. */
  private void move(Runnable step) {
    Object before = page.page.evaluate("recorder.ends()");
    step.run();
    page.page.waitForCondition(() -> !before.equals(page.page.evaluate("recorder.ends()")));
  }

  private int number(int end) {
    return (int) ((List<?>) page.page.evaluate("recorder.ends()")).get(end);
  }

  private void isAtTheFirst() {
    assertThat(page.texts().first()).containsText("#1 ");
    assertThat(page.messages().first()).isInViewport();
    assertThat(page.chat().getByText("The beginning of the conversation")).isVisible();
  }

  private void nothingWasNoticed(int length, int arrived) {
    Map<?, ?> seen = seen();
    assertThat((int) seen.get("changes")).as("loads and shifts").isGreaterThan(length / 200);
    assertThat(((Number) seen.get("jump")).doubleValue()).as("jump in px").isLessThanOrEqualTo(1);
    assertThat(seen.get("lost")).as("anchors that were taken away").isEqualTo(0);
    assertThat((int) seen.get("most")).as("messages in the document").isLessThan(400);
    assertThat(seen.get("heard")).as("changes of what is read out").isEqualTo(arrived);
    assertThat(page.troubles).isEmpty();
  }

  private void isTrimmed(String peer) {
    page.page.waitForCondition(
        () ->
            (boolean)
                page.page.evaluate(
                    "(peer) => document.querySelector('pair-chat')"
                        + ".client.conversation(peer).messages.length <= 500",
                    peer));
  }

  private Map<?, ?> seen() {
    return (Map<?, ?>) page.page.evaluate("recorder.seen");
  }
}
