package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static im.pair.browser.SeenStates.DELIVERED;
import static im.pair.browser.SeenStates.READ;
import static im.pair.browser.SeenStates.SENDING;
import static im.pair.browser.SeenStates.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** What one sees of how far one's message has come. */
class StatesTest extends BrowserTest {
  private static final String ID =
      "document.querySelector('pair-chat').client.conversation('bob').messages.at(-1).id";
  private static final String COLOUR = "mark => getComputedStyle(mark).color";

  @Test
  void eachIsShownInOrderInBothDirections() {
    isSentDeliveredAndRead("alice", "bob", "to bob");
    isSentDeliveredAndRead("bob", "alice", "to alice");
  }

  private void isSentDeliveredAndRead(String from, String to, String text) {
    ChatPage writer = blank(someone());
    Wire wire = Wire.of(writer.page);
    writer.open("/?user=" + from + "&peer=" + to);
    SeenStates states = SeenStates.of(writer);
    writer.isConnected();
    wire.stop("\"type\":\"send\"");
    writer.write(text);
    wire.isHolding(1);
    writer.is(text, "Sending");
    wire.go();
    writer.is(text, "Sent");

    ChatPage reader = blank(someone());
    reader.open("/?user=" + to);
    writer.is(text, "Delivered");
    Object delivered = writer.message(text).locator(".mark").evaluate(COLOUR);
    Page.GetByRoleOptions row = new Page.GetByRoleOptions().setName(from);
    reader.page.getByRole(AriaRole.LINK, row).click();
    writer.is(text, "Read");

    assertThat(states.of(text)).containsExactly(SENDING, SENT, DELIVERED, READ);
    assertThat(writer.message(text).locator(".mark").evaluate(COLOUR)).isNotEqualTo(delivered);
    assertThat(writer.troubles).isEmpty();
    assertThat(reader.troubles).isEmpty();
    writer.page.close();
    reader.page.close();
  }

  @Test
  void noneGoesBackWhateverTheOrderOfTheFrames() {
    ChatPage alice = blank(someone());
    Wire wire = Wire.of(alice.page);
    alice.open("/?user=alice&peer=bob");
    alice.isConnected();
    ChatPage bob = chat("bob", "alice");
    alice.say("first");
    alice.is("first", "Read");

    SeenStates states = SeenStates.of(alice);
    wire.stop("\"type\":\"entry\"", "\"body\":\"odd\"");
    alice.write("odd");
    wire.isHolding(1);
    bob.shows("odd");
    wire.tell(mark(2, 2).replace('\'', '"'));
    alice.is("odd", "Sending");
    wire.go();
    alice.is("odd", "Read");

    String id = (String) alice.page.evaluate(ID);
    for (String frame :
        new String[] {
          mark(2, 0),
          mark(1, 1),
          mark(0, 0),
          "{'type':'accepted','id':'ID','to':'bob','seq':2,'at':1}",
          "{'type':'rejected','id':'ID','to':'bob','code':'blocked','reason':'late'}",
          "{'type':'entry','from':'alice','to':'bob','seq':2,'id':'ID','at':1,'kind':'message','body':'odd'}"
        }) {
      wire.tell(frame.replace("ID", id).replace('\'', '"'));
    }
    bob.say("after all that");
    alice.shows("after all that");

    assertThat(states.of("odd")).containsExactly(SENDING, READ);
    assertThat(states.of("first")).containsExactly(READ);
    assertThat(alice.texts()).hasText(new String[] {"first", "odd", "after all that"});
    assertThat(alice.troubles).isEmpty();
  }

  private static String mark(int delivered, int read) {
    return "{'type':'mark','from':'bob','to':'alice','delivered':"
        + delivered
        + ",'read':"
        + read
        + "}";
  }
}
