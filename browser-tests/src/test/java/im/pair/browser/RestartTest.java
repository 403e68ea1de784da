package im.pair.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.PairRouter;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.jetty.ImServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away in the middle of a conversation and comes back at the same port. */
class RestartTest extends BrowserTest {
  private static final String SEND = "\"type\":\"send\"";
  private static final String HURRY = "document.querySelector('pair-chat').client.hurry()";

  @TempDir private Path directory;

  private ChatPage alice;
  private ChatPage bob;
  private Wire aliceWire;
  private Wire bobWire;
  private SeenStates states;

  @Test
  void nothingIsLostAndNothingIsThereTwiceAfterItWasKilled() throws Exception {
    try (KillableServer server = KillableServer.start(directory)) {
      converse(server.port());
      server.kill();
      writeWithoutServer();
      server.start();

      areInStep(server.port(), "one", "from bob", "two", "three", "four", "bob too");
      states.onlyGoForward("one", "two", "three", "four");
      isAnnouncedOnce();
    }
  }

  @Test
  void norWhenItsMessagesHaveANewEpoch() throws Exception {
    stopServer();
    SqliteMessageStore before = startOn(0);
    int port = port();
    converse(port);
    stopServer();
    before.close();
    writeWithoutServer();
    SqliteMessageStore.newEpoch(directory);
    SqliteMessageStore after = startOn(port);

    areInStep(port, "one", "from bob", "two", "three", "four", "bob too");
    states.onlyGoForward("one", "two", "three", "four");
    isAnnouncedOnce();
    stopServer();
    after.close();
    startServer(0);
  }

  @Test
  void whatWasNotSentYetIsSentToAServerThatHasForgottenEverything() throws Exception {
    int port = port();
    converse(port);
    stopServer();
    writeWithoutServer();
    startServer(port);

    areInStep(port, "two", "three", "four", "bob too");
    isAnnouncedOnce();
  }

  @Test
  void anEditOfAMessageThatTheServerHasForgottenChangesNoOtherAndIsADraft() throws Exception {
    int port = port();
    alice = chat("alice", "bob");
    alice.say("one");
    alice.line().press("ArrowUp");
    alice.line().fill("one more");
    stopServer();
    alice.isDisconnected();
    startServer(port);
    ChatPage elsewhere = chat("alice", "bob");
    elsewhere.say("the first of another history");
    alice.page.evaluate(HURRY);
    String[] texts = {"the first of another history"};
    assertThat(alice.texts()).hasText(texts);

    alice.line().press("Enter");
    assertThat(alice.line()).hasValue("one more");
    assertThat(alice.line()).hasAccessibleName("Message to bob");
    alice.write("the second");
    elsewhere.shows("the second");
    assertThat(elsewhere.message(texts[0]).locator(".edited")).isHidden();
  }

  /** Until alice's "two" is stored, and she does not know. */
  private void converse(int port) {
    String origin = "http://127.0.0.1:" + port;
    alice = new ChatPage(someone().newPage(), origin);
    bob = new ChatPage(someone().newPage(), origin);
    aliceWire = Wire.of(alice.page);
    bobWire = Wire.of(bob.page);
    alice.open("/?user=alice&peer=bob");
    bob.open("/?user=bob&peer=alice");
    alice.isConnected();
    bob.isConnected();
    states = SeenStates.of(alice);
    alice.say("one");
    bob.say("from bob");
    alice.is("one", "Read");
    aliceWire.stop("\"type\":\"entry\"", "\"body\":\"two\"");
    alice.write("two");
    aliceWire.isHolding(1);
    bob.shows("two");
  }

  private void writeWithoutServer() {
    alice.isDisconnected();
    bob.isDisconnected();
    aliceWire.lose();
    aliceWire.stop(SEND);
    bobWire.stop(SEND);
    alice.write("three");
    alice.write("four");
    bob.write("bob too");
    alice.line().fill("half a thought");
    bob.line().fill("bob's thought");
    alice.is("four", "Sending");
    assertThat(alice.banner()).isVisible();
  }

  /** Both are back before anything is sent again, so that all that is sent is news to them. */
  private void areInStep(int port, String... texts) {
    for (ChatPage page : new ChatPage[] {alice, bob}) {
      page.page.evaluate(HURRY);
    }
    aliceWire.isHolding(1);
    bobWire.isHolding(1);
    aliceWire.go();
    alice.is("four", "Read");
    bobWire.go();
    bob.is("bob too", "Read");
    for (ChatPage page : new ChatPage[] {alice, bob}) {
      assertThat(page.texts()).hasText(texts);
      assertThat(page.banner()).not().isVisible();
    }
    assertThat(ServerLog.texts(port, "alice", "bob")).containsExactly(texts);
    assertThat(alice.line()).hasValue("half a thought");
    assertThat(bob.line()).hasValue("bob's thought");
  }

  private void isAnnouncedOnce() {
    assertThat(alice.announced()).hasText(new String[] {"bob: from bob", "bob: bob too"});
    assertThat(bob.announced())
        .hasText(new String[] {"alice: one", "alice: two", "alice: three", "alice: four"});
  }

  private SqliteMessageStore startOn(int port) throws Exception {
    SqliteMessageStore store = SqliteMessageStore.open(directory);
    startServer(ImServer.builder().port(port).router(PairRouter.builder().store(store).build()));
    return store;
  }
}
