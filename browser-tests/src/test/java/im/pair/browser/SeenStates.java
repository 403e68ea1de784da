package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** Which states one's own messages have shown in a page, one after the other. */
final class SeenStates {
  static final String SENDING = "Sending: icon clock";
  static final String SENT = "Sent: icon check";
  static final String DELIVERED = "Delivered: icon checks";
  static final String READ = "Read: icon checks";

  private static final List<String> ALL = List.of(SENDING, SENT, DELIVERED, READ);

  private static final String WATCH =
      """
      () => {
        const root = document.querySelector("pair-chat").shadowRoot;
        const seen = (window.seenStates = {});
        const look = () => {
          for (const mark of root.querySelectorAll(".own .mark")) {
            const text = mark.closest("[part~=message]").querySelector(".text > :first-child").textContent;
            const state = `${mark.textContent}: ${mark.querySelector("svg")?.getAttribute("class")}`;
            const states = (seen[text] ??= []);
            if (states.at(-1) !== state) {
              states.push(state);
            }
          }
        };
        look();
        const all = { subtree: true, childList: true, attributes: true, characterData: true };
        new MutationObserver(look).observe(root, all);
      }
      """;

  private final Page page;

  private SeenStates(Page page) {
    this.page = page;
  }

  /** Watches the document that is there now. */
  static SeenStates of(ChatPage chat) {
    chat.line().waitFor();
    chat.page.evaluate(WATCH);
    return new SeenStates(chat.page);
  }

  /** None of these messages has gone back. */
  void onlyGoForward(String... texts) {
    for (String text : texts) {
      List<String> states = of(text);
      assertThat(states).isNotEmpty();
      assertThat(states.stream().map(ALL::indexOf)).as(text).isSorted().doesNotContain(-1);
    }
  }

  /** Each icon and its words, in the order in which they were there. */
  @SuppressWarnings("unchecked")
  List<String> of(String text) {
    return (List<String>) page.evaluate("text => window.seenStates[text] ?? []", text);
  }
}
