package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import im.pair.core.Command;
import im.pair.core.Session;
import im.pair.core.UserId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How near the other one is, in the header. */
class HeaderTest extends BrowserTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  @AfterEach
  void goOn() {
    story.at(null);
  }

  @Test
  void whoIsThereIsOnlineAndWhoLeftWasSeenLast() {
    story.at(NOON);
    story.says("bo", "anna", "hi");
    Session bo = story.comes("bo");
    BrowserContext context = someone();
    context.clock().install(atNoon());
    ChatPage page = chat(context, "anna", "bo");
    Locator presence = page.chat().locator(".presence");
    assertThat(presence).hasText("online");

    bo.detach();
    assertThat(presence).hasText("last seen just now");
    context.clock().fastForward(Duration.ofMinutes(3).toMillis());
    assertThat(presence).hasText("last seen 3 minutes ago");
    Session again = story.comes("bo");
    assertThat(presence).hasText("online");
    again.detach();
    assertThat(page.troubles).isEmpty();
  }

  private static Clock.InstallOptions atNoon() {
    return new Clock.InstallOptions().setTime(NOON.toEpochMilli());
  }

  @Test
  void longAgoIsSaidInTheReadersLanguage() {
    story.at(NOON.minus(Duration.ofDays(3)));
    story.says("carl", "anna", "hi");
    story.comes("carl").detach();
    story.at(null);
    BrowserContext context = someone(english().setLocale("zh-CN"));
    context.clock().install(atNoon());
    ChatPage page = chat(context, "anna", "carl");
    assertThat(page.chat().locator(".presence")).hasText("3天前在线");
  }

  @Test
  void whoTypesIsSaidUntilTheMessageComesOrNothingMore() {
    story.says("dora", "anna", "hi");
    Session dora = story.comes("dora");
    BrowserContext context = someone();
    context.clock().install();
    ChatPage page = chat(context, "anna", "dora");
    Locator presence = page.chat().locator(".presence");
    assertThat(presence).hasText("online");

    dora.receive(new Command.Typing(null, new UserId("anna"), true));
    assertThat(presence).hasText("typing…");
    story.says("dora", "anna", "typed");
    page.shows("typed");
    assertThat(presence).hasText("online");

    dora.receive(new Command.Typing(null, new UserId("anna"), true));
    assertThat(presence).hasText("typing…");
    dora.receive(new Command.Typing(null, new UserId("anna"), false));
    assertThat(presence).hasText("online");

    dora.receive(new Command.Typing(null, new UserId("anna"), true));
    assertThat(presence).hasText("typing…");
    context.clock().fastForward(Duration.ofSeconds(6).toMillis());
    assertThat(presence).hasText("online");
    dora.detach();
  }

  @Test
  void oneIsSeenTyping() {
    ChatPage page = chat("anna", "emil");
    ChatPage other = chat("emil", "anna");
    page.say("hello");
    other.shows("hello");
    page.line().pressSequentially("well");
    assertThat(other.chat().locator(".presence")).hasText("typing…");
    page.line().fill("");
    assertThat(other.chat().locator(".presence")).hasText("online");
  }
}
