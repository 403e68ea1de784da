package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.core.Draft;
import im.pair.core.Limits;
import im.pair.core.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of the frames of a client that is in. */
class V1ProtocolTest extends V1Bench {
  @Test
  void aSendIsEchoedAndCounted() {
    Client alice = client("alice");
    Client bob = client("bob");

    alice.says("{'type':'send','to':'bob','id':'c1','body':'hi'}");

    String entry =
        "{'type':'entry','from':'alice','to':'bob','seq':1,'id':'c1','at':"
            + clock.millis()
            + ",'kind':'message','body':'hi'}";
    assertThat(alice.hears()).containsExactly(entry);
    assertThat(bob.hears()).containsExactly(entry);
    assertThat(counted).containsExactly("delivered", "delivered");
  }

  @Test
  void dataComesBackAsItWasSent() {
    Client alice = client("alice");

    alice.says(
        "{'data':{'n':1e400, 'b':[' \uD83D\uDC4D ',{}] },'id':'c1','to':'bob','type':'send'}");

    assertThat(alice.hears())
        .singleElement()
        .asString()
        .endsWith("'kind':'message','data':{'n':1e400, 'b':[' \uD83D\uDC4D ',{}] }}");
  }

  @Test
  void dataOfAHostThatIsNoObjectIsGivenAsAString() {
    Client alice = client("alice");

    router.append(
        new UserId("bob"), ALICE, new Draft("d", im.pair.core.Kind.MESSAGE, 0, null, "},\"x\":{"));

    assertThat(alice.hears()).singleElement().asString().endsWith(",'data':'},\\'x\\':{'}");
  }

  @Test
  void theTenthBadFrameInARowIsTheLast() {
    Client alice = client("alice");
    for (int i = 0; i < 9; i++) {
      alice.says("rubbish");
    }
    alice.says("{'type':'ping'}");
    for (int i = 0; i < 4; i++) {
      alice.says("[]");
      alice.says("{'type':'send','to':'bob','id':'c1'}");
    }
    alice.says("{'type':'nothing','ref':1}");
    assertThat(alice.closeReason()).isNull();

    alice.says("{'type':'nothing'}");

    assertThat(alice.closeReason()).isEqualTo(CloseReason.BAD_FRAMES);
    assertThat(alice.hears()).hasSize(20);
  }

  @Test
  void commandsAreHeldAtAHundredASecond() {
    Client alice = client("alice");
    for (int i = 2; i <= 99; i++) { // the hello was the first
      assertThat(alice.says("{'type':'ping'}")).isTrue();
    }

    assertThat(alice.says("{'type':'ping'}")).isFalse();
    alice.ticksAfter(Duration.ofMillis(999));
    assertThat(alice.transport.resumes).isZero();
    alice.ticksAfter(Duration.ofMillis(1));

    assertThat(alice.transport.resumes).isEqualTo(1);
    alice.ticksAfter(Duration.ofSeconds(1));
    assertThat(alice.transport.resumes).isEqualTo(1);
    assertThat(alice.says("{'type':'ping'}")).isTrue();
  }

  @Test
  void sendsAreNotHeldButRejectedAndInTheEndAFlood() {
    Client alice = client("alice");
    int burst = Limits.DEFAULTS.sendsPerSecond() * 5;
    for (int i = 1; i <= burst; i++) {
      assertThat(alice.says("{'type':'send','to':'bob','id':'c" + i + "','body':'x'}")).isTrue();
    }
    assertThat(alice.hears()).hasSize(burst);

    for (int i = 1; i <= 99; i++) {
      alice.says("{'type':'send','to':'bob','id':'d" + i + "','body':'x'}");
    }
    assertThat(alice.hears())
        .hasSize(99)
        .allSatisfy(frame -> assertThat(frame).contains("'code':'rate'", "'retryAfterMs':50"));
    assertThat(alice.closeReason()).isNull();
    alice.says("{'type':'send','to':'bob','id':'e','body':'x'}");

    assertThat(alice.closeReason()).isEqualTo(CloseReason.FLOOD);
  }

  @Test
  void rejectionsThatAreSpreadOutAreNoFlood() {
    Client alice = client("alice");
    for (int i = 1; i <= 300; i++) {
      alice.says("{'type':'send','to':'bob','id':'c" + i + "','body':'x'}");
      if (i >= 150 && i % 50 == 0) {
        clock.advance(Duration.ofSeconds(10));
      }
    }

    assertThat(alice.closeReason()).isNull();
  }

  @Test
  void anAnswerThatFindsNoRoomHoldsTheNextFrame() {
    Client alice = client("alice");
    alice.transport.capacity = 0;

    assertThat(alice.says("{'type':'ping','ref':'p'}")).isFalse();
    alice.protocol.onWritable();
    assertThat(alice.transport.resumes).isZero();
    alice.transport.capacity = 1;
    alice.protocol.onWritable();

    assertThat(alice.hears()).containsExactly("{'type':'pong','ref':'p'}");
    assertThat(alice.transport.resumes).isEqualTo(1);
  }

  @Test
  void twoReasonsToHoldAreBothWaitedFor() {
    Client alice = client("alice");
    for (int i = 2; i <= 99; i++) {
      alice.says("{'type':'ping'}");
    }
    alice.hears();
    alice.transport.capacity = 0;

    assertThat(alice.says("{'type':'ping','ref':'p'}")).isFalse();
    alice.ticksAfter(Duration.ofSeconds(1));
    assertThat(alice.transport.resumes).isZero();
    alice.transport.capacity = 1;
    alice.protocol.onWritable();

    assertThat(alice.transport.resumes).isEqualTo(1);
  }

  @Test
  void aCommandThatFailsBeforeTheRouterSaysWhichItWas() {
    Client alice = client("alice");

    alice.says("{'type':'send','to':'bob','id':'c1'}");
    alice.says("{'type':'send','to':'b b','id':'c2','body':'x'}");
    alice.says("{'type':'typing','to':'b b','on':true}");
    alice.says("{'type':'history','ref':'h','peer':'bob','before':1,'after':1}");

    assertThat(alice.hears())
        .satisfiesExactly(
            frame ->
                assertThat(frame).contains("'rejected','id':'c1','to':'bob','code':'bad_frame'"),
            frame -> assertThat(frame).contains("'rejected','id':'c2','code':'bad_user'"),
            frame -> assertThat(frame).contains("'rejected','code':'bad_user'"),
            frame -> assertThat(frame).contains("'rejected','ref':'h','code':'bad_frame'"));
  }
}
