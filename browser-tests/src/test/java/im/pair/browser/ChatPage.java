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
  final Page page;

  /** What should not have happened: dialogs, script errors, and what the console warns of. */
  final List<String> troubles = new ArrayList<>();

  private final String origin;

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

  Locator line() {
    return page.getByRole(AriaRole.TEXTBOX);
  }

  Locator status() {
    return page.getByRole(AriaRole.STATUS);
  }

  Locator notice() {
    return page.locator("#notice");
  }

  /** The texts of the log, of both sides. */
  Locator texts() {
    return page.getByRole(AriaRole.LOG).locator(".text");
  }

  Locator text(String exactly) {
    return texts().filter(new Locator.FilterOptions().setHasText(exactly(exactly)));
  }

  void isConnected() {
    assertThat(status()).hasText("Connected");
  }

  void isDisconnected() {
    assertThat(status()).hasText(Pattern.compile("^(Not connected|Connecting)"));
  }

  /**
   * Writes and sends as people do, and waits for the echo, after which the page has joined for
   * certain.
   */
  void say(String text) {
    write(text);
    shows(text);
  }

  void write(String text) {
    line().fill(text);
    line().press("Enter");
  }

  void shows(String text) {
    assertThat(text(text)).isVisible();
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
