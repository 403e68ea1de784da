package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the new messages begin, how many there are, and when they count as read. */
class UnreadTest extends BrowserTest {
  /** What a test says of the page: who looks at it. */
  private static final String LOOKS =
      """
      window.looks = {hidden: false, focused: true};
      Object.defineProperty(document, "hidden", {get: () => looks.hidden});
      document.hasFocus = () => looks.focused;
      """;

  private static final String SCROLL_UP = "e => { e.scrollTop = 0; }";
  private static final String SCROLL_DOWN = "e => { e.scrollTop = e.scrollHeight; }";

  private static final String PANEL =
      """
      <style>body { margin: 0; overflow: hidden } pair-chat { width: 400px; height: 300px }</style>
      <script type=module src=SERVER/im/pair-chat.js></script>
      <div id=panel><pair-chat id=chat url=SERVER/ws user=host peer=kim></pair-chat></div>
      <script>
        window.unread = 0;
        chat.addEventListener("unread", ({ detail }) => (unread = detail.unread));
      </script>
      """;

  /** How panels are closed. */
  private static final List<String> CLOSED =
      List.of(
          "display: none",
          "visibility: hidden",
          "opacity: 0",
          "transform: translateX(100vw)",
          "transform: scale(0)",
          "height: 0; overflow: hidden");

