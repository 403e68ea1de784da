package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done with a message once it is there: to edit it, to delete it, to react. */
class ChangesTest extends BrowserTest {
  /** To another address of the page, as a link in it leads there. */
  private static final String GO =
      "(to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }";

  @Test
  void onesOwnIsEditedAndDeletedByItsMenuAndTheOtherSeesIt() {
    ChatPage one = chat("anna", "bo");
    ChatPage two = chat("bo", "anna");
    List<String> said = new ArrayList<>();
    one.page.onConsoleMessage(message -> said.add(message.text()));
    one.say("frist");
    one.say("second");
    two.shows("second");

    item(one, "frist", "Edit").click();
    assertThat(one.line()).hasValue("frist");
    assertThat(one.line()).isFocused();
    one.write("first");
    one.is("first", "Read");
    for (ChatPage page : new ChatPage[] {one, two}) {
      page.shows("first");
      assertThat(page.message("first").locator(".edited")).isVisible();
      assertThat(page.message("second").locator(".edited")).isHidden();
    }

    item(one, "second", "Delete").click();
    Locator dialog = one.chat().getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("Delete this message for both of you?");
    dialog.getByText("Cancel").click();
    one.shows("second");
    item(one, "second", "Delete").click();
    dialog.getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
    for (ChatPage page : new ChatPage[] {one, two}) {
      assertThat(page.texts()).hasText(new String[] {"first", "This message was deleted"});
      assertThat(page.messages().last().getByRole(AriaRole.BUTTON)).hasCount(0);
    }
    assertThat(said).isEmpty();
    assertThat(one.troubles).isEmpty();
    assertThat(two.troubles).isEmpty();
  }

  @Test
  void thePeersIsNeitherEditedNorDeleted() {
    story.says("carl", "anna", "mine");
    ChatPage page = chat("anna", "carl");
    assertThat(item(page, "mine", "Copy text")).isVisible();
    assertThat(page.chat().getByRole(AriaRole.MENUITEM)).hasCount(1);
  }

