package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The line, the button, and what becomes of a text. */
class WritingTest extends BrowserTest {
  @Test
  void theEnterOfAnInputMethodDoesNotSend() {
    ChatPage page = chat("composer", "reader");
    page.line().fill("nihao");

    for (String how : List.of("isComposing: true", "keyCode: 229")) {
      page.line()
          .evaluate(
              "line => line.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles:"
                  + " true, cancelable: true, "
                  + how
                  + "}))");
    }
    assertThat(page.line()).hasValue("nihao");

    page.say("你好");
    assertThat(page.texts()).hasText(new String[] {"你好"});
  }

  @Test
  void shiftEnterBreaksTheLineAndTheButtonSends() {
    ChatPage page = chat("breaks", "lines");
    page.line().pressSequentially("one");
    page.line().press("Shift+Enter");
    page.line().pressSequentially("two");
    button(page).click();

    page.shows("one\ntwo");
    assertThat(page.line()).isFocused();
    assertThat(page.line()).hasValue("");
  }

  @Test
  void onlyBlanksAreNotSent() {
    ChatPage page = chat("blank", "blanker");
    page.write("  \n ");
    page.say("something");

    assertThat(page.texts()).hasCount(1);
  }

  @Test
  void aTextOverTheLimitIsToldBeforeSendingAndStays() {
    ChatPage page = chat("long", "longer");
    String most = "界".repeat(5461) + "x";
    page.write(most + "y");

    assertThat(page.notice()).hasText("Too long: 16,385 of at most 16,384 bytes.");
    assertThat(page.line()).hasValue(most + "y");

    page.line().press("Backspace");
    page.line().press("Enter");
    page.shows(most);
    assertThat(page.notice()).isEmpty();
  }

  @Test
  void aTextThatWasNeverConfirmedIsBackInTheLineAndIsNotSentAgain() {
    Deque<WebSocketRoute> connections = new ArrayDeque<>();
    List<String> sent = new ArrayList<>();
    ChatPage page =
        withServer(
            (socket, frame) -> {
              connections.add(socket);
              sent.add(frame);
            });
    page.write("first");
    page.write("second");
    page.line().fill("third");
    assertThat(page.page.locator(".pending .text")).hasText(new String[] {"first", "second"});

    page.page.waitForCondition(() -> sent.size() == 2);
    connections.peek().close(new WebSocketRoute.CloseOptions().setCode(4503));

    assertThat(page.line()).hasValue("first\nsecond\nthird");
    assertThat(page.notice()).containsText("It may have arrived");
    assertThat(page.page.locator(".pending .text")).hasCount(0);
    page.isConnected();
    assertThat(page.notice()).containsText("It may have arrived");
    page.page.waitForCondition(() -> sent.size() >= 3);
    assertThat(sent)
        .containsExactly(
            "{\"userId\":\"111\",\"targetId\":\"222\"}",
            "{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"first\"}",
            "{\"userId\":\"111\",\"targetId\":\"222\"}");
  }

  @Test
  void anUnconfirmedTextOutlivesAReload() {
    ChatPage page = withServer((socket, frame) -> {});
    page.write("on its way");
    page.line().fill("next");

    page.page.reload();

    assertThat(page.line()).hasValue("on its way\nnext");
  }

  @Test
  void aRefusedTextIsBackInTheLineWithTheReasonInWords() {
    Deque<String> codes = new ArrayDeque<>(List.of("rate", "store", "unheard_of"));
    ChatPage page =
        withServer(
            (socket, frame) -> {
              if (frame.contains("message")) {
                socket.send(
                    "{\"id\":null,\"msg\":\"in the server's words\",\"error\":\""
                        + codes.remove()
                        + "\"}");
              }
            });
    page.write("dear all");
    assertThat(page.notice()).hasText("Not sent: too many messages at once. Wait a moment.");
    assertThat(page.line()).hasValue("dear all");

    page.line().press("Enter");
    assertThat(page.notice()).containsText("could not confirm");
    assertThat(page.line()).hasValue("dear all");

    page.line().press("Enter");
    assertThat(page.notice()).hasText("Not accepted: in the server's words");
    assertThat(page.line()).hasValue("dear all");
    assertThat(page.texts()).hasCount(0);
  }

