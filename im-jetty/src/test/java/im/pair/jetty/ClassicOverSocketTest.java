package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.joined;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import im.pair.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** wire.md, Classic, word for word, over real sockets. */
@Timeout(60)
class ClassicOverSocketTest {
  private final PairRouter router =
      PairRouter.builder().limits(Limits.DEFAULTS.withSendsPerSecond(0)).build();
  private final ImServer server = ImServer.builder().port(0).router(router).build();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theTutorialsPagesTalkAsTheyAre() {
    try (TextClient page111 = TextClient.open(server);
        TextClient page222 = TextClient.open(server)) {
      page111.say("{\"userId\":\"111\",\"targetId\":\"222\"}").awaitJoined("111");
      page222.say("{\"userId\":\"222\",\"targetId\":\"111\"}").awaitJoined("222");

      page111.say("{\"userId\":\"111\",\"targetId\":\"222\",\"message\":\"111: “你好”\"}");
      assertThat(page111.next()).isEqualTo("{\"id\":\"111\",\"msg\":\"111: “你好”\"}");
      assertThat(page222.next()).isEqualTo("{\"id\":\"111\",\"msg\":\"111: “你好”\"}");

      page222.say("{\"userId\":\"222\",\"targetId\":\"111\",\"message\":\"222: “hi”\"}");
      assertThat(page111.next()).isEqualTo("{\"id\":\"222\",\"msg\":\"222: “hi”\"}");
      assertThat(page222.next()).isEqualTo("{\"id\":\"222\",\"msg\":\"222: “hi”\"}");
    }
  }

  @Test
  void bothPathsSpeakClassic() {
    try (TextClient root = TextClient.open(server, "/");
        TextClient ws = TextClient.open(server, "/ws")) {
      ws.say(join("222", "111")).awaitJoined("222");
      root.say(message("111", "222", "hi"));

      assertThat(root.next()).isEqualTo(told("111", "hi"));
      assertThat(ws.next()).isEqualTo(told("111", "hi"));
    }
  }

  @Test
  void joiningIsNotAnswered() {
    try (TextClient client = TextClient.open(server)) {
      client.say(join("111", "222"));

      client.assertToldNothingElse("111");
    }
  }

  @Test
  void theFirstUserToJoinIsReadyAtOnce() {
    try (TextClient first = joined(server, "111", "222");
        TextClient second = TextClient.open(server)) {
      second.say(message("222", "111", "hi"));

      assertThat(first.next()).isEqualTo(told("222", "hi"));
    }
  }

  @Test
  void aMessageInTheVeryFirstFrameIsNotLost() {
    try (TextClient listener = joined(server, "222", "111");
        TextClient sender = TextClient.open(server)) {
      sender.say(message("111", "222", "first"));

      assertThat(sender.next()).isEqualTo(told("111", "first"));
      assertThat(listener.next()).isEqualTo(told("111", "first"));
    }
  }

