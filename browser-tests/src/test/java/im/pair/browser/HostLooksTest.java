package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code <pair-chat>} among style sheets, policies and languages that are not ours. */
class HostLooksTest extends BrowserTest {
  private static final String ELEMENT =
      """
      <script type=module src=SERVER/im/pair-chat.js></script>
      <pair-chat id=chat url=SERVER/ws user=USER peer=customer></pair-chat>
      """;
  private static final String AGGRESSIVE =
      """
      <style>
        * { all: unset; color: red !important; display: block !important; font-size: 40px !important;
            position: static !important; box-sizing: content-box !important; margin: 30px !important;
            line-height: 3 !important; text-transform: uppercase !important; text-align: right !important }
        div, p, button, textarea, form, section, span, article, slot { display: none !important;
            opacity: 0 !important; width: 3px !important; background: red !important }
        ::before, ::after { content: "ad" !important }
        :focus { outline: none !important }
        html { font-size: 4px !important; writing-mode: horizontal-tb }
        body { direction: rtl; width: 800px !important; letter-spacing: 9px; white-space: pre;
            cursor: none; visibility: visible; word-spacing: 50px }
        head, style, script { display: none !important }
      </style>
      """;

  @Test
  void aggressiveStylesNeitherBreakItNorColourIt() {
    HostPage plain = open(Map.of(), "", "plain");
    plain.write("#chat", "as it should look");
    HostPage host = open(Map.of(), AGGRESSIVE, "styled");
    host.write("#chat", "as it should look");

    for (String part : new String[] {"bubble", "peer", "input", "send", "composer", "header"}) {
      for (String property :
          new String[] {
            "color",
            "background-color",
            "font-size",
            "line-height",
            "display",
            "box-sizing",
            "letter-spacing",
            "word-spacing",
            "text-transform",
            "opacity",
            "padding-top",
            "margin-top",
            "cursor",
            "visibility"
          }) {
        assertThat(part(host, part))
            .hasCSS(property, String.valueOf(part(plain, part).evaluate(STYLE, property)));
      }
    }
    BoundingBox box = host.element("#chat").locator(".box").boundingBox();
    assertThat(box.height).isBetween(320d, 2000d);
    assertThat(box.width).isGreaterThan(600);
    for (String part : new String[] {"bubble", "peer", "input", "send"}) {
      BoundingBox inner = part(host, part).boundingBox();
      assertThat(inner.width).as(part).isGreaterThan(20);
      assertThat(inner.x).as(part).isBetween(box.x, box.x + box.width - inner.width);
      assertThat(inner.y).as(part).isBetween(box.y, box.y + box.height - inner.height);
    }
    assertThat(part(host, "bubble")).hasCSS("direction", "rtl");
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void amongAggressiveStylesOneCanReactEditAndDelete() {
    HostPage host = open(Map.of(), AGGRESSIVE, "worker");
    host.write("#chat", "a message");
    assertThat(host.element("#chat").locator(".mark")).hasText("Sent");
    part(host, "message").hover();
    button(host, "React").click();
    role(host, AriaRole.MENUITEMCHECKBOX).first().click();
    assertThat(host.element("#chat").locator(".chip")).containsText("👍");

    button(host, "Message actions").click();
    role(host, AriaRole.MENUITEM).getByText("Edit").click();
    assertThat(host.line("#chat")).hasValue("a message");
    host.write("#chat", "another");
    assertThat(host.texts("#chat")).hasText("another");

    button(host, "Message actions").click();
    role(host, AriaRole.MENUITEM).getByText("Delete").click();
    button(host, "Delete").click();
    assertThat(host.texts("#chat")).hasText("This message was deleted");
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void itWorksUnderAStrictPolicyThatAllowsOurServer() {
    String server = HostPage.server(port());
    String policy =
        ("default-src 'none'; script-src SERVER; style-src SERVER; connect-src WS/ws;"
                + " require-trusted-types-for 'script'; trusted-types 'none'")
            .replace("SERVER", server)
            .replace("WS", server.replace("http", "ws"));
    HostPage host = open(Map.of("Content-Security-Policy", policy), "", "guarded");
    host.write("#chat", "allowed");
    assertThat(host.element("#chat").locator(".mark")).hasText("Sent");
    assertThat(part(host, "bubble")).hasCSS("background-color", "rgb(29, 95, 209)");
    part(host, "message").hover();
    button(host, "Message actions").click();
    assertThat(role(host, AriaRole.MENUITEM).first()).isVisible();
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void customPropertiesAndPartsChangeItsLooks() {
    HostPage host =
        open(
            Map.of(),
            """
            <style>
              pair-chat { --im-own: rgb(1, 2, 3); --im-on-own: rgb(4, 5, 6); --im-surface: rgb(7, 8, 9);
                --im-text: rgb(10, 11, 12); --im-edge: rgb(13, 14, 15); --im-radius: 3px;
                --im-font: monospace; --im-hair: rgb(16, 17, 18); height: 400px }
              pair-chat::part(header) { background-color: rgb(19, 20, 21) }
              pair-chat::part(input) { background-color: rgb(22, 23, 24) }
              pair-chat::part(bubble) { border-left-color: rgb(25, 26, 27) }
              pair-chat::part(composer) { display: none }
            </style>
            """,
            "painter");
    assertThat(part(host, "composer")).isHidden();
    host.page.evaluate("chat.setAttribute('style', '')");
    host.page.addStyleTag(
        new com.microsoft.playwright.Page.AddStyleTagOptions()
            .setContent("pair-chat::part(composer) { display: flex !important }"));
    host.write("#chat", "in colour");
    assertThat(part(host, "bubble")).hasCSS("background-color", "rgb(1, 2, 3)");
    assertThat(part(host, "bubble")).hasCSS("color", "rgb(4, 5, 6)");
    assertThat(part(host, "bubble")).hasCSS("border-top-left-radius", "3px");
    assertThat(part(host, "bubble")).hasCSS("font-family", "monospace");
    assertThat(part(host, "bubble")).hasCSS("border-left-color", "rgb(25, 26, 27)");
    assertThat(part(host, "header")).hasCSS("background-color", "rgb(19, 20, 21)");
    assertThat(part(host, "header")).hasCSS("border-bottom-color", "rgb(16, 17, 18)");
    assertThat(part(host, "peer")).hasCSS("color", "rgb(10, 11, 12)");
    assertThat(part(host, "input")).hasCSS("background-color", "rgb(22, 23, 24)");
    assertThat(part(host, "input")).hasCSS("border-top-color", "rgb(13, 14, 15)");
    assertThat(host.element("#chat").locator(".box")).hasCSS("background-color", "rgb(7, 8, 9)");
    assertThat(host.element("#chat")).hasCSS("height", "400px");
    assertThat(host.troubles()).isEmpty();
  }

  @Test
  void itFillsTheHeightThatIsGivenAndHas320PixelsIfNoneIs() {
    HostPage host = open(Map.of(), "", "filler");
    assertThat(part(host, "input")).isVisible();
    assertThat(host.element("#chat").boundingBox().height).isEqualTo(320);
    host.page.addStyleTag(
        new com.microsoft.playwright.Page.AddStyleTagOptions()
            .setContent("#chat{height:200px} * {writing-mode: vertical-rl}"));
    assertThat(host.element("#chat").boundingBox().height).isEqualTo(200);
    BoundingBox box = host.element("#chat").locator(".box").boundingBox();
    assertThat(box.height).isEqualTo(200);
    assertThat(box.width).isGreaterThan(200);
    BoundingBox composer = part(host, "composer").boundingBox();
    BoundingBox chat = host.element("#chat").boundingBox();
    assertThat(composer.y + composer.height).isLessThanOrEqualTo(chat.y + chat.height);
    assertThat(part(host, "timeline").boundingBox().height).isGreaterThan(40);
  }

  @Test
  void linesThatThePageDrawsUnderOrThroughTextsEndAtIt() {
    HostPage host = open(Map.of(), "", "liner");
    host.write("#chat", "a message");
    assertThat(host.element("#chat").locator(".mark")).hasText("Sent");
    assertThat(host.element("#chat")).containsText("The beginning of the conversation");
    host.page.mouse().move(0, 0);
    byte[] plain = host.element("#chat").screenshot();
    host.page.addStyleTag(
        new com.microsoft.playwright.Page.AddStyleTagOptions()
            .setContent("* { text-decoration: line-through 3px red }"));
    assertThat(Pixels.difference(host.element("#chat").screenshot(), plain)).isLessThan(32);
  }

  @Test
  void itFillsTheLeastHeightThatIsGivenWithinItsPadding() {
    HostPage host =
        open(Map.of(), "<style>#chat{min-height:500px;padding:10px}</style>", "minimal");
    assertThat(part(host, "input")).isVisible();
    BoundingBox chat = host.element("#chat").boundingBox();
    BoundingBox box = host.element("#chat").locator(".box").boundingBox();
    assertThat(chat.height).isBetween(500d, 520d);
    assertThat(box.height).isEqualTo(chat.height - 20);
    assertThat(box.width).isEqualTo(chat.width - 20);
    assertThat(box.y).isEqualTo(chat.y + 10);
  }

  @Test
  void itKeepsToItsPlaceHoweverThePageLaysItOut() {
    HostPage host = open(Map.of(), "<style>body { margin: 0 }</style>", "placed");
    Locator box = host.element("#chat").locator(".box");
    assertThat(part(host, "input")).isVisible();
    for (String style :
        List.of(
            "all: unset", "all: revert", "display: inline", "display: block", "display: flex")) {
      host.page.evaluate("style => chat.setAttribute('style', style)", style);
      assertThat(box.boundingBox().height).as(style).isEqualTo(320);
      assertThat(box.boundingBox().width).as(style).isEqualTo(1100);
    }
    host.page.evaluate("chat.setAttribute('style', 'position: fixed; inset: 16px')");
    assertThat(box.boundingBox().height).isEqualTo(760 - 32);
    host.page.evaluate("chat.setAttribute('style', 'border: 3px solid; padding: 2px')");
    host.page.evaluate("document.body.style.height = '400px'");
    assertThat(host.element("#chat").boundingBox().height).isEqualTo(400);
    assertThat(box.boundingBox().height).isEqualTo(390);
  }

  @Test
  void itSpeaksTheLanguageOfTheNearestLang() {
    HostPage host = open(Map.of(), "", "speaker");
    assertThat(host.line("#chat")).hasAttribute("placeholder", "Message");
    host.page.evaluate("chat.lang = 'zh-CN'");
    assertThat(host.line("#chat")).hasAttribute("placeholder", "输入消息");
    host.page.evaluate("chat.removeAttribute('lang'), document.documentElement.lang = 'de'");
    host.page.evaluate(
        "server => import(server + '/im/strings.js').then(({ addStrings }) =>"
            + " addStrings('de', { chat: { send: 'Senden', message: 'Nachricht' } }))",
        HostPage.server(port()));
    host.page.evaluate("const all = chat, home = all.parentNode; all.remove(), home.append(all)");
    assertThat(host.line("#chat")).hasAttribute("placeholder", "Nachricht");
    assertThat(part(host, "send")).hasAttribute("aria-label", "Senden");
    assertThat(host.element("#chat")).containsText("Nothing here yet.");
    assertThat(host.troubles()).isEmpty();
  }

  private static final String STYLE = "(e, name) => getComputedStyle(e).getPropertyValue(name)";

  private HostPage open(Map<String, String> headers, String before, String user) {
    return new HostPage(someone(), port(), headers, before + ELEMENT.replace("USER", user));
  }

  private static Locator part(HostPage host, String name) {
    return host.element("#chat").locator("[part~=" + name + "]");
  }

  private static Locator role(HostPage host, AriaRole role) {
    return host.element("#chat").getByRole(role);
  }

  private static Locator button(HostPage host, String name) {
    return host.element("#chat")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
