package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Days, times of day and groups, as the reader's language and time zone have them. */
class TimesTest extends BrowserTest {
  @AfterEach
  void goOn() {
    story.at(null);
  }

  @Test
  void daysHaveNamesWhichChangeAtTheReadersMidnight() {
    says("bo", "2024-12-31T23:30:00Z", "last year");
    says("bo", "2026-03-08T12:00:00Z", "on Sunday");
    says("bo", "2026-03-09T04:10:00Z", "yesterday, but for its first minutes");
    says("bo", "2026-03-10T03:30:00Z", "yesterday, late");
    story.reads("anna", "bo", says("bo", "2026-03-10T04:30:00Z", "today, early"));
    BrowserContext context = someone(english().setTimezoneId("America/New_York")); // 4 hours behind
    context.clock().install(new Clock.InstallOptions().setTime("2026-03-11T03:58:00Z"));
    ChatPage page = chat(context, "anna", "bo");
    Locator days = page.chat().locator(".day");
    assertThat(days)
        .hasText(
            new String[] {"Tuesday, December 31, 2024", "Sunday, March 8", "Yesterday", "Today"});
    assertThat(page.chat().locator(".day + [part~=message]"))
        .containsText(new String[] {"last year", "on Sunday", "yesterday, but", "today, early"});

    context.clock().fastForward(180_000);
    says("bo", "2026-03-11T04:01:00Z", "the next day");
    assertThat(days)
        .hasText(
            new String[] {
              "Tuesday, December 31, 2024",
              "Sunday, March 8",
              "Monday, March 9",
              "Yesterday",
              "Today"
            });
    assertThat(days.last().locator("+ [part~=message]")).containsText("the next day");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void atMidnightTheNamesChangeByThemselves() {
    says("bob", "2026-03-10T12:00:00Z", "noon");
    BrowserContext context = someone(english().setTimezoneId("UTC"));
    context.clock().install(new Clock.InstallOptions().setTime("2026-03-10T23:59:00Z"));
    ChatPage page = chat(context, "anna", "bob");
    assertThat(page.chat().locator(".day")).hasText("Today");

    context.clock().fastForward(61_000);
    assertThat(page.chat().locator(".day")).hasText("Yesterday");
  }

  @Test
  void theNamesOfDaysAreChineseForChineseReaders() {
    says("carl", "2025-12-31T12:00:00Z", "去年");
    says("carl", "2026-03-08T12:00:00Z", "星期天");
    says("carl", "2026-03-09T17:00:00Z", "今天");
    BrowserContext context =
        someone(english().setLocale("zh-CN").setTimezoneId("Asia/Shanghai")); // 8 hours ahead
    context.clock().install(new Clock.InstallOptions().setTime("2026-03-10T01:00:00Z"));
    ChatPage page = chat(context, "anna", "carl");
    assertThat(page.chat().locator(".day"))
        .hasText(new String[] {"2025年12月31日星期三", "3月8日星期日", "今天"});
  }

  @Test
  void aTimeIsShortAndOnHoverExact() {
    says("dora", "2026-03-10T13:05:07Z", "now");
    ChatPage american = chat(someone(english().setTimezoneId("America/New_York")), "anna", "dora");
    is(american, "9:05 AM", "Tuesday, March 10, 2026 at 9:05:07 AM");

    ChatPage chinese =
        chat(someone(english().setLocale("zh-CN").setTimezoneId("Asia/Kolkata")), "anna", "dora");
    is(chinese, "18:35", "2026年3月10日星期二 18:35:07");
  }

  private static void is(ChatPage page, String time, String exact) {
    Locator shown = page.message("now").locator("time");
    assertThat(shown).hasText(blanksAlike(time));
    assertThat(shown).hasAttribute("title", blanksAlike(exact));
    assertThat(shown).hasAttribute("datetime", "2026-03-10T13:05:07.000Z");
  }

  /** Which blank stands before AM changes from one browser to the next. */
  private static Pattern blanksAlike(String text) {
    return Pattern.compile("^" + text.replace(" ", "\\s") + "$");
  }

  @Test
  void whatOneSaysWithinFiveMinutesIsAGroup() {
    says("emil", "2026-03-10T12:00:00Z", "first");
    says("emil", "2026-03-10T12:04:59Z", "joined");
    says("emil", "2026-03-10T12:09:59Z", "too late");
    story.says("anna", "emil", "from another");
    says("emil", "2026-03-10T12:10:00Z", "again");
    says("emil", "2026-03-10T12:10:01Z", "and again");
    says("emil", "2026-03-10T23:59:00Z", "before midnight");
    says("emil", "2026-03-11T00:01:00Z", "after midnight");
    ChatPage page = chat(someone(english().setTimezoneId("UTC")), "anna", "emil");

    assertThat(page.messages()).hasCount(8);
    assertThat(page.chat().locator(".joined .text > :first-child"))
        .hasText(new String[] {"joined", "and again"});
    double gap = top(page, "joined") - bottom(page, "first");
    assertThat(gap).isLessThan(top(page, "too late") - bottom(page, "joined"));
  }

  private static double top(ChatPage page, String text) {
    return page.message(text).locator("[part~=bubble]").boundingBox().y;
  }

  private static double bottom(ChatPage page, String text) {
    return top(page, text) + page.message(text).locator("[part~=bubble]").boundingBox().height;
  }

  private static long says(String who, String time, String text) {
    story.at(Instant.parse(time));
    return story.says(who, "anna", text);
  }
}
