package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import im.pair.jetty.ImServer;
import org.junit.jupiter.api.Test;

/** {@code <pair-chat>} in pages of another site: who one is, and which connection that takes. */
class ElementTest extends BrowserTest {
  private static final String SCRIPT = "<script type=module src=SERVER/im/pair-chat.js></script>";
  private static final String TWO =
      SCRIPT
          + """
          <style>pair-chat { height: 300px }</style>
          <div id=here><pair-chat id=one url=SERVER/ws user=host1 peer=guest1></pair-chat></div>
          <div id=there><pair-chat id=two url=SERVER/ws user=host1 peer=guest2></pair-chat></div>
          """;

  /** Its tokens: the first is good for as long as is said, the others for an hour. */
  private static final String BY_TOKEN =
      SCRIPT
          + """
          <style>pair-chat { height: 300px }</style>
          <pair-chat id=one url=SERVER/ws peer=bob></pair-chat>
          <pair-chat id=two url=SERVER/ws peer=carol></pair-chat>
          <script>
            window.asked = 0;
            window.told = [];
            document.querySelector("#one").addEventListener("state", ({ detail }) => told.push(detail.state));
            const getToken = async () => `alice ${++asked === 1 ? FIRST : 3600000 + asked}`;
            for (const chat of document.querySelectorAll("pair-chat")) {
              chat.getToken = getToken;
            }
          </script>
          """;