  @Test
  void aFrameThatComesTogetherWithTheUpgradeIsNotLost() throws IOException {
    int port = server.port();
    try (RawWebSocket client = RawWebSocket.connect(port, "127.0.0.1", 0)) {
      byte[] upgrade =
          (RawWebSocket.upgrade(port, "/") + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      byte[] frame =
          RawWebSocket.frameBytes(
              RawWebSocket.TEXT,
              true,
              message("111", "222", "hi").getBytes(StandardCharsets.UTF_8));
      byte[] both = new byte[upgrade.length + frame.length];
      System.arraycopy(upgrade, 0, both, 0, upgrade.length);
      System.arraycopy(frame, 0, both, upgrade.length, frame.length);
      client.bytes(both);

      client.readUpgrade();
      assertThat(client.nextText()).isEqualTo(told("111", "hi"));
    }
  }

  @Test
  void theFirstFrameBindsTheConnectionToItsUser() {
    try (TextClient listener = joined(server, "222", "111");
        TextClient client = joined(server, "111", "222")) {
      client.say(message("333", "222", "I am another"));

      assertThat(client.next())
          .startsWith("{\"id\":null,\"msg\":\"")
          .endsWith("\"error\":\"identity\"}");
      client.say(message("111", "222", "I am me"));
      assertThat(client.next()).isEqualTo(told("111", "I am me"));
      assertThat(listener.next()).isEqualTo(told("111", "I am me"));
    }
  }

  @Test
  void aJoinedPairIsForgottenWhenItsConnectionsAreGone() {
    try (TextClient stays = joined(server, "222", "111")) {
      TextClient leaves = joined(server, "111", "222");
      leaves.leave();
      Await.until("111 has gone", () -> !router.isOnline(new UserId("111")));
      stays.say(message("222", "111", "while you were away"));
      assertThat(stays.next()).isEqualTo(told("222", "while you were away"));

      try (TextClient back = TextClient.open(server)) {
        back.say(join("111", "444")).awaitJoined("111");
        stays.say(message("222", "111", "you have not joined us again"));
        assertThat(stays.next()).isEqualTo(told("222", "you have not joined us again"));
        back.assertToldNothingElse("111");
      }
    }
  }

  @Test
  void thereIsNoReplay() {
    try (TextClient sender = joined(server, "111", "222")) {
      sender.say(message("111", "222", "before"));
      assertThat(sender.next()).isEqualTo(told("111", "before"));
      try (TextClient late = joined(server, "222", "111")) {
        sender.say(message("111", "222", "after"));

        assertThat(late.next()).isEqualTo(told("111", "after"));
      }
    }
  }

  @Test
  void aSecondTabReceivesTooAndDoesNotSilenceTheFirst() {
    try (TextClient tab1 = joined(server, "111", "222");
        TextClient tab2 = joined(server, "111", "222");
        TextClient peer = joined(server, "222", "111")) {
      tab2.say(message("111", "222", "from tab 2"));
      assertThat(tab1.next()).isEqualTo(told("111", "from tab 2"));
      assertThat(tab2.next()).isEqualTo(told("111", "from tab 2"));
      assertThat(peer.next()).isEqualTo(told("111", "from tab 2"));

      tab2.leave();
      peer.say(message("222", "111", "to those who are left"));
      assertThat(tab1.next()).isEqualTo(told("222", "to those who are left"));
    }
  }

  @Test
  void oneConnectionTalksInManyPairs() {
    try (TextClient busy = joined(server, "111", "222");
        TextClient peer222 = joined(server, "222", "111");
        TextClient peer333 = joined(server, "333", "111")) {
      busy.say(join("111", "333")).awaitJoined("111");
      peer222.say(message("222", "111", "two"));
      assertThat(busy.next()).isEqualTo(told("222", "two"));
      peer333.say(message("333", "111", "three"));
      assertThat(busy.next()).isEqualTo(told("333", "three"));

      busy.say(message("111", "333", "for three alone"));
      assertThat(peer333.next()).isEqualTo(told("333", "three"));
      assertThat(peer333.next()).isEqualTo(told("111", "for three alone"));
      assertThat(peer222.next()).isEqualTo(told("222", "two"));
      peer222.assertToldNothingElse("222");
    }
  }

  @Test
  void aConnectionIsToldIdsInTheJsonTypeThatItUsedItself() {
    try (TextClient strings = joined(server, "222", "111");
        TextClient integers = TextClient.open(server)) {
      integers.say("{\"userId\":111,\"targetId\":222,\"message\":\"from a number\"}");
      assertThat(integers.next()).isEqualTo("{\"id\":111,\"msg\":\"from a number\"}");
      assertThat(strings.next()).isEqualTo("{\"id\":\"111\",\"msg\":\"from a number\"}");

      strings.say(message("222", "111", "from a text"));
      assertThat(integers.next()).isEqualTo("{\"id\":222,\"msg\":\"from a text\"}");
      assertThat(strings.next()).isEqualTo("{\"id\":\"222\",\"msg\":\"from a text\"}");
    }
  }

  @Test
  void aMessageMayBeEmpty() {
    try (TextClient client = TextClient.open(server)) {
      client.say(message("111", "222", ""));

      assertThat(client.next()).isEqualTo("{\"id\":\"111\",\"msg\":\"\"}");
    }
  }

  @Test
  void aNullMessageIsNoMessageAndUnknownFieldsAreIgnored() {
    try (TextClient client = TextClient.open(server)) {
      client.say("{\"userId\":\"111\",\"targetId\":\"222\",\"message\":null,\"x\":[{\"y\":1}]}");

      client.assertToldNothingElse("111");
    }
  }

  @Test
  void textsComeBackAsTheyWereSent() {
    String text = "<img src=x onerror=alert(1)> \\\"quoted\\\" \\\\ 中文 👍 \\u0001  é e\u0301";
    try (TextClient client = TextClient.open(server)) {
      client.say(message("111", "222", text));

      assertThat(client.next()).isEqualTo(told("111", text));
    }
  }

  @Test
  void theLargestBodyComesBackWhole() {
    String text = "x".repeat(16_384);
    try (TextClient client = TextClient.open(server)) {
      client.say(message("111", "222", text));

      assertThat(client.next()).isEqualTo(told("111", text));
    }
  }

  @Test
  void aFrameThatIsNotAcceptedIsAnsweredInWordsAndWithACode() {
    try (TextClient client = TextClient.open(server)) {
      client.say("hello");

      assertThat(client.next())
          .matches("\\{\"id\":null,\"msg\":\"[^\"]+\",\"error\":\"bad_frame\"}");
      client.say(message("111", "222", "it lives"));
      assertThat(client.next()).isEqualTo(told("111", "it lives"));
    }
  }

  @Test
  void everyClientIsToldWhenTheServerGoes() {
    try (TextClient joined = joined(server, "111", "222");
        TextClient silent = TextClient.open(server)) {
      Await.until("both are connected", () -> server.clients() == 2);
      server.close();

      assertThat(joined.next()).isEqualTo("(close 4503)");
      assertThat(silent.next()).isEqualTo("(close 4503)");
      assertThat(server.clients()).isZero();
    }
  }
}
