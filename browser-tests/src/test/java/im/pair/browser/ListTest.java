package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.KeyboardModifier;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The conversations beside the one that is open. */
class ListTest extends BrowserTest {
  /** Writes to each of many, and waits until all of it is stored. */
  private static final String WRITE_TO_ALL =
      """
      async ([user, peers]) => {
        const { Client } = await import("/im/im-client.js");
        const client = new Client({ url: "/ws", user });
        client.connect();
        const stored = Promise.all(peers.map((peer) => new Promise(
          (done) => client.conversation(peer).addEventListener("message", done))));
        for (const peer of peers) {
          client.conversation(peer).send(`${user} to ${peer}`);
        }
        await stored;
        client.close();
      }
      """;

  /** As for a reader who has set the browser's letters twice as large. */
  private static final String LARGER =
      """
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":root { font-size: 200% }");
      document.adoptedStyleSheets = [sheet];
      """;

  @Test
  void theNewestStandsFirstWithItsLastLineItsTimeAndWhatIsUnread() {
    ChatPage me = blank(someone());
    me.open("/?user=lea");
    ChatPage ada = chat("ada", "lea");
    ada.say("first");
    ada.say("second");
    ChatPage ben = chat("ben", "lea");
    ben.say("hello");

    assertThat(names(me)).hasText(new String[] {"ben", "ada"});
    assertThat(lines(me)).hasText(new String[] {"hello", "second"});
    assertThat(badge(me, "ada")).hasText("2");
    assertThat(row(me, "ada").getByText("2 unread")).hasCount(1);
    assertThat(badge(me, "ben")).hasText("1");
    assertThat(row(me, "ben").locator("time")).hasText(Pattern.compile("\\d:\\d\\d"));
    assertThat(me.page).hasTitle("(3) Pair IM");

    row(me, "ada").click();
    assertThat(badge(me, "ada")).isEmpty();
    assertThat(badge(me, "ben")).hasText("1");
    assertThat(me.page).hasTitle("(1) ada · Pair IM");
    assertThat(row(me, "ada")).hasAttribute("aria-current", "page");
    me.say("third");
    assertThat(names(me)).hasText(new String[] {"ada", "ben"});
    assertThat(lines(me).first()).hasText("You: third");
    assertThat(me.troubles).isEmpty();

    me.page.evaluate(LARGER);
    assertThat(row(me, "ada").locator(".name")).hasCSS("font-size", "32px");
    BoundingBox row = row(me, "ada").boundingBox();
    BoundingBox picture = row(me, "ada").locator(".initial").boundingBox();
    BoundingBox name = row(me, "ada").locator(".name").boundingBox();
    BoundingBox line = lines(me).first().boundingBox();
    assertThat(name.x).isGreaterThan(picture.x + picture.width);
    assertThat(name.y).isGreaterThanOrEqualTo(row.y);
    assertThat(line.y + line.height).isLessThanOrEqualTo(row.y + row.height);
  }

  @Test
  void onlineOfflineAndTypingAreSaidInTheRow() {
    ChatPage me = chat("ivo", "eva");
    me.say("hi");
    assertThat(row(me, "eva").getByText("online")).hasCount(0);

    ChatPage eva = chat("eva", "ivo");
    assertThat(row(me, "eva").getByText("online")).hasCount(1);
    eva.line().pressSequentially("h");
    assertThat(lines(me)).hasText("typing…");
    eva.line().fill("");
    assertThat(lines(me)).hasText("You: hi");
    eva.page.close();
    assertThat(row(me, "eva").getByText("online")).hasCount(0);
    assertThat(me.troubles).isEmpty();

    chat("eva", "ivo");
    assertThat(row(me, "eva").getByText("online")).isVisible();
    assertThat(row(me, "eva")).hasAccessibleName(Pattern.compile("^eva online "));
    me.page.context().setOffline(true);
    assertThat(row(me, "eva").getByText("online")).isHidden();
    assertThat(row(me, "eva")).not().hasAccessibleName(Pattern.compile("online"));
    me.page.context().setOffline(false);
    assertThat(row(me, "eva").getByText("online")).isVisible();
  }

  @Test
  void aLastLineSaysThatItWasEditedAwayOrDeleted() {
    ChatPage me = chat("ina", "tom");
    me.say("a slip");
    assertThat(lines(me)).hasText("You: a slip");
    me.page.evaluate(
        "document.querySelector('pair-chat').client.conversation('tom').edit(1, 'mended')");
    assertThat(lines(me)).hasText("You: mended");
    me.page.evaluate("document.querySelector('pair-chat').client.conversation('tom').remove(1)");
    assertThat(lines(me)).hasText("You: Deleted");
    me.page.evaluate(
        "document.querySelector('pair-chat').client.conversation('tom').send('', {n: 1})");
    assertThat(lines(me)).hasText("You: Message without text");
    assertThat(me.troubles).isEmpty();
  }

  @Test
  void moreThanFiftyComeInPartsAsOneScrolls() {
    List<String> peers =
        IntStream.range(0, 120).mapToObj(i -> String.format(Locale.ROOT, "p%03d", i)).toList();
    ChatPage me = blank(someone());
    me.open("/?user=hub");
    me.isConnected();
    me.page.evaluate(WRITE_TO_ALL, List.of("hub", peers));

    new Correspondent(blank(someone()), "p000", "hub").says("one of the fifty and more");
    me.page.reload();
    me.isConnected();
    assertThat(names(me)).hasCount(50);
    assertThat(me.page).hasTitle("(1+) Pair IM");
    for (int shown : new int[] {50, 100}) {
      names(me).nth(shown - 1).scrollIntoViewIfNeeded();
      me.page.waitForCondition(() -> names(me).count() > shown);
    }
    assertThat(names(me)).hasCount(120);
    assertThat(me.page).hasTitle("(1) Pair IM");
    assertThat(names(me).allTextContents()).containsExactlyInAnyOrderElementsOf(peers);
    assertThat(me.page.locator("#list-state")).isEmpty();
    assertThat(me.troubles).isEmpty();
  }

