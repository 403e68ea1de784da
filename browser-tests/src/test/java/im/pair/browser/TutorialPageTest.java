package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page that does what the tutorial's pages do, opened from a file as they are, with our page at
 * the other end.
 */
class TutorialPageTest extends BrowserTest {
  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8">
      <title>closed</title>
      <ol></ol>
      <input>
      <button>go</button>
      <script>
        const userId = USER, targetId = TARGET;
        const socket = new WebSocket("ws://127.0.0.1:PORT");
        const tell = (more) => socket.send(JSON.stringify({userId, targetId, ...more}));
        socket.onopen = () => {
          document.title = "open";
          tell();
        };
        socket.onmessage = (event) => {
          const {id, msg} = JSON.parse(event.data);
          const row = document.querySelector("ol").appendChild(document.createElement("li"));
          row.textContent = msg;
          row.className = userId === id ? "mine" : "theirs";
        };
        document.querySelector("button").onclick = () =>
          tell({message: userId + ": " + document.querySelector("input").value});
      </script>
      """;

  @TempDir private Path directory;

  @Test
  void aPageOpenedFromAFileTalksWithOurs() throws Exception {
    talk("'333'", "'444'", "333", "444");
  }

  @Test
  void andOneWhoseIdsAreNumbersKnowsItsOwnToo() throws Exception {
    talk("555", "666", "555", "666");
  }

  private void talk(String userId, String targetId, String theirs, String ours) throws Exception {
    Page file = open(userId, targetId);
    assertThat(file.evaluate("origin")).isEqualTo("null");
    say(file, "first");
    assertThat(row(file, "mine")).hasText(new String[] {theirs + ": first"});

    ChatPage page = chat(ours, theirs);
    page.say("from our page");
    assertThat(row(file, "theirs")).hasText(new String[] {"from our page"});

    String answer = theirs + ": to our page";
    say(file, "to our page");
    page.shows(answer);
    assertThat(row(file, "mine")).hasText(new String[] {theirs + ": first", answer});
    assertThat(page.texts()).hasText(new String[] {theirs + ": first", "from our page", answer});
  }

  private Page open(String userId, String targetId) throws Exception {
    Path file = directory.resolve("page.html");
    Files.writeString(
        file,
        PAGE.replace("USER", userId)
            .replace("TARGET", targetId)
            .replace("PORT", Integer.toString(port())));
    Page page = someone().newPage();
    page.navigate(file.toUri().toString());
    assertThat(page).hasTitle("open");
    return page;
  }

  private static void say(Page page, String text) {
    page.locator("input").fill(text);
    page.locator("button").click();
  }

  private static Locator row(Page page, String side) {
    return page.locator("li." + side);
  }
}
