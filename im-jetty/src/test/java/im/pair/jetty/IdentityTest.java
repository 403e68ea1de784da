package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a frame says, one reads, marks, watches and writes in one's own pairs only. */
@Timeout(60)
class IdentityTest {
  private static final UserId MALLORY = new UserId("mallory");
  private static final UserId FORBIDDEN = new UserId("forbid");

  private final ImServer server =
      ImServer.builder()
          .port(0)
          .router(
              PairRouter.builder()
                  .policy((from, to) -> !(from.equals(MALLORY) && to.equals(FORBIDDEN)))
                  .build())
          .build();

  private V1Client alice;
  private V1Client bob;
  private V1Client mallory;

  @BeforeEach
  void start() throws IOException {
    server.start();
    alice = V1Client.of(server, "alice");
    bob = V1Client.of(server, "bob");
    mallory = V1Client.of(server, "mallory");
    alice.send("bob", "secret", "for bob alone");
    assertThat(alice.next().path("seq").asInt()).isEqualTo(1);
    assertThat(bob.next().path("seq").asInt()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    List.of(alice, bob, mallory).forEach(V1Client::close);
    server.close();
  }

  @Test
  void whoSendsIsWhoSaidHelloWhateverTheFrameSays() {
    mallory.say(
        "{'type':'send','from':'alice','user':'alice','to':'bob','id':'x','body':'I am alice'}");

    assertThat(bob.next().path("from").asText()).isEqualTo("mallory");
    assertThat(alice.toldSoFar()).isEmpty();
  }

  @Test
  void whoTypesAndMarksIsWhoSaidHelloWhateverTheFrameSays() {
    mallory.say("{'type':'typing','from':'alice','to':'bob','on':true}");
    mallory.say("{'type':'mark','from':'alice','user':'alice','peer':'bob','read':1}");

    assertThat(mallory.next().path("code").asText()).isEqualTo("not_found");
    assertThat(bob.next().path("from").asText()).isEqualTo("mallory");
    assertThat(bob.toldSoFar()).isEmpty();
    assertThat(alice.toldSoFar()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'history','ref':1,'peer':'bob','user':'alice','from':'alice'}",
        "{'type':'history','ref':1,'peer':'alice','to':'bob','after':0}",
        "{'type':'history','ref':1,'peer':'bob','before':9007199254740991}",
        "{'type':'conversations','ref':1,'user':'alice','peer':'alice'}",
        "{'type':'conversations','ref':1,'cursor':'9007199254740991.alice'}"
      })
  void nobodyReadsAForeignPair(String frame) {
    mallory.say(frame);

    assertThat(mallory.nextText()).contains("[]").doesNotContain("for bob");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'kind':'edit','of':1,'body':'changed'",
        "'kind':'delete','of':1",
        "'kind':'react','of':1,'body':'x'"
      })
  void nobodyChangesWhatStandsInAForeignPair(String change) {
    mallory.say("{'type':'send','from':'alice','to':'bob','id':'x'," + change + "}");

    assertThat(mallory.next().path("code").asText()).isEqualTo("not_found");
    assertThat(bob.toldSoFar()).isEmpty();
  }

  @Test
  void cursorsOfForeignPairsGiveNothing() {
    String epoch;
    try (V1Client again = V1Client.open(server.port())) {
      again.say("{'type':'hello','user':'mallory'}");
      epoch = again.next().path("epoch").asText();
    }
    try (V1Client again = V1Client.open(server.port())) {
      again.say(
          "{'type':'hello','user':'mallory','epoch':'"
              + epoch
              + "','cursors':{'bob':[0,0],'alice':[0,0]}}");

      assertThat(again.next().path("resumed").asBoolean()).isTrue();
      JsonNode told = again.next();
      for (int marks = 0; told.path("type").asText().equals("mark"); marks++) {
        assertThat(marks).isLessThan(4);
        assertThat(told.path("delivered").asInt(-1)).isZero();
        told = again.next();
      }
      assertThat(told.path("type").asText()).isEqualTo("synced");
      assertThat(again.toldSoFar()).isEmpty();
    }
  }

  @Test
  void aSecondHelloAsAnotherIsRefusedAndLeaksNothing() {
    mallory.say("{'type':'hello','user':'bob','epoch':'x','cursors':{'alice':[0,0]}}");
    mallory.say("{'type':'history','ref':1,'peer':'alice'}");

    assertThat(mallory.next().path("code").asText()).isEqualTo("identity");
    assertThat(mallory.next().path("head").asInt(-1)).isZero();
    alice.send("bob", "c2", "still for bob alone");
    assertThat(bob.next().path("seq").asInt()).isEqualTo(2);
    assertThat(mallory.toldSoFar()).isEmpty();
  }

  /** Only a refused send reveals that one is not wanted: wire.md. */
  @Test
  void unknownOfflineAndForbiddenPeersLookTheSame() {
    try (V1Client unwilling = V1Client.of(server, FORBIDDEN.value())) {
      for (String frame :
          List.of(
              "{'type':'mark','ref':1,'peer':'%s','read':1}",
              "{'type':'history','ref':1,'peer':'%s'}",
              "{'type':'watch','ref':1,'peers':['%s']}",
              "{'type':'typing','ref':1,'to':'%s','on':true}")) {
        String unknown = answers(frame, "nobody");
        assertThat(answers(frame, FORBIDDEN.value()))
            .isEqualTo(unknown.replace("nobody", FORBIDDEN.value()));
      }
      assertThat(unwilling.toldSoFar()).isEmpty();
    }
  }

  private String answers(String frame, String peer) {
    mallory.say(frame.replace("%s", peer));
    return mallory.toldSoFar().toString();
  }
}
