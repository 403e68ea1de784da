package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import im.pair.jetty.ImServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A hundred texts that would like to be more than text, wherever one can write any. */
class PayloadsTest extends BrowserTest {
  private static final int SOME = 34;

  private static final String SEND_ALL =
      """
      ({ payloads, cut }) => {
        const conversation = document.querySelector("pair-chat").client.conversation("victim");
        payloads.forEach((each) => conversation.send(each, { text: each, [cut(each)]: [] }));
      }
      """;
  private static final String CHANGE_ALL =
      """
      ({ payloads, cut }) => {
        const conversation = document.querySelector("pair-chat").client.conversation("victim");
        payloads.forEach((each, i) => {
          conversation.edit(i + 1, `https://a.example/${each} ${each}`);
          conversation.react(i + 1, cut(each));
        });
      }
      """;
  private static final String HAVE_ARRIVED =
      """
      document.querySelector("pair-chat").client.conversation("mallory").messages.filter(
        ({ edited, reactions }) => edited && reactions.mallory).length
      """;
  private static final String DRAFT_ALL =
      """
      ({ payloads }) => {
        const { client, shadowRoot } = document.querySelector("pair-chat");
        const line = shadowRoot.querySelector("textarea");
        return payloads.filter((each) => {
          line.value = each;
          line.dispatchEvent(new Event("input"));
          return client.conversation("inkwell").draft !== line.value;
        });
      }
      """;
  private static final String GO_TO_ALL =
      """
      async ({ payloads }) => {
        const [other, chat] = ["#other", "pair-chat"].map((each) => document.querySelector(each));
        const wrong = [];
        for (const peer of payloads) {
          history.pushState(null, "", `?${new URLSearchParams({ user: "walker", peer })}`);
          dispatchEvent(new PopStateEvent("popstate"));
          await new Promise((then) => setTimeout(then));
          const shown = chat.hidden ? other.value : chat.shadowRoot.querySelector("[part~=peer]").textContent;
          if (shown !== peer.replace(/[\\r\\n]/g, "")) wrong.push(peer);
        }
        return wrong;
      }
      """;

  @Test
  void asTextDataEditLinkAndReactionTheyStayText() {
    ChatPage victim = open("/?user=victim&peer=mallory");
    victim.isConnected();
    ChatPage mallory = open("/?user=mallory&peer=victim");
    mallory.isConnected();
    List<String> payloads = Attack.payloads(mallory);
    Assertions.assertThat(payloads).hasSize(100).doesNotHaveDuplicates();

    Attack.run(mallory, "payloads.js", SEND_ALL, null);
    for (ChatPage page : List.of(victim, mallory)) {
      assertThat(page.messages()).hasCount(100);
      Assertions.assertThat(Attack.texts(page)).isEqualTo(payloads);
      Attack.cameToNothing(page);
    }

    Attack.run(mallory, "payloads.js", CHANGE_ALL, null);
    victim.page.waitForCondition(() -> victim.page.evaluate(HAVE_ARRIVED).equals(100));
    assertThat(victim.chat().locator(".chip")).hasCount(100);
    for (ChatPage page : List.of(victim, mallory)) {
      Assertions.assertThat(Attack.texts(page))
          .isEqualTo(payloads.stream().map(p -> "https://a.example/" + p + " " + p).toList());
      Attack.cameToNothing(page);
    }

    victim.page.reload();
    assertThat(victim.messages().last()).isVisible();
    Attack.cameToNothing(victim);
  }

  @Test
  void inTheDraftTheyStayText() {
    ChatPage page = open("/?user=writer&peer=inkwell");
    page.isConnected();
    Assertions.assertThat((List<?>) Attack.run(page, "payloads.js", DRAFT_ALL, null)).isEmpty();
    page.line().fill("</textarea><script>window.ran=1</script>");
    page.page.reload();
    assertThat(page.line()).hasValue("</textarea><script>window.ran=1</script>");
    Attack.cameToNothing(page);
  }

