package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import im.pair.core.UserId;
import im.pair.jetty.ImHandler;
import im.pair.jetty.ImServer;
import im.pair.wire.Authenticator;
import im.pair.wire.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of another site, which has our handler at /chat too, and what they can open. */
class OtherSiteTest extends BrowserTest {
  private static final String PAGE = "<!doctype html><title>another site</title>";
  private static final String OPEN =
      """
      ([url, offers]) => new Promise((done) => {
        const socket = new WebSocket(url, offers);
        socket.onopen = () => done("open " + socket.protocol);
        socket.onerror = () => done("closed");
      })
      """;

  private static final String LOAD =
      """
      (url) => new Promise((done) => {
        const script = document.createElement("script");
        script.type = "module";
        script.onload = () => done("loaded");
        script.onerror = () => done("refused");
        script.src = url;
        document.head.append(script);
      })
      """;

  /** Takes a token for the name of its user. */
  private static final Authenticator PROOF =
      credentials ->
          CompletableFuture.completedFuture(
              credentials.token() == null
                  ? null
                  : new Identity(new UserId(credentials.token()), Identity.NEVER));

  @TempDir private Path directory;
  private final Server other = new Server();
  private int otherPort;

  @BeforeEach
  void startTheOtherSite() throws Exception {
    ServerConnector connector = new ServerConnector(other);
    connector.setHost("127.0.0.1");
    other.addConnector(connector);
    other.setHandler(
        new ContextHandlerCollection(
            new ContextHandler(new Site(), "/"),
            new ContextHandler(ImHandler.builder().build(), "/chat")));
    other.start();
    otherPort = connector.getLocalPort();
  }

  @AfterEach
  void stopTheOtherSite() throws Exception {
    other.stop();
  }

  @Test
  void whereIdentityIsProvedAPageOfAnotherOriginCannotOpenTheSocketUnlessItWasAdded()
      throws Exception {
    String added = "http://localhost:" + otherPort;
    try (ImServer server = ImServer.builder().port(0).authenticator(PROOF).origin(added).build()) {
      server.start();
      String own = "http://127.0.0.1:" + server.port();

      assertThat(opens(own + "/", server, "im.v1")).isEqualTo("open im.v1");
      assertThat(opens(added + "/", server, "im.v1")).isEqualTo("open im.v1");
      assertThat(opens("http://127.0.0.1:" + otherPort + "/", server, "im.v1")).isEqualTo("closed");
      assertThat(opens(file(), server, "im.v1")).isEqualTo("closed");
      assertThat(opens(file(), server)).isEqualTo("closed");
    }
  }

  @Test
  void whereItIsClaimedAPageWithoutAnOriginHasClassicOnly() throws Exception {
    try (ImServer server = ImServer.builder().port(0).build()) {
      server.start();

      assertThat(opens(file(), server, "im.v1")).isEqualTo("closed");
      assertThat(opens(file(), server)).isEqualTo("open ");
      assertThat(opens("http://localhost:" + otherPort + "/", server, "im.v1"))
          .isEqualTo("open im.v1");
    }
  }

  @Test
  void aPageOfAnyOriginCanLoadTheClient() throws Exception {
    try (ImServer proved = ImServer.builder().port(0).authenticator(PROOF).build()) {
      proved.start();
      for (String page : List.of("http://localhost:" + otherPort + "/", file())) {
        assertThat(loads(page, "http://127.0.0.1:" + port())).isEqualTo("loaded");
        assertThat(loads(page, "http://127.0.0.1:" + proved.port())).isEqualTo("loaded");
      }
    }
  }

  @Test
  void aPageInAContextFindsItsFilesAndItsSocket() {
    ChatPage alice = new ChatPage(someone().newPage(), "http://localhost:" + otherPort + "/chat");
    ChatPage bob = new ChatPage(someone().newPage(), "http://localhost:" + otherPort);
    alice.open("/?user=alice&peer=bob");
    bob.open("/chat?user=bob&peer=alice"); // and is led to /chat/
    alice.isConnected();
    bob.isConnected();

    alice.say("from a context");
    bob.shows("from a context");
    assertThat(alice.troubles).isEmpty();
  }

  /** A page whose origin is null. */
  private String file() throws Exception {
    Path page = Files.writeString(directory.resolve("page.html"), PAGE);
    return page.toUri().toString();
  }

  private String opens(String page, ImServer server, String... offers) {
    String url = "ws://127.0.0.1:" + server.port() + "/ws";
    Page opened = someone().newPage();
    opened.navigate(page);
    return String.valueOf(opened.evaluate(OPEN, List.of(url, List.of(offers))));
  }

  private String loads(String page, String server) {
    Page opened = someone().newPage();
    opened.navigate(page);
    return String.valueOf(opened.evaluate(LOAD, server + "/im/strings.js"));
  }

  /** Embeds nothing that does not allow it. */
  private static final class Site extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put("Content-Type", "text/html");
      response.getHeaders().put("Cross-Origin-Embedder-Policy", "require-corp");
      response.write(true, ByteBuffer.wrap(PAGE.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
