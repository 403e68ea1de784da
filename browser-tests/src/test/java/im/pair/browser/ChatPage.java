package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The client in a tab, as its user sees it. */
final class ChatPage {
  private static final String STATE = "document.querySelector('pair-chat')?.client?.state";
  private static final String WORDS = ".text > :first-child";

  final Page page;

  /** What should not have happened: dialogs, script errors, and what the console warns of. */
  final List<String> troubles = new ArrayList<>();

  final String origin;

  ChatPage(Page page, String origin) {
    this.page = page;
    this.origin = origin;
    page.onDialog(this::dismiss);
    page.onPageError(error -> troubles.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (List.of("warning", "error").contains(message.type())) {
            troubles.add("console: " + message.text());
          }
        });
  }

  void open(String path) {
    page.navigate(origin + path);
  }

  Locator chat() {
    return page.locator("pair-chat");
  }

  /** What scrolls. */
  Locator timeline() {
    return chat().locator("[part~=timeline]");
  }

  Locator send() {
    return chat().locator("[part~=send]");
  }

  Locator line() {
    return chat().getByRole(AriaRole.TEXTBOX);
  }

  /** Says that there is no connection, and why. */
  Locator banner() {
    return chat().locator(".banner");
  }

  /** The messages in the document, of both sides. */
  Locator messages() {
    return chat().locator("[part~=message]");
  }

  /** The message with exactly this text. */
  Locator message(String exactly) {
    Locator words = page.locator(WORDS, new Page.LocatorOptions().setHasText(exactly(exactly)));
    return messages().filter(new Locator.FilterOptions().setHas(words));
  }

  /** What the messages in the document say. */
  Locator texts() {
    return chat().locator(WORDS);
  }

  Locator text(String exactly) {
    return texts().filter(new Locator.FilterOptions().setHasText(exactly(exactly)));
  }

  /** Those that are read out to who cannot see them. */
  Locator announced() {
    return chat().getByRole(AriaRole.LOG).locator("*");
  }

  void isConnected() {
    page.waitForCondition(() -> "online".equals(page.evaluate(STATE)));
  }

  void isDisconnected() {
    page.waitForCondition(() -> !"online".equals(page.evaluate(STATE)));
  }

  /** Writes and sends as people do, and waits until the server has it. */
  void say(String text) {
    write(text);
    is(text, "Sent", "Delivered", "Read");
  }

  void write(String text) {
    line().fill(text);
    line().press("Enter");
  }

  void shows(String text) {
    assertThat(text(text)).isVisible();
  }

  /** The message of one's own is in one of these states, in words. */
  void is(String text, String... states) {
    assertThat(message(text).locator(".mark")).hasText(Pattern.compile(String.join("|", states)));
  }

  private void dismiss(Dialog dialog) {
    troubles.add("dialog: " + dialog.message());
    dialog.dismiss();
  }

  /** What Pattern.quote writes is nothing that JavaScript reads. */
  private static Pattern exactly(String text) {
    return Pattern.compile("^" + text.replaceAll("[\\\\^$.*+?()\\[\\]{}|/]", "\\\\$0") + "$");
  }
}