  @Test
  void theNewestIsInSightUnlessTheReaderHasScrolledUp() {
    Deque<WebSocketRoute> connections = new ArrayDeque<>();
    ChatPage page = withServer((socket, frame) -> connections.add(socket));
    deliver(connections.peek(), 1, 60);
    assertThat(page.text("message 60")).isInViewport();

    page.page.locator(".scroller").evaluate("e => e.scrollTop = 0");
    assertThat(page.text("message 1")).isInViewport();
    deliver(connections.peek(), 61, 70);
    assertThat(page.texts()).hasCount(70);
    assertThat(page.text("message 1")).isInViewport();
    assertThat(page.text("message 70")).not().isInViewport();

    page.page.locator(".scroller").evaluate("e => e.scrollTop = e.scrollHeight");
    assertThat(page.text("message 70")).isInViewport();
    deliver(connections.peek(), 71, 71);
    assertThat(page.text("message 71")).isInViewport();
  }

  @Test
  void onlyTheNewestThousandAreKept() {
    ChatPage page = blank(someone());
    page.open("/");
    page.page.evaluate(
        """
        async () => {
          const {View} = await import("/im/view.js");
          const {stringsFor} = await import("/im/strings.js");
          const view = new View(document.querySelector("#chat"), stringsFor([]), "111", "222");
          for (let i = 1; i <= 1010; i++) {
            view.message(`message ${i}`, false);
          }
        }
        """);

    assertThat(page.texts()).hasCount(1000);
    assertThat(page.texts().first()).hasText("message 11");
    assertThat(page.texts().last()).hasText("message 1010");
    assertThat(page.texts().last()).isInViewport();
  }

  @Test
  void afterACloseCodeThatSaysSoItStaysAway() {
    List<String> sent = new ArrayList<>();
    Deque<WebSocketRoute> connections = new ArrayDeque<>();
    ChatPage page =
        withServer(
            (socket, frame) -> {
              connections.add(socket);
              sent.add(frame);
            });
    connections.peek().close(new WebSocketRoute.CloseOptions().setCode(4400));

    assertThat(page.status()).hasText("Disconnected. Reload to try again.");
    page.page.evaluate("dispatchEvent(new Event('online'))");
    page.write("kept");
    assertThat(page.line()).hasValue("kept");
    assertThat(sent).hasSize(1);
  }

  @Test
  void aServerThatFallsSilentIsLeftAndTheTextIsBackInTheLine() {
    ChatPage page = blank(someone());
    page.page.clock().install();
    withServer(page, (socket, frame) -> {});
    page.write("anybody there?");
    assertThat(page.page.locator(".pending .text")).hasText("anybody there?");

    page.page.clock().fastForward(15_000);

    assertThat(page.line()).hasValue("anybody there?");
    assertThat(page.notice()).containsText("It may have arrived");
    page.page.clock().fastForward(1_000);
    page.isConnected();
  }

  private ChatPage withServer(BiConsumer<WebSocketRoute, String> onFrame) {
    return withServer(blank(someone()), onFrame);
  }

  /** A page whose server is the test. */
  private static ChatPage withServer(ChatPage page, BiConsumer<WebSocketRoute, String> onFrame) {
    List<String> joins = new ArrayList<>();
    page.page.routeWebSocket(
        "**/ws",
        socket ->
            socket.onMessage(
                frame -> {
                  joins.add(frame.text());
                  onFrame.accept(socket, frame.text());
                }));
    page.open("/?user=111&peer=222");
    page.isConnected();
    page.page.waitForCondition(() -> !joins.isEmpty());
    return page;
  }

  private static void deliver(WebSocketRoute socket, int first, int last) {
    for (int i = first; i <= last; i++) {
      socket.send("{\"id\":\"222\",\"msg\":\"message " + i + "\"}");
    }
  }

  private static Locator button(ChatPage page) {
    return page.page.getByRole(AriaRole.BUTTON);
  }
}
