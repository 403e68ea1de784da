package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import im.pair.jetty.ImServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What docs/web.md says of {@code <pair-chat>}: its examples, as they stand there, and its events.
 */
class HostExamplesTest extends BrowserTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final String LISTEN =
      """
      <script type=module src=SERVER/im/pair-chat.js></script>
      <pair-chat id=chat url=SERVER/ws user=ear peer=mouth></pair-chat>
      <script>
        window.told = [];
        document.querySelector("pair-chat").addEventListener("message", ({ detail, bubbles }) =>
          told.push(`message ${detail.peer} ${detail.message.from}: ${detail.message.body} ${bubbles}`));
        document.querySelector("pair-chat").addEventListener("unread", ({ detail }) =>
          told.push(`unread ${detail.unread}`));
        document.querySelector("pair-chat").addEventListener("state", ({ detail }) =>
          told.push(`state ${detail.state} ${detail.reason}`));
      </script>
      """;

  @Test
  void theTwoLinesPutAConversationIntoAPageOfTheServersOwn() throws Exception {
    BrowserContext context = someone();
    context.grantPermissions(List.of("local-network-access"));
    Page page = context.newPage();
    String server = HostPage.server(port());
    String lines = block("html", 0);
    page.route(server + "/mine", route -> fulfill(route, "text/html", lines));
    page.navigate(server + "/mine");
    page.locator("pair-chat textarea").fill("two lines");
    page.locator("pair-chat textarea").press("Enter");
    ChatPage bob = chat("bob", "alice");
    bob.shows("two lines");
  }

  @Test
  void theSupportPageWithItsScriptAndItsStyleHasTwoConversationsByToken() throws Exception {
    try (ImServer server =
        ImServer.builder().port(0).authenticator(new Tokens()).origin(HostPage.ORIGIN).build()) {
      server.start();
      String ours = HostPage.server(server.port());
      var context = someone();
      context.route(HostPage.ORIGIN + "/token", route -> fulfill(route, "text/plain", "alice"));
      for (List<String> file :
          List.of(
              List.of("support.js", "js", "text/javascript"),
              List.of("support.css", "css", "text/css"))) {
        String text = block(file.get(1), 0);
        context.route(
            HostPage.ORIGIN + "/" + file.get(0), route -> fulfill(route, file.get(2), text));
      }
      String page = block("html", 1).replace("https://im.example", ours);
      HostPage host = new HostPage(context, server.port(), page);

      host.write("pair-chat[peer=anna]", "to anna");
      host.write("pair-chat[peer=ben]", "to ben");
      assertThat(host.texts("pair-chat[peer=anna]")).hasText("to anna");
      assertThat(host.texts("pair-chat[peer=ben]")).hasText("to ben");
      assertThat(host.element("pair-chat[peer=ben]").locator("[part~=bubble]"))
          .hasCSS("background-color", "rgb(11, 107, 79)");
      assertThat(host.element("pair-chat[peer=ben]").locator("[part~=header]"))
          .hasCSS("background-color", "rgb(244, 246, 249)");
      assertThat(host.element("pair-chat").first()).hasCSS("height", "512px");
      assertThat(host.sockets).hasSize(1);
      assertThat(host.troubles()).isEmpty();
    }
  }

  @Test
  void aLanguageIsAddedBeforeTheElementsAreThere() throws Exception {
    String script =
        block("js", 1)
            .replace("https://im.example", HostPage.server(port()))
            .replace("chat: {", "timeline: { edit: \"Bearbeiten\" }, chat: {");
    HostPage host =
        new HostPage(
            someone(),
            port(),
            "<html lang=de><script type=module>"
                + script
                + "</script>"
                + LISTEN.replace("=ear", "=ohr"));
    assertThat(host.line("#chat")).hasAttribute("placeholder", "Nachricht");
    assertThat(host.element("#chat [part~=send]")).hasAttribute("aria-label", "Senden");
    assertThat(host.element("#chat")).containsText("Nothing here yet.");
    host.write("#chat", "hallo");
    assertThat(host.element("#chat .mark")).hasText("Sent");
    host.element("#chat .message").press("Enter");
    assertThat(host.element("#chat [role=menu]")).containsText("BearbeitenDelete");
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void thePageIsToldOfStatesMessagesAndWhatIsUnread() {
    HostPage host = new HostPage(someone(), port(), LISTEN);
    host.write("#chat", "mine");
    assertThat(host.element("#chat .mark")).hasText("Sent");
    host.page.evaluate("Object.defineProperty(document, 'hasFocus', { value: () => false })");
    ChatPage mouth = chat("mouth", "ear");
    mouth.say("theirs");
    host.page.waitForCondition(() -> told(host).contains("unread 1"));
    host.page.context().setOffline(true);
    host.page.waitForCondition(() -> told(host).contains("state waiting undefined"));

    assertThat(told(host))
        .containsExactly(
            "state connecting undefined",
            "state online undefined",
            "message mouth ear: mine false",
            "message mouth mouth: theirs false",
            "unread 1",
            "state waiting undefined");
    assertThat(host.troubles()).isEmpty();
  }

  private static List<String> told(HostPage host) {
    return ((List<?>) host.page.evaluate("told")).stream().map(String::valueOf).toList();
  }

  private static void fulfill(Route route, String type, String text) {
    route.fulfill(
        new Route.FulfillOptions().setContentType(type + "; charset=utf-8").setBody(text));
  }

  /** That of the page's examples in this language, counted from 0. */
  private static String block(String language, int index) throws Exception {
    String page = Files.readString(Path.of(System.getProperty("im.root"), "docs", "web.md"));
    return BLOCK
        .matcher(page)
        .results()
        .filter(block -> block.group(1).equals(language))
        .skip(index)
        .findFirst()
        .orElseThrow()
        .group(2);
  }
}
