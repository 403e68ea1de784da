package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two people at three browsers. */
@Tag("soak")
class ThreeBrowsersTest extends BrowserTest {
  private static final int EACH = 8;
  private static final String SEND =
      "(texts) => { const {client} = document.querySelector('pair-chat');"
          + " const peer = new URLSearchParams(location.search).get('peer');"
          + " texts.forEach((text) => client.conversation(peer).send(text)); }";

  private final List<ChatPage> all = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();

  @Test
  void thatWriteAtOnceEndWithTheSameOrder() {
    join("alice", "bob");
    join("alice", "bob");
    join("bob", "alice");
    for (ChatPage page : all) {
      page.page.evaluate(SEND, texts(all.indexOf(page)));
    }
    wires.forEach(wire -> wire.isHolding(1));
    wires.forEach(Wire::go);

    for (ChatPage page : all) {
      assertThat(page.texts()).hasCount(all.size() * EACH);
      int writer = all.indexOf(page);
      page.is(texts(writer).get(EACH - 1), "Read", "Delivered", "Sent");
    }
    List<String> order = ServerLog.texts(port(), "alice", "bob");
    assertThat(order).hasSize(all.size() * EACH);
    for (int writer = 0; writer < all.size(); writer++) {
      assertThat(order).containsSubsequence(texts(writer));
    }
    for (ChatPage page : all) {
      assertThat(page.texts()).hasText(order.toArray(String[]::new));
      assertThat(page.troubles).isEmpty();
    }
  }

  /** Nothing that is sent gets through before all are ready. */
  private void join(String user, String peer) {
    ChatPage page = blank(someone());
    Wire wire = Wire.of(page.page);
    wire.stop("\"type\":\"send\"");
    page.open("/?user=" + user + "&peer=" + peer);
    page.isConnected();
    all.add(page);
    wires.add(wire);
  }

  private static List<String> texts(int writer) {
    return IntStream.range(0, EACH).mapToObj(i -> "message " + i + " of " + writer).toList();
  }
}
