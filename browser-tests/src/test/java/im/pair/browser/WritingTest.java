package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The line that one writes in. */
class WritingTest extends BrowserTest {
  private static final String PUT =
      "(e, text) => { e.value = text; e.dispatchEvent(new Event('input', {bubbles: true})); }";

  @Test
  void enterSendsAndWithShiftItMakesALineAndBlanksAreNothing() {
    ChatPage page = chat("anna", "bo");
    assertThat(page.send()).hasAttribute("aria-disabled", "true");
    page.line().fill(" \n\t\u3000 ");
    page.line().press("Enter");
    assertThat(page.line()).hasValue(" \n\t\u3000 ");
    assertThat(page.send()).hasAttribute("aria-disabled", "true");
    page.line().fill("one");
    page.line().press("Shift+Enter");
    page.page.keyboard().type("two");
    assertThat(page.line()).hasValue("one\ntwo");

    page.line().press("Enter");
    assertThat(page.line()).hasValue("");
    assertThat(page.line()).isFocused();
    page.line().fill("three");
    page.line().press("Control+Enter");
    page.line().fill("  four \n \n\n ");
    page.send().click();
    assertThat(page.line()).isFocused();
    assertThat(page.texts()).hasText(new String[] {"one two", "three", "four"});
    assertThat(page.texts().last().evaluate("e => e.textContent")).isEqualTo("  four ");
    assertThat(page.texts().first().evaluate("e => e.textContent")).isEqualTo("one\ntwo");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void theEnterThatEndsACompositionSendsNothing() {
    BrowserContext context = someone(english().setLocale("zh-CN"));
    ChatPage page = chat(context, "anna", "carl");
    page.line().focus();
    CDPSession keyboard = context.newCDPSession(page.page);
    JsonObject typed = new JsonObject();
    typed.addProperty("text", "ni hao");
    typed.addProperty("selectionStart", 6);
    typed.addProperty("selectionEnd", 6);
    keyboard.send("Input.imeSetComposition", typed);
    assertThat(page.line()).hasValue("ni hao");
    page.line().dispatchEvent("keydown", Map.of("key", "Enter", "isComposing", true));
    page.line().dispatchEvent("keydown", Map.of("key", "Enter", "keyCode", 229));
    assertThat(page.line()).hasValue("ni hao");
    assertThat(page.messages()).hasCount(0);

    JsonObject chosen = new JsonObject();
    chosen.addProperty("text", "你好");
    keyboard.send("Input.insertText", chosen);
    page.line().press("Enter");
    assertThat(page.texts()).hasText(new String[] {"你好"});
  }

  @Test
  void onATouchKeyboardEnterMakesALineAndTheButtonSends() {
    ChatPage page = chat(someone(smallScreen()), "anna", "dora");
    assertThat(page.line()).hasAttribute("enterkeyhint", "enter");
    page.line().tap();
    page.page.keyboard().type("one");
    page.line().press("Enter");
    page.page.keyboard().type("two");
    assertThat(page.line()).hasValue("one\ntwo");
    assertThat(page.messages()).hasCount(0);

    page.send().tap();
    assertThat(page.line()).hasValue("");
    assertThat(page.line()).isFocused();
    assertThat(page.texts()).hasText(new String[] {"one two"});
  }

  @Test
  void whatIsTooLongIsSaidBeforeAndStaysInTheLine() {
    ChatPage page = chat("anna", "emil");
    Locator said = page.chat().locator(".composer").getByRole(AriaRole.ALERT);
    Locator count = page.chat().locator("#count");
    page.line().fill("字".repeat(4_000));
    assertThat(count).isEmpty();
    page.line().fill("字".repeat(5_461)); // 16,383 bytes
    assertThat(count).hasText("16,383 of 16,384 bytes");
    assertThat(said).isEmpty();

    String tooLong = "字".repeat(5_462);
    page.line().fill(tooLong);
    assertThat(count).hasText("16,386 of 16,384 bytes");
    assertThat(said).hasText("Too long to be sent:");
    assertThat(page.line()).hasAttribute("aria-invalid", "true");
    page.line().press("Enter");
    assertThat(page.line()).hasValue(tooLong);
    assertThat(page.messages()).hasCount(0);

    // JSON writes each of these in six bytes, and then the frame is the limit.
    page.line().evaluate(PUT, "\u0001".repeat(10_900));
    assertThat(count).containsText("of 65,536 bytes");
    assertThat(said).hasText("Too long to be sent:");
    page.line().press("Enter");
    assertThat(page.messages()).hasCount(0);

    page.line().evaluate(PUT, "\u0001".repeat(10_800));
    assertThat(said).isEmpty();
    page.line().press("Enter");
    assertThat(page.messages()).hasCount(1);
    assertThat(page.messages().last().locator(".mark")).hasText("Sent");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void aHundredThousandPastedCharactersStayAndCanBeMadeFewer() {
    BrowserContext context = someone();
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    ChatPage page = chat(context, "anna", "fay");
    String text = "0123456789".repeat(10_000);
    page.page.evaluate("text => navigator.clipboard.writeText(text)", text);
    page.line().press("ControlOrMeta+v");
    assertThat(page.line()).hasValue(text);
    assertThat(page.chat().locator("#count")).hasText("100,000 of 16,384 bytes");
    assertThat(page.send()).hasAttribute("aria-disabled", "true");
    assertThat(page.timeline()).isInViewport();
    assertThat(page.send()).isInViewport();

    page.line().fill(text.substring(0, 16_384));
    page.line().press("Enter");
    assertThat(page.line()).hasValue("");
    assertThat(page.messages().last().locator(".mark")).hasText("Sent");
  }

  @Test
  void eachConversationKeepsItsDraft() {
    ChatPage page = chat("anna", "gus");
    page.line().fill("to gus\nin two lines");
    page.open("/?user=anna&peer=hal");
    assertThat(page.line()).hasValue("");
    page.line().fill("to hal");
    page.page.goBack();
    assertThat(page.line()).hasValue("to gus\nin two lines");
    page.page.reload();
    assertThat(page.line()).hasValue("to gus\nin two lines");
    page.isConnected();

    page.page.locator("summary").click();
    Locator other =
        page.page.getByRole(
            AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Their id").setExact(true));
    other.fill("hal");
    other.press("Enter");
    assertThat(page.chat().locator("[part~=peer]")).hasText("hal");
    assertThat(page.line()).hasValue("to hal");
    page.line().press("Enter");
    page.page.reload();
    page.shows("to hal");
    assertThat(page.line()).hasValue("");
    assertThat(page.troubles).isEmpty();
  }

  @Test
  void halvesOfSurrogatePairsAndNullsAreNotSent() {
    ChatPage page = chat("anna", "ida");
    page.line()
        .evaluate(
            "e => { e.value = 'a\\ud800b\\udc00c\\0d 😀'; e.dispatchEvent(new Event('input')); }");
    page.line().press("Enter");
    assertThat(page.texts()).hasText(new String[] {"a\ufffdb\ufffdcd 😀"});
    page.is("a\ufffdb\ufffdcd 😀", "Sent");
  }

  @Test
  void whatNobodySeesIsNothingToSend() {
    ChatPage page = chat("anna", "kim");
    for (String blank : new String[] {" \n ", "\u200b", "\u00ad\u2060 \ufe0f\u3164"}) {
      page.line().fill(blank);
      assertThat(page.send()).hasAttribute("aria-disabled", "true");
      page.line().press("Enter");
      assertThat(page.line()).hasValue(blank);
    }
    page.say("\u200ba");
    assertThat(page.messages()).hasCount(1);
  }

  @Test
  void whereAThousandWaitOneIsToldSoAndTheTextStays() {
    ChatPage page = chat("anna", "jan");
    page.page.evaluate(
        "() => { const {client} = document.querySelector('pair-chat'); client.close();"
            + " for (let i = 0; i < 1000; i++) { client.conversation('jan').send('no ' + i); } }");
    page.write("one too many");
    assertThat(page.chat().locator(".composer").getByRole(AriaRole.ALERT))
        .hasText("Too many messages are waiting to be sent.");
    assertThat(page.line()).hasValue("one too many");
    assertThat(page.text("one too many")).hasCount(0);
  }
}