  @Test
  void arrowUpEditsTheNewestAndEscapeBringsTheDraftBack() {
    story.says("anna", "dora", "older");
    story.says("anna", "dora", "newest");
    story.says("dora", "anna", "an answer");
    ChatPage page = chat("anna", "dora");
    page.shows("an answer");
    page.line().press("ArrowUp");
    assertThat(page.line()).hasValue("newest");
    assertThat(page.line()).hasAccessibleName("Editing");
    page.line().press("Escape");
    assertThat(page.line()).hasValue("");

    page.line().fill("a draft");
    page.line().press("ArrowUp");
    assertThat(page.line()).hasValue("a draft");
    item(page, "newest", "Edit").click();
    page.line().fill("given up");
    page.line().press("Escape");
    assertThat(page.line()).hasValue("a draft");
    assertThat(page.line()).hasAccessibleName("Message to dora");

    page.line().fill("");
    page.line().press("ArrowUp");
    assertThat(page.line()).hasAccessibleName("Editing");
    page.line().fill(" \u200b");
    page.line().press("Enter");
    assertThat(page.line()).hasAccessibleName("Editing");
    page.write("latest");
    page.shows("latest");
    assertThat(page.texts()).hasText(new String[] {"older", "latest", "an answer"});
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aReactionIsCountedAndTakenBackByAnotherClick() {
    long seq = story.says("emil", "anna", "funny");
    story.reacts("emil", "anna", seq, "😂");
    ChatPage page = chat("anna", "emil");
    Locator chip = page.message("funny").locator(".chip");
    assertThat(chip).hasText("😂1emil");
    assertThat(chip).hasAttribute("aria-pressed", "false");

    chip.click();
    assertThat(chip).hasText("😂2emil and You");
    assertThat(chip).hasAttribute("aria-pressed", "true");
    chip.click();
    assertThat(chip).hasText("😂1emil");

    page.message("funny").hover();
    page.message("funny").getByLabel("React").click();
    page.chat().getByRole(AriaRole.MENUITEMCHECKBOX, named("🎉")).click();
    assertThat(chip).hasText(new String[] {"😂1emil", "🎉1You"});
    page.message("funny").getByLabel("Message actions").click();
    assertThat(page.chat().getByRole(AriaRole.MENUITEMCHECKBOX, named("🎉"))).isChecked();
    page.chat().getByRole(AriaRole.MENUITEMCHECKBOX, named("😂")).click();
    assertThat(chip).hasText(new String[] {"😂2emil and You"});
    story.reacts("emil", "anna", seq, "");
    assertThat(chip).hasText("😂1You");

    page.page.reload();
    assertThat(chip).hasText("😂1You");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aReactionMayBeAnyTextAndTakesNoMoreRoomThanOthers() {
    long seq = story.says("fay", "anna", "hm");
    String markup = "<b onclick=alert(1)>x</b>";
    story.reacts("fay", "anna", seq, markup);
    ChatPage page = chat(someone(smallScreen()), "anna", "fay");
    Locator chip = page.message("hm").locator(".chip");
    assertThat(chip.locator("bdi")).hasText(markup);

    story.reacts("fay", "anna", seq, "W".repeat(64));
    assertThat(chip.locator("bdi")).hasText("W".repeat(64));
    BoundingBox box = chip.boundingBox();
    BoundingBox text = chip.locator("bdi").boundingBox();
    assertThat(box.width).isLessThan(200);
    assertThat(text.x).isGreaterThan(box.x);
    assertThat(text.x + text.width).isLessThan(box.x + box.width);
    story.reacts("fay", "anna", seq, "مرحبا\u202e");
    assertThat(chip).hasText("مرحبا\u202e1fay");
    assertThat(page.message("hm").locator("b")).hasCount(0);
  }

  @Test
  void aChangeThatTheServerRefusesIsTakenBackAndOneIsTold() {
    long seq = story.says("anna", "gus", "mine");
    ChatPage page = chat("anna", "gus");
    page.shows("mine");
    item(page, "mine", "Edit").click();
    page.page.context().setOffline(true);
    page.isDisconnected();
    page.write("changed");
    page.shows("changed");
    page.is("changed", "Sending");
    story.deletes("anna", "gus", seq);
    page.page.context().setOffline(false);
    assertThat(page.texts()).hasText(new String[] {"This message was deleted"});
    assertThat(page.chat().getByText("The message was not edited.")).isVisible();
    assertThat(page.line()).hasValue("changed");
  }

  @Test
  void anEditThatWasBegunIsTakenUpAgainAndTheDraftBesideItStays() {
    story.says("anna", "ivo", "frist");
    ChatPage page = chat("anna", "ivo");
    page.line().fill("a draft");
    item(page, "frist", "Edit").click();
    page.line().fill("first, half");
    page.page.reload();
    assertThat(page.line()).hasValue("first, half");
    page.page.evaluate(GO, "?user=anna&peer=jon");
    assertThat(page.line()).hasAccessibleName("Message to jon");
    page.page.goBack();
    assertThat(page.line()).hasValue("first, half");
    assertThat(page.chat().locator(".quote")).hasText("frist");
    page.line().press("Escape");
    assertThat(page.line()).hasValue("a draft");
    page.page.reload();
    page.shows("frist");
    assertThat(page.line()).hasValue("a draft");

    item(page, "frist", "Edit").click();
    page.write("first");
    page.shows("first");
    page.page.reload();
    page.shows("first");
    assertThat(page.line()).hasValue("a draft");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void theTextOfAnEditIsNotLostWhenItsMessageIsDeleted() {
    long first = story.says("anna", "jim", "first");
    long second = story.says("anna", "jim", "second");
    ChatPage page = chat("anna", "jim");
    page.line().fill("a draft");
    item(page, "first", "Edit").click();
    page.line().fill("much better");
    Locator title = page.chat().locator(".editing [role=status]");
    assertThat(title).hasText("Editing");
    story.deletes("anna", "jim", first);
    assertThat(page.texts()).hasText(new String[] {"This message was deleted", "second"});
    assertThat(title).hasText("It was deleted meanwhile. Your text becomes a draft.");
    assertThat(page.line()).hasValue("much better");
    page.line().press("Enter");
    assertThat(page.line()).hasValue("a draft\nmuch better");
    assertThat(page.line()).hasAccessibleName("Message to jim");

    page.line().fill("another draft");
    item(page, "second", "Edit").click();
    page.line().fill("better still");
    page.page.navigate("about:blank");
    story.deletes("anna", "jim", second);
    page.page.goBack();
    assertThat(page.line()).hasValue("another draft\nbetter still");
    assertThat(page.line()).hasAccessibleName("Message to jim");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void oneIsToldThatTheMessageWasEditedMeanwhile() {
    long seq = story.says("anna", "leo", "first");
    ChatPage page = chat("anna", "leo");
    item(page, "first", "Edit").click();
    page.line().fill("first, mine");
    story.edits("anna", "leo", seq, "first, of elsewhere");
    Locator bar = page.chat().locator(".editing");
    assertThat(bar.locator("[role=status]")).containsText("It was edited meanwhile.");
    assertThat(bar.locator(".quote")).hasText("first, of elsewhere");
    page.line().press("Enter");
    page.shows("first, mine");
    assertThat(bar).hasCount(0);
  }

  @Test
  void whatIsDeletedElsewhereHasNoMenuAnyMore() {
    long one = story.says("anna", "max", "one");
    long two = story.says("anna", "max", "two");
    ChatPage page = chat("anna", "max");
    assertThat(item(page, "one", "Edit")).isVisible();
    story.deletes("anna", "max", one);
    assertThat(page.chat().getByRole(AriaRole.MENU)).isHidden();
    item(page, "two", "Delete").click();
    Locator dialog = page.chat().getByRole(AriaRole.DIALOG);
    assertThat(dialog).isVisible();
    story.deletes("anna", "max", two);
    assertThat(dialog).isHidden();
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void ifWhatTellsOfARefusalCouldNotBeLoadedTheNextRefusalLoadsIt() {
    long seq = story.says("anna", "kai", "mine");
    story.deletes("anna", "kai", seq);
    BrowserContext context = someone();
    Page.RouteOptions once = new Page.RouteOptions().setTimes(1);
    ChatPage page = chat(context, "anna", "kai");
    page.page.route("**/im/failure.js", Route::abort, once);
    Locator notice = page.chat().locator("[part~=notice]");
    String edit = "document.querySelector('pair-chat').client.conversation('kai').edit(1, 'more')";
    List<String> failed = new ArrayList<>();
    page.page.onRequestFailed(request -> failed.add(request.url()));
    page.page.evaluate(edit);
    assertThat(page.line()).hasValue("more");
    page.page.waitForCondition(() -> !failed.isEmpty());
    page.page.waitForRequest("**/im/failure.js", () -> page.page.evaluate(edit));
    assertThat(notice).hasText("The message was not edited. It is deleted.");
    notice.getByRole(AriaRole.BUTTON).click();
    assertThat(notice).hasCount(0);
    assertThat(page.line()).isFocused();
    assertThat(page.troubles).noneMatch(trouble -> trouble.startsWith("error"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"actions.js", "actions.css"})
  void theMenuOpensAsSoonAsItIsLoadedAndIfItCouldNotBeAnotherPressLoadsIt(String file) {
    story.says("hal", "anna", file);
    BrowserContext context = someone();
    List<Route> held = new ArrayList<>();
    context.route("**/im/" + file, held::add);
    ChatPage page = chat(context, "anna", "hal");
    Locator menu = page.chat().getByRole(AriaRole.MENU);
    page.message(file).press("Enter");
    page.page.waitForCondition(() -> held.size() == 1);
    held.get(0).abort();
    page.page.waitForCondition(
        () -> {
          page.message(file).press("Enter");
          return held.size() == 2;
        });
    assertThat(menu).hasCount(0);
    held.get(1).resume();
    assertThat(menu).isVisible();
    assertThat(menu.getByRole(AriaRole.MENUITEMCHECKBOX).first()).isFocused();
  }

  @Test
  void theButtonsOfAMessageThatIsLongerThanTheScreenAreBesideWhatIsSeenOfIt() {
    story.says("ida", "anna", "a long text\n".repeat(100));
    ChatPage page = chat("anna", "ida");
    Locator message = page.messages().first();
    Locator button = message.getByLabel("Message actions");
    for (String scroll : new String[] {"e.scrollHeight", "e.scrollHeight / 2", "0"}) {
      page.timeline().evaluate("e => { e.scrollTop = " + scroll + "; }");
      message.hover();
      assertThat(button).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    }
  }

  @Test
  void aLongPressOpensTheMenuButAMouseAndALinkHaveTheBrowsersOwn() {
    story.says("jon", "anna", "see https://example.org/");
    ChatPage page = chat(someone(smallScreen()), "anna", "jon");
    Locator menu = page.chat().getByRole(AriaRole.MENU);
    Locator text = page.text("see https://example.org/");
    // What it takes is not loaded yet.
    assertThat(page.chat().locator(".menu")).hasCount(0);
    assertThat(press(text, "touch")).isFalse();
    assertThat(menu).isVisible();
    page.page.keyboard().press("Escape");
    assertThat(press(text, "mouse")).isTrue();
    assertThat(press(text.getByRole(AriaRole.LINK), "touch")).isTrue();
    assertThat(menu).isHidden();
    assertThat(press(text, "touch")).isFalse();
    assertThat(menu).isVisible();
  }

  /**
   * What a browser for touch tells of a long press, and one with a mouse of its right button.
   * Chromium without a screen does not make it of a touch that lasts.
   *
   * @return whether the browser may show its own menu
   */
  private static boolean press(Locator where, String pointer) {
    return (boolean)
        where.evaluate(
            "(node, pointerType) => node.dispatchEvent(new PointerEvent('contextmenu',"
                + " { pointerType, bubbles: true, composed: true, cancelable: true }))",
            pointer);
  }

  /** Opens the message's menu and finds something in it. */
  private static Locator item(ChatPage page, String message, String name) {
    page.message(message).hover();
    page.message(message).getByLabel("Message actions").click();
    return page.chat().getByRole(AriaRole.MENUITEM, named(name));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