  @Test
  void arrowsLeadFromRowToRow() {
    ChatPage me = blank(someone());
    me.open("/?user=key");
    me.isConnected();
    me.page.evaluate(WRITE_TO_ALL, List.of("key", List.of("k1", "k2", "k3")));
    assertThat(names(me)).hasCount(3);
    List<String> order = names(me).allTextContents();
    row(me, order.get(0)).focus();
    me.page.keyboard().press("ArrowDown");
    assertThat(row(me, order.get(1))).isFocused();
    me.page.keyboard().press("End");
    assertThat(row(me, order.get(2))).isFocused();
    me.page.keyboard().press("ArrowUp");
    me.page.keyboard().press("Enter");
    assertThat(me.chat().locator("[part~=peer]")).hasText(order.get(1));
    assertThat(me.line()).isFocused();
  }

  @Test
  void aNewConversationIsBegunFromTheList() {
    ChatPage me = blank(someone());
    me.open("/?user=nia");
    me.isConnected();
    Locator other = me.page.locator("#other");
    me.page.route("**/begin.js", Route::abort);
    me.page.getByText("New conversation").click();
    assertThat(me.page.locator("details[open]")).hasCount(0);
    me.page.unroute("**/begin.js");
    me.page.waitForCondition(() -> !me.troubles.isEmpty());
    me.troubles.clear();
    me.page.getByText("New conversation").click();
    assertThat(other).isFocused();
    other.fill("no id");
    other.press("Enter");
    assertThat(me.page.locator("#other-fault")).containsText("not an id");
    other.fill("nia");
    other.press("Enter");
    assertThat(me.page.locator("#other-fault")).containsText("must be different");
    other.fill("zoe");
    other.press("Enter");
    assertThat(other).isHidden();
    assertThat(me.page).hasURL(me.origin + "/?user=nia&peer=zoe");
    assertThat(me.line()).isFocused();
    me.say("a beginning");
    assertThat(names(me)).hasText("zoe");
    assertThat(me.troubles).isEmpty();
  }

  @Test
  void anAddressOfNobodyOrOfOneselfIsSaidWhereAConversationIsBegun() {
    ChatPage me = blank(someone());
    me.open("/?user=uma");
    me.isConnected();
    for (String peer : new String[] {"%22%3E%3Cb%3E", "uma"}) {
      me.page.evaluate(
          "peer => { history.pushState(null, '', '?user=uma&peer=' + peer);"
              + " dispatchEvent(new PopStateEvent('popstate')); }",
          peer);
      assertThat(me.page.locator("#other-fault")).isVisible();
      assertThat(me.page).hasURL(me.origin + "/?user=uma");
      assertThat(me.chat()).isHidden();
    }
    assertThat(me.page.locator("#other")).hasValue("uma");
    assertThat(me.troubles).isEmpty();
  }

  @Test
  void onAPhoneBackLeadsFromTheConversationToTheList() {
    BrowserContext phone = someone(smallScreen());
    ChatPage me = chat(phone, "pia", "max");
    me.line().fill("deep link");
    me.chat().locator("[part~=send]").tap();
    me.is("deep link", "Sent");
    assertThat(row(me, "max")).isHidden();
    back(me).click();
    assertThat(row(me, "max")).isFocused();
    assertThat(me.chat()).isHidden();
    assertThat(me.page).hasURL(me.origin + "/?user=pia");

    row(me, "max").click();
    assertThat(me.line()).isVisible();
    assertThat(row(me, "max")).isHidden();
    me.page.goBack();
    assertThat(row(me, "max")).isVisible();
    me.page.goForward();
    me.shows("deep link");
    back(me).click();
    assertThat(me.page).hasURL(me.origin + "/?user=pia");
    assertThat(me.troubles).isEmpty();
  }

  @Test
  void rowsAreLinksThatOpenInATabOfTheirOwn() {
    BrowserContext browser = someone();
    ChatPage me = chat(browser, "kim", "lou");
    me.say("in both tabs");
    assertThat(row(me, "lou")).hasAttribute("href", "?user=kim&peer=lou");
    Page tab =
        browser.waitForPage(
            () ->
                row(me, "lou")
                    .click(
                        new Locator.ClickOptions()
                            .setModifiers(List.of(KeyboardModifier.CONTROLORMETA))));
    assertThat(tab.locator("pair-chat").getByText("in both tabs").first()).isVisible();
    assertThat(me.troubles).isEmpty();
  }

  private static Locator list(ChatPage page) {
    return page.page.locator("#list");
  }

  private static Locator names(ChatPage page) {
    return list(page).locator(".name");
  }

  private static Locator lines(ChatPage page) {
    return list(page).locator(".last");
  }

  private static Locator row(ChatPage page, String peer) {
    Locator name = page.page.locator(".name", new Page.LocatorOptions().setHasText(peer));
    return list(page).locator("a", new Locator.LocatorOptions().setHas(name));
  }

  private static Locator badge(ChatPage page, String peer) {
    return row(page, peer).locator(".badge");
  }

  private static Locator back(ChatPage page) {
    return page.page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Back to the conversations"));
  }
}
