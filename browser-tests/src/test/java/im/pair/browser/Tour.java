package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Leads through every view of the page, one after the other. */
final class Tour {
  /** What fades in is there. */
  private static final String APPEARED =
      """
      document.getAnimations()
        .filter((each) => each.effect.getComputedTiming().endTime < Infinity)
        .forEach((each) => each.finish())
      """;

  private static final String[] MANY =
      IntStream.rangeClosed(1, 24).mapToObj(i -> "123 456 789 " + i).toArray(String[]::new);

  private final BrowserTest test;
  private final String me;
  private final ChatPage page;
  private final Obstacle obstacle;
  private final BiConsumer<String, ChatPage> guest;

  /**
   * @param me a name that nobody else has in this class
   * @param guest looks at each view, whose name it is told
   */
  Tour(
      BrowserTest test,
      Browser.NewContextOptions looks,
      String me,
      BiConsumer<String, ChatPage> guest) {
    this.test = test;
    this.me = me;
    this.guest = guest;
    BrowserContext browser = test.someone(looks);
    obstacle = new Obstacle(browser);
    page = test.blank(browser);
  }

  /** Through the views of demo mode. */
  void go() {
    signIn();
    emptyList();
    emptyConversation();
    Correspondent bob = fullList();
    longConversation();
    livelyConversation(bob);
    menus();
    troubles();
  }

  /** Through those that are there where one signs in with a token. */
  void goWithToken(String address) {
    page.page.navigate(address);
    Locator token = page.page.locator("#token");
    assertThat(token).isFocused();
    see("a token is asked for");
    token.fill("no");
    token.press("Enter");
    assertThat(page.page.locator("#token-fault")).not().isEmpty();
    see("a token was refused");
  }

  private void see(String view) {
    page.page.evaluate(APPEARED);
    guest.accept(view, page);
  }

  private void signIn() {
    page.open("/");
    Locator user = page.page.locator("#user");
    assertThat(user).isFocused();
    see("sign-in");
    user.fill("?");
    page.page.locator("#peer").fill("!");
    user.press("Enter");
    assertThat(page.page.locator("#peer-fault")).not().isEmpty();
    see("sign-in, with faults");
  }

  private void emptyList() {
    page.open("/?user=" + me);
    assertThat(page.page.locator("#list-state")).not().hasText(Pattern.compile("…|^$"));
    see("an empty list");
    page.page.locator("#bell").click();
    assertThat(page.page.locator("#denied")).not().isEmpty();
    see("notifications are denied");
    page.page.locator("summary").click();
    Locator other = page.page.locator("#other");
    other.fill("?");
    other.press("Enter");
    assertThat(page.page.locator("#other-fault")).not().isEmpty();
    see("a new conversation with nobody");
    other.fill("bob");
    other.press("Enter");
  }

  private void emptyConversation() {
    assertThat(page.chat().locator(".empty")).isVisible();
    see("an empty conversation");
    page.line().fill("0123456789".repeat(10_000));
    assertThat(page.line()).hasAttribute("aria-invalid", "true");
    see("too long a text");
    page.line().fill("");
  }

  private Correspondent fullList() {
    page.open("/?user=" + me);
    Correspondent carol = person("carol");
    carol.says("https://example.org/?" + "q".repeat(200));
    carol.leaves();
    person("a-name-that-is-as-long-as-a-name-can-be." + "x".repeat(24)).types();
    Correspondent bob = person("bob");
    bob.says(MANY);
    assertThat(page.page.locator("#list .badge").first()).hasText("" + MANY.length);
    see("a list");
    page.page.locator("#list a").first().click();
    return bob;
  }

  private void longConversation() {
    assertThat(page.chat().locator(".unread")).isInViewport();
    see("an unread line");
    page.messages().last().scrollIntoViewIfNeeded();
    assertThat(page.chat().locator(".jump")).isHidden();
    page.messages().first().scrollIntoViewIfNeeded();
    assertThat(page.chat().locator(".jump")).isVisible();
    see("the way to the end");
    page.chat().locator(".jump").click();
  }

  private void livelyConversation(Correspondent bob) {
    write("1 11", "delivered");
    bob.reads();
    assertThat(mark("1 11", "read")).isVisible();
    write("2 22 https://example.org/", "delivered");
    bob.says("3 33", "4 44 https://example.org/", "5 55");
    bob.edits("3 33", "33 3");
    bob.removes("5 55");
    bob.reacts("1 11", "👍");
    assertThat(page.message("1 11").locator(".chip")).isVisible();
    bob.leaves();
    write("6 66", "sent");
    Correspondent myself = new Correspondent(test.blank(test.someone()), me, "bob");
    myself.says("7 77", "8 88");
    myself.edits("7 77", "77 7");
    myself.removes("8 88");
    myself.reacts("33 3", "🎉");
    assertThat(page.message("33 3").locator(".chip")).isVisible();
    myself.leaves();
    obstacle.refuse("\"body\":\"9 99\"", "blocked");
    write("9 99", "failed");
    bob = person("bob");
    bob.types();
    assertThat(page.chat().locator(".presence.typing")).isVisible();
    see("a lively conversation");
  }

  private void menus() {
    Locator last = page.message("77 7");
    last.hover();
    last.locator("[name=more]").click();
    Locator menu = page.chat().getByRole(AriaRole.MENU);
    assertThat(menu).isVisible();
    see("the menu");
    menu.getByRole(AriaRole.MENUITEM).last().click();
    assertThat(page.chat().getByRole(AriaRole.DIALOG)).isVisible();
    see("the question");
    page.page.keyboard().press("Escape");
    page.page.keyboard().press("Enter");
    menu.locator("button:has(.edit)").click();
    assertThat(page.chat().locator(".editing")).isVisible();
    see("editing");
  }

  private void troubles() {
    obstacle.refuse("\"kind\":\"edit\"", "not_found");
    page.line().fill("7 7 7");
    page.chat().locator("[part~=send]").click();
    assertThat(page.chat().locator("[part~=notice]")).isVisible();
    see("a notice");
    obstacle.cut();
    assertThat(page.banner().getByRole(AriaRole.BUTTON)).isVisible();
    see("no connection");
    page.page.route("**/server.json", route -> route.fulfill(unavailable()));
    page.open("/");
    assertThat(page.page.locator("#again")).isVisible();
    see("no server");
  }

  private static Route.FulfillOptions unavailable() {
    return new Route.FulfillOptions().setStatus(503);
  }

  private void write(String text, String state) {
    page.line().fill(text);
    page.chat().locator("[part~=send]").click();
    assertThat(mark(text, state)).isVisible();
  }

  private Locator mark(String text, String state) {
    return page.message(text).locator(".mark." + state);
  }

  private Correspondent person(String user) {
    return new Correspondent(test.blank(test.someone()), user, me);
  }
}