  @Test
  void elementsOfOneUserShareAConnectionAndHoldAConversationEach() {
    HostPage host = new HostPage(someone(), port(), TWO);
    host.write("#one", "to the first");
    host.write("#two", "to the second");
    ChatPage guest = chat("guest2", "host1");
    guest.shows("to the second");
    guest.say("an answer");

    assertThat(host.texts("#one")).hasText(new String[] {"to the first"});
    assertThat(host.texts("#two")).hasText(new String[] {"to the second", "an answer"});
    assertThat(host.sockets).hasSize(1);
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void anElementThatIsMovedRemovedOrAddedAgainKeepsItsConversation() {
    HostPage host = new HostPage(someone(), port(), TWO.replace("host1", "host2"));
    host.write("#one", "stay");
    assertThat(host.texts("#one")).hasText("stay");
    host.line("#one").fill("half a");

    host.page.evaluate("there.prepend(one)");
    assertThat(host.texts("#there #one")).hasText("stay");
    assertThat(host.line("#one")).hasValue("half a");

    host.page.evaluate("window.kept = one, one.remove()");
    assertThat(host.line("#two")).isVisible();
    host.page.evaluate("here.append(kept)");
    assertThat(host.texts("#here #one")).hasText("stay");
    host.write("#one", "and go on");
    assertThat(host.texts("#one")).hasText(new String[] {"stay", "and go on"});
    assertThat(host.sockets).hasSize(1);
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void theConnectionEndsWithTheLastElementAndBeginsAgainWithTheNext() {
    HostPage host = new HostPage(someone(), port(), TWO.replace("host1", "host3"));
    assertThat(host.line("#one")).isVisible();
    assertThat(host.line("#two")).isVisible();
    host.page.evaluate("window.kept = one, one.remove(), two.remove()");
    host.page.waitForCondition(() -> host.sockets.get(0).isClosed());

    host.page.evaluate("here.append(kept)");
    host.write("#one", "back again");
    assertThat(host.texts("#one")).hasText("back again");
    host.page.waitForCondition(() -> host.sockets.size() == 2);
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void anotherPeerIsAnotherConversationOverTheSameConnection() {
    HostPage host = new HostPage(someone(), port(), TWO.replace("host1", "host4"));
    host.write("#one", "to the first");
    host.page.evaluate("one.peer = 'guest3'");
    assertThat(host.element("#one").locator("[part~=peer]")).hasText("guest3");
    host.write("#one", "to the third");
    assertThat(host.texts("#one")).hasText("to the third");
    host.page.evaluate("one.setAttribute('peer', 'guest1')");
    assertThat(host.texts("#one")).hasText("to the first");
    assertThat(host.sockets).hasSize(1);
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void whatCannotBeAPeerAUserOrAnAddressIsSaidInTheElement() {
    HostPage host = new HostPage(someone(), port(), TWO.replace("host1", "host5"));
    var problem = host.element("#one").getByRole(AriaRole.ALERT);
    assertThat(host.line("#one")).isVisible();

    host.page.evaluate("one.peer = '<b>'");
    assertThat(problem).hasText("“<b>” cannot be the name of a user.");
    assertThat(host.line("#one")).hasCount(0);
    host.page.evaluate("one.peer = 'host5'");
    assertThat(problem).hasText("You cannot write to yourself.");
    host.page.evaluate("one.peer = 'guest1', one.user = '-'");
    assertThat(problem).hasText("“-” cannot be the name of a user.");
    for (String url : new String[] {"javascript:alert(1)", "ftp://127.0.0.1/", "http://[/"}) {
      host.page.evaluate("url => { one.user = 'host5', one.url = url }", url);
      assertThat(problem).hasText("“" + url + "” is not the address of a server.");
    }
    host.page.evaluate(
        "url => { one.url = url, one.getToken = 5 }", HostPage.server(port()) + "/ws#here");
    assertThat(problem).hasText("The property “getToken” must be a function.");
    host.page.evaluate("one.getToken = null, one.client = {}");
    assertThat(problem).hasText("The property “client” must be a Client.");
    assertThat(host.line("#one")).hasCount(0);
    host.page.evaluate("one.client = null");
    host.write("#one", "mended");
    assertThat(host.texts("#one")).hasText("mended");
    assertThat(host.sockets).hasSize(1);
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void aClientOfThePagesOwnIsUsedAndLeftOpen() {
    HostPage host =
        new HostPage(
            someone(),
            port(),
            SCRIPT
                + """
                <pair-chat id=one peer=guest1></pair-chat>
                <script type=module>
                  import { Client } from "SERVER/im/im-client.js";
                  window.client = new Client({ url: "SERVER/ws", user: "host6" });
                  client.connect();
                  document.querySelector("#one").client = client;
                </script>
                """);
    host.write("#one", "over the page's");
    assertThat(host.texts("#one")).hasText("over the page's");
    host.page.evaluate("one.remove()");
    host.page.evaluate("new Promise(done => setTimeout(() => setTimeout(done)))");
    assertThat(host.page.evaluate("client.state")).isEqualTo("online");
    assertThat(host.page.evaluate("client.conversations[0].last.body"))
        .isEqualTo("over the page's");
    assertThat(host.sockets).hasSize(1);
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void aTokenIsAskedForAgainWhenItHasExpired() throws Exception {
    try (ImServer server = strict()) {
      HostPage host = new HostPage(someone(), server.port(), BY_TOKEN.replace("FIRST", "300"));
      host.page.waitForCondition(() -> host.page.evaluate("asked").equals(2));
      host.write("#one", "by the second token");
      host.write("#two", "here too");
      assertThat(host.texts("#one")).hasText("by the second token");
      assertThat(host.element("#two").locator(".mark")).hasText("Sent");
      assertThat(host.page.evaluate("asked")).isEqualTo(2);
      assertThat(host.troubles()).isEmpty();
    }
  }

  @Test
  void aTokenIsRenewedBeforeItExpiresOnTheSameConnection() throws Exception {
    try (ImServer server = strict()) {
      var context = someone();
      context.clock().install();
      HostPage host = new HostPage(context, server.port(), BY_TOKEN.replace("FIRST", "3600000"));
      host.write("#one", "before");
      assertThat(host.element("#one").locator(".mark")).hasText("Sent");
      assertThat(host.page.evaluate("told.join()")).isEqualTo("connecting,online");
      host.page.evaluate(
          "document.querySelector('#one').addEventListener('state', () => asked = -1)");

      host.page.clock().fastForward("59:30");
      host.page.waitForCondition(() -> host.page.evaluate("asked").equals(2));
      host.write("#one", "after");
      assertThat(host.element("#one").locator(".mark")).hasText(new String[] {"Sent", "Sent"});
      assertThat(host.sockets).hasSize(1);
      assertThat(host.troubles()).isEmpty();
    }
  }

  @Test
  void whereThereIsNoTokenTheElementSaysSoAndTriesWhenItIsTold() throws Exception {
    try (ImServer server = strict()) {
      String signedOut = BY_TOKEN.replaceAll("`.*`", "window.token");
      HostPage host = new HostPage(someone(), server.port(), signedOut);
      var banner = host.element("#one").locator("[part~=banner]");
      assertThat(banner).containsText("You are signed out.");
      host.page.evaluate("window.token = 'alice'");
      banner.getByRole(AriaRole.BUTTON).click();
      host.write("#one", "signed in");
      assertThat(host.texts("#one")).hasText("signed in");
      assertThat(banner).not().containsText("signed out");
      assertThat(host.troubles()).isEmpty();
    }
  }

  private static ImServer strict() throws Exception {
    ImServer server =
        ImServer.builder().port(0).authenticator(new Tokens()).origin(HostPage.ORIGIN).build();
    server.start();
    return server;
  }
}
