package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.Draft;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import im.pair.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
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
import org.junit.jupiter.api.Timeout;

/** Pair IM mounted in somebody else's Jetty, under a context path and beside another handler. */
@Timeout(60)
class ImHandlerTest {
  private final UserId alice = new UserId("alice");
  private final UserId bob = new UserId("bob");
  private final PairRouter router = PairRouter.builder().build();
  private final ImHandler handler = ImHandler.builder().router(router).build();
  private final ContextHandler chat = new ContextHandler(handler, "/chat");
  private final Server server = new Server();
  private int port;

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new ContextHandlerCollection(new ContextHandler(new Shop(), "/"), chat));
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void thePageAndItsFilesAreServedInTheContext() throws IOException {
    HttpReply page = HttpReply.get(port, "/chat/?user=111&peer=222");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("src=\"im/", "href=\"im/");
    assertThat(HttpReply.get(port, "/chat/im/strings.js").body()).contains("export");
    assertThat(HttpReply.get(port, "/chat/im/server.json").body()).isEqualTo("{\"auth\":\"demo\"}");
    assertThat(HttpReply.get(port, "/chat/healthz").body()).isEqualTo("ok\n");
    assertThat(HttpReply.get(port, "/chat/nothing").status()).isEqualTo(404);
  }

  @Test
  void thePathOfTheContextLeadsToThePage() throws IOException {
    HttpReply reply = HttpReply.get(port, "/chat?user=111&peer=222");

    assertThat(reply.status()).isIn(301, 302, 308);
    assertThat(reply.header("Location")).endsWith("/chat/?user=111&peer=222");
  }

  @Test
  void theOtherHandlerGoesOnAsBefore() throws IOException {
    assertThat(HttpReply.get(port, "/").body()).isEqualTo("the shop");
    assertThat(HttpReply.get(port, "/im/strings.js").body()).isEqualTo("the shop");
    assertThat(HttpReply.upgrade(port, "127.0.0.1").status()).isEqualTo(200);
  }

  @Test
  void twoTalkThroughBothOfItsPaths() {
    try (TextClient atAlice = TextClient.open(port, "/chat/");
        TextClient atBob = TextClient.open(port, "/chat/ws")) {
      atBob.say(join("bob", "alice")).awaitJoined("bob");
      atAlice.say(message("alice", "bob", "hi"));

      assertThat(atBob.next()).isEqualTo(told("alice", "hi"));
      assertThat(handler.clients()).isEqualTo(2);
    }
  }

  @Test
  void asTheServerStopsClientsAreToldAfterWhatIsQueued() throws Exception {
    try (TextClient client = TextClient.open(port, "/chat/")) {
      client.say(join("alice", "bob")).awaitJoined("alice");
      router.append(bob, alice, Draft.message("m1", "last words"));
      server.stop();

      assertThat(client.next()).isEqualTo(told("bob", "last words"));
      assertThat(client.next()).isEqualTo("(close 4503)");
      assertThat(handler.clients()).isZero();
      assertThat(router.isOnline(alice)).isFalse();
    }
    router.append(bob, alice, Draft.message("m2", "the router was given, and stays open"));
  }

  @Test
  void asItsContextStopsClientsAreToldAndTheOthersStay() throws Exception {
    try (TextClient client = TextClient.open(port, "/chat/")) {
      Await.until("it is connected", () -> handler.clients() == 1);
      chat.stop();

      assertThat(client.next()).isEqualTo("(close 4503)");
      assertThat(handler.clients()).isZero();
    }
    assertThat(HttpReply.get(port, "/").body()).isEqualTo("the shop");
    assertThat(HttpReply.get(port, "/chat/").body()).isEqualTo("the shop");
    assertThatThrownBy(chat::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("starts once");
  }

  @Test
  void whereIdentityIsClaimedNobodyIsLetInFromElsewhereWhereverTheServerListens() throws Exception {
    Server open = new Server();
    LocalConnector network = new LocalConnector(open); // its clients have the address 0.0.0.0
    open.addConnector(network);
    open.setHandler(ImHandler.builder().build());
    open.start();
    try {
      String reply = network.getResponse("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(reply).startsWith("HTTP/1.1 403 ").contains("this machine");
    } finally {
      open.stop();
    }
  }

  private static final class Shop extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.write(
          true, ByteBuffer.wrap("the shop".getBytes(StandardCharsets.US_ASCII)), callback);
      return true;
    }
  }
}