  @Test
  void asAddressesTheyStayText() {
    ChatPage page = open("/?user=walker");
    page.isConnected();
    page.page.locator("summary").click();
    assertThat(page.page.locator("#other")).isFocused();
    Assertions.assertThat((List<?>) Attack.run(page, "payloads.js", GO_TO_ALL, null)).isEmpty();
    Attack.cameToNothing(page);

    for (String payload : some(page)) {
      page.open("/?user=" + encoded(payload) + "&peer=" + encoded(payload));
      assertThat(page.page.locator("#user")).hasValue(payload.replace("\n", ""));
      assertThat(page.page.locator("#user-fault")).containsText("not an id");
      Attack.cameToNothing(page);
    }
  }

  @Test
  void asTokensTheyStayText() throws Exception {
    try (ImServer server =
        ImServer.builder()
            .port(0)
            .authenticator(credentials -> CompletableFuture.completedFuture(null))
            .build()) {
      server.start();
      ChatPage page = Attack.prepare(someone(), "http://127.0.0.1:" + server.port());
      page.open("/");
      for (String payload : some(page)) {
        page.page.locator("#token").fill(payload);
        page.page.locator("#token").press("Enter");
        assertThat(page.page.locator("#token-fault")).containsText("refused");
        assertThat(page.page.locator("#token")).hasValue("");
        Attack.cameToNothing(page);

        page.open("/?again#token=" + encoded(payload) + "&peer=" + encoded(payload));
        assertThat(page.page.locator("#token-fault")).containsText("refused");
        assertThat(page.page).not().hasURL(Pattern.compile("token"));
        Attack.cameToNothing(page);
      }
    }
  }

  @Test
  void namesThatObjectsHaveByThemselvesAreNamesLikeOthers() {
    List<String> names = List.of("constructor", "toString", "hasOwnProperty", "valueOf");
    for (int i = 0; i < names.size(); i += 2) {
      ChatPage one = open("/?user=" + names.get(i) + "&peer=" + names.get(i + 1));
      one.isConnected();
      ChatPage two = open("/?user=" + names.get(i + 1) + "&peer=" + names.get(i));
      two.isConnected();
      one.say("by " + names.get(i));
      two.shows("by " + names.get(i));
      two.message("by " + names.get(i)).locator(".react").click();
      two.chat().getByRole(AriaRole.MENUITEMCHECKBOX).first().click();
      assertThat(one.chat().locator(".chip")).hasText("👍1" + names.get(i + 1));

      one.page.reload();
      one.shows("by " + names.get(i));
      assertThat(one.chat().locator(".chip")).hasCount(1);
      assertThat(one.page.locator("#list .name")).hasText(names.get(i + 1));
      one.say("and again");
      two.shows("and again");
      Attack.cameToNothing(one);
      Attack.cameToNothing(two);
    }
  }

  @Test
  void thePolicyIsAtWork() {
    ChatPage page = open("/?user=guard&peer=dog");
    page.isConnected();
    for (String attempt :
        List.of(
            "document.body.innerHTML = '<b>x</b>'",
            "document.querySelector('pair-chat').shadowRoot.innerHTML = ''",
            "document.createElement('script').text = 'window.ran = 1'",
            "trustedTypes.createPolicy('default', {})")) {
      Assertions.assertThatThrownBy(() -> page.page.evaluate(attempt))
          .as(attempt)
          .isInstanceOf(PlaywrightException.class);
    }
    page.page.evaluate("document.body.append(Object.assign(new Image(), {src: '//evil.example'}))");
    page.page.waitForCondition(
        () -> page.page.evaluate("violations.join()").toString().contains("img-src"));
    Assertions.assertThat(page.page.evaluate("violations.length")).isEqualTo(5);
  }

  private ChatPage open(String path) {
    ChatPage page = Attack.prepare(someone(), "http://127.0.0.1:" + port());
    page.open(path);
    return page;
  }

  private static List<String> some(ChatPage page) {
    List<String> all = Attack.payloads(page);
    return IntStream.iterate(SOME / 2, i -> i < all.size(), i -> i + SOME)
        .mapToObj(all::get)
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