  private static final String TWO_FRAMES =
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))";

  @Test
  void oneIsLedToWhereTheNewMessagesBeginAndTheLineStaysThereUntilOneAnswers() {
    story.reads("anna", "bo", say("bo", 1, 60));
    say("bo", 61, 100);
    ChatPage page = chat("anna", "bo");
    Locator line = page.chat().locator(".unread");
    Locator standsBefore = page.chat().locator(".unread + [part~=message]");

    assertThat(line).isInViewport();
    assertThat(line).hasText("40 new messages");
    assertThat(standsBefore).containsText("message 61");
    BoundingBox box = page.timeline().boundingBox();
    assertThat(line.boundingBox().y - box.y).isBetween(0.0, box.height / 2);
    assertThat(page.message("message 100")).not().isInViewport();

    page.timeline().evaluate(SCROLL_DOWN);
    isReadTo(page, "bo", 100);
    say("bo", 101, 103);
    page.shows("message 103");
    isReadTo(page, "bo", 103);
    assertThat(line).hasText("40 new messages");
    assertThat(standsBefore).containsText("message 61");

    page.timeline().evaluate(SCROLL_UP);
    say("bo", 104, 104);
    assertThat(page.text("message 104")).hasCount(1);
    assertThat(standsBefore).containsText("message 104");
    assertThat(line).hasText("1 new message");
    say("bo", 105, 106);
    assertThat(line).hasText("3 new messages");
    assertThat(standsBefore).containsText("message 104");

    page.say("an answer");
    assertThat(line).hasCount(0);
    assertThat(page.text("an answer")).isInViewport();
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void withoutNewMessagesOneIsAtTheEnd() {
    story.reads("anna", "carl", say("carl", 1, 60));
    ChatPage page = chat("anna", "carl");

    assertThat(page.text("message 60")).isInViewport();
    assertThat(page.chat().locator(".unread")).hasCount(0);
    assertThat(page.chat().locator(".jump")).isHidden();
  }

  @Test
  void aButtonLeadsToTheNewestAndCountsWhatIsUnread() {
    story.reads("anna", "dora", say("dora", 1, 60));
    ChatPage page = chat("anna", "dora");
    Locator jump = page.chat().locator(".jump");
    assertThat(page.text("message 60")).isInViewport();
    assertThat(jump).isHidden();
    // What is older comes by itself, and would have its place above the reader.
    assertThat(page.messages()).hasCount(60);
    page.timeline().evaluate(SCROLL_UP);
    assertThat(jump).hasAccessibleName("To the newest message");
    assertThat(jump).hasText("");
    say("dora", 61, 63);
    assertThat(jump).hasText("3");
    assertThat(jump).hasAccessibleName("To the newest message, 3 unread");
    assertThat(page.text("message 1")).isInViewport();
    assertThat(story.read("anna", "dora")).isEqualTo(60);

    jump.click();
    assertThat(page.text("message 63")).isInViewport();
    assertThat(jump).isHidden();
    isReadTo(page, "dora", 63);
  }

  @Test
  void aMessageIsReadWhenItIsInSightOfSomebodyWhoLooks() {
    BrowserContext context = someone();
    context.addInitScript(LOOKS);
    story.reads("anna", "emil", say("emil", 1, 60));
    ChatPage page = chat(context, "anna", "emil");
    assertThat(page.text("message 60")).isInViewport();

    look(page, true, true);
    say("emil", 61, 61);
    assertThat(page.text("message 61")).isVisible();
    isUnread(page, "emil", 1);
    look(page, false, false);
    isUnread(page, "emil", 1);
    look(page, false, true);
    isReadTo(page, "emil", 61);

    page.timeline().evaluate(SCROLL_UP);
    say("emil", 62, 62);
    assertThat(page.text("message 62")).hasCount(1);
    isUnread(page, "emil", 1);
    page.timeline().evaluate(SCROLL_DOWN);
    isReadTo(page, "emil", 62);
  }

  @Test
  void oneWhoComesBackIsLedToWhatCameMeanwhile() {
    BrowserContext context = someone();
    context.addInitScript(LOOKS);
    story.reads("anna", "fay", say("fay", 1, 60));
    ChatPage page = chat(context, "anna", "fay");
    assertThat(page.text("message 60")).isInViewport();

    look(page, true, false);
    say("fay", 61, 90);
    assertThat(page.text("message 90")).hasCount(1);
    assertThat(page.chat().locator(".unread")).hasText("30 new messages");
    assertThat(page.chat().locator(".unread")).isInViewport();
    assertThat(page.chat().locator(".unread + [part~=message]")).containsText("message 61");
    assertThat(story.read("anna", "fay")).isEqualTo(60);
  }

  @Test
  void howeverManyAreNewOneIsLedToWhereTheyBegin() {
    story.reads("anna", "gus", say("gus", 1, 10));
    say("gus", 11, 1110);
    ChatPage page = chat("anna", "gus");

    beginsAt(page, "message 11", "1100 new messages");
    assertThat(story.read("anna", "gus")).isLessThan(100);
  }

  @Test
  void whatCameWhileOneWasAtTheListIsNewToo() {
    story.reads("anna", "hal", say("hal", 1, 60));
    ChatPage page = blank(someone());
    page.open("/?user=anna");
    page.isConnected();
    Locator row = page.page.getByRole(AriaRole.LINK).filter(named("hal"));
    assertThat(row).containsText("message 60");
    say("hal", 61, 120);
    assertThat(row).containsText("message 120");
    row.click();

    beginsAt(page, "message 61", "60 new messages");
    assertThat(story.read("anna", "hal")).isLessThan(100);
  }

  @Test
  void whenTooManyAreNewOneIsAtTheNewest() {
    say("ira", 1, 2010);
    ChatPage page = chat("anna", "ira");
    assertThat(page.text("message 2010")).isInViewport();
    isReadTo(page, "ira", 2010);
    isUnread(page, "ira", 0);
    assertThat(page.chat().locator(".unread")).hasCount(0);
    assertThat(page.text("message 2010")).isInViewport();
  }

  @Test
  void whoHasBegunToReadOrToAnswerIsLedNowhereElse() {
    for (String how : new String[] {"scrolls", "answers"}) {
      say(how, 1, 150);
      ChatPage page = blank(someone());
      Wire wire = Wire.of(page.page);
      wire.stop("\"before\"");
      page.open("/?user=anna&peer=" + how);
      assertThat(page.text("message 150")).isInViewport();
      if (how.equals("answers")) {
        page.say("an answer");
        page.is("an answer", "Sent");
      } else {
        page.timeline().evaluate(SCROLL_UP);
        assertThat(page.text("message 101")).isInViewport();
      }
      wire.go();
      page.page.waitForCondition(() -> loaded(page, how) >= 150);
      page.page.evaluate(TWO_FRAMES);
      assertThat(page.text(how.equals("answers") ? "an answer" : "message 101")).isInViewport();
    }
  }

  @Test
  void whatIsInAClosedPanelIsNotRead() {
    story.says("kim", "host", "before");
    HostPage host = new HostPage(someone(), port(), PANEL);
    host.page.waitForCondition(() -> story.read("host", "kim") == 1);
    for (String closed : CLOSED) {
      host.page.evaluate("closed => panel.setAttribute('style', closed)", closed);
      host.page.evaluate(TWO_FRAMES);
      long before = story.read("host", "kim");
      String first = "first behind " + closed;
      long seq = story.says("kim", "host", first);
      for (int i = 0; i < 20; i++) {
        seq = story.says("kim", "host", "behind");
      }
      host.page.waitForCondition(() -> host.page.evaluate("unread").equals(21));
      host.page.evaluate(TWO_FRAMES);
      assertThat(host.page.evaluate("unread")).as(closed).isEqualTo(21);
      assertThat(story.read("host", "kim")).as(closed).isEqualTo(before);

      host.page.evaluate("panel.setAttribute('style', '')");
      assertThat(host.element("#chat").locator(".unread")).hasText("21 new messages");
      assertThat(host.element("#chat").locator(".unread + [part~=message]")).containsText(first);
      assertThat(host.element("#chat").locator(".unread")).isInViewport();
      host.page.waitForCondition(() -> story.read("host", "kim") > before);
      assertThat(story.read("host", "kim")).as(closed).isLessThan(seq - 5);
      host.element("#chat").locator(".jump").click();
      long last = seq;
      host.page.waitForCondition(() -> story.read("host", "kim") == last);
      host.page.waitForCondition(() -> host.page.evaluate("unread").equals(0));
    }
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void inAPanelThatOpensOrIsScaledOneIsLedToWhereTheNewMessagesBegin() {
    List<String> closed = List.of("display: none", "visibility: hidden", "transform: scale(0)");
    List<String> all = new ArrayList<>(closed);
    all.addAll(List.of("transform: scale(0.7)", "zoom: 1.4"));
    for (String style : all) {
      String me = story.newId();
      for (int i = 1; i <= 60; i++) {
        story.says("kim", me, "message " + i);
      }
      String panel = PANEL.replace("user=host", "user=" + me);
      HostPage host =
          new HostPage(
              someone(), port(), panel.replace("id=panel", "id=panel style='" + style + "'"));
      if (closed.contains(style)) {
        host.page.waitForCondition(() -> host.page.evaluate("unread").equals(60));
        host.page.evaluate(TWO_FRAMES);
        assertThat(story.read(me, "kim")).as(style).isZero();
        host.page.evaluate("panel.setAttribute('style', '')");
      }
      assertThat(host.element("#chat").locator(".unread")).hasText("60 new messages");
      assertThat(host.element("#chat").locator(".unread")).isInViewport();
      host.page.waitForCondition(() -> story.read(me, "kim") > 0);
      assertThat(story.read(me, "kim")).as(style).isLessThan(10);
      assertThat(host.troubles()).isEmpty();
    }
  }

  @Test
  void readIsWhatIsInSightOfAPaneThatScrollsOrCutsOff() {
    for (int i = 0; i < 3; i++) {
      story.says("kim", "pane", "message " + i);
    }
    String pane = "position: fixed; inset: 0; overflow: auto";
    HostPage host =
        new HostPage(
            someone(),
            port(),
            PANEL
                .replace("user=host", "user=pane")
                .replace(
                    "id=panel>",
                    "id=panel style='" + pane + "'><div style='height: 1200px'></div>"));
    host.page.waitForCondition(() -> host.page.evaluate("unread").equals(3));
    host.page.evaluate(TWO_FRAMES);
    assertThat(story.read("pane", "kim")).isZero();
    host.page.evaluate("panel.scrollTop = panel.scrollHeight");
    host.page.waitForCondition(() -> story.read("pane", "kim") == 3);

    host.page.evaluate("chat.previousElementSibling.style.height = '0'");
    host.page.evaluate("panel.setAttribute('style', 'height: 150px; overflow: hidden')");
    host.page.evaluate("panel.scrollTop = 0");
    host.page.evaluate(TWO_FRAMES);
    story.says("kim", "pane", "below the edge");
    host.page.waitForCondition(() -> host.page.evaluate("unread").equals(1));
    host.page.evaluate(TWO_FRAMES);
    assertThat(host.texts("#chat").last()).hasText("below the edge");
    assertThat(host.page.evaluate("unread")).isEqualTo(1);
    host.page.evaluate(
        "panel.setAttribute('style', 'transform: translateY(100vh)'),"
            + " panel.animate([{transform: 'translateY(760px)'}, {transform: 'none'}],"
            + " {duration: 300, fill: 'forwards'})");
    host.page.waitForCondition(() -> story.read("pane", "kim") == 4);
    assertThat(host.troubles()).isEmpty();
  }

  private static int loaded(ChatPage page, String peer) {
    return (int)
        page.page.evaluate(
            "(peer) => document.querySelector('pair-chat').client.conversation(peer).messages.length",
            peer);
  }

  private static void beginsAt(ChatPage page, String text, String words) {
    Locator line = page.chat().locator(".unread");
    assertThat(line).hasText(words);
    assertThat(line).isInViewport();
    assertThat(page.chat().locator(".unread + [part~=message]")).containsText(text);
  }

  private static Locator.FilterOptions named(String peer) {
    return new Locator.FilterOptions().setHasText(peer);
  }

  private static void look(ChatPage page, boolean hidden, boolean focused) {
    page.page.evaluate(
        "(now) => { Object.assign(looks, now);"
            + " document.dispatchEvent(new Event('visibilitychange'));"
            + " window.dispatchEvent(new Event(now.focused ? 'focus' : 'blur')); }",
        Map.of("hidden", hidden, "focused", focused));
  }

  /** Two frames later, when all that was to be done has been done. */
  private static void isUnread(ChatPage page, String peer, int count) {
    Object unread =
        page.page.evaluate(
            "(peer) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>"
                + " done(document.querySelector('pair-chat').client.conversation(peer).unread))))",
            peer);
    assertThat(unread).isEqualTo(count);
  }

  private static void isReadTo(ChatPage page, String peer, long seq) {
    page.page.waitForCondition(() -> story.read("anna", peer) == seq);
  }

  /** Says that many, the last of which has the number that is the answer. */
  private static long say(String peer, int first, int last) {
    long seq = 0;
    for (int i = first; i <= last; i++) {
      seq = story.says(peer, "anna", "message " + i);
    }
    return seq;
  }
}
