package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.core.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a client of im.v1 gets in, and stays in. */
class V1HelloTest extends V1Bench {
  @Test
  void aHelloIsWelcomed() {
    Client alice = new Client();

    alice.says("{'type':'hello','ref':'first','user':'alice'}");

    assertThat(alice.hears())
        .hasSize(2)
        .satisfies(
            frames -> {
              assertThat(frames.get(0).replaceAll("'session':'[0-9a-f-]{36}'", "'session':'S'"))
                  .isEqualTo(
                      "{'type':'welcome','ref':'first','user':'alice','session':'S','epoch':'"
                          + store.epoch()
                          + "','now':"
                          + clock.millis()
                          + ",'limits':{'bodyBytes':16384,'frameBytes':65536,'dataBytes':8192},'resumed':false}");
              assertThat(frames.get(1)).isEqualTo("{'type':'synced'}");
            });
  }

  @Test
  void nothingButAHelloIsTakenFirst() {
    Client alice = new Client();

    boolean readOn = alice.says("{'type':'ping','ref':1}");

    assertThat(readOn).isTrue();
    assertThat(alice.hears())
        .containsExactly(
            "{'type':'error','code':'bad_frame','reason':'the first frame is a hello'}");
    assertThat(alice.closeReason()).isNull();
  }

  @Test
  void whoDoesNotSayHelloInTimeIsSentAway() {
    Client alice = new Client();

    alice.ticksAfter(Duration.ofMillis(9_999));
    assertThat(alice.closeReason()).isNull();
    alice.says("rubbish");
    alice.ticksAfter(Duration.ofMillis(1));

    assertThat(alice.closeReason()).isEqualTo(CloseReason.NO_HELLO);
  }

  @Test
  void nothingIsReadUntilTheWelcome() {
    CompletableFuture<@Nullable Identity> answer = new CompletableFuture<>();
    authenticator = credentials -> answer;
    Client alice = new Client();

    assertThat(alice.says("{'type':'hello','token':'t'}")).isFalse();
    assertThat(alice.hears()).isEmpty();
    answer.complete(new Identity(ALICE, Identity.NEVER));

    assertThat(alice.hears()).hasSize(2);
    assertThat(alice.transport.resumes).isEqualTo(1);
    assertThat(alice.says("{'type':'ping'}")).isTrue();
    assertThat(alice.hears()).containsExactly("{'type':'pong'}");
  }

  @Test
  void aWelcomeThatComesAtOnceResumesReadingNoMoreThanOnce() {
    Client alice = new Client();

    boolean readOn = alice.says("{'type':'hello','user':'alice'}");

    assertThat(readOn).isTrue();
    assertThat(alice.transport.resumes).isZero();
  }

  @Test
  void aRefusedTokenIsAnsweredAndClosed() {
    Client alice = new Client();

    alice.says("{'type':'hello','token':'secret'}");

    assertThat(alice.hears())
        .containsExactly(
            "{'type':'rejected','code':'unauthenticated','reason':'this does not prove who you are'}");
    assertThat(alice.closeReason()).isEqualTo(CloseReason.UNAUTHENTICATED);
    assertThat(counted).containsExactly("unauthenticated");
  }

  @Test
  void anAuthenticatorThatFailsOrIsSilentAsksTheClientToComeBack() {
    authenticator = credentials -> CompletableFuture.failedFuture(new IllegalStateException());
    Client alice = new Client();
    alice.says("{'type':'hello','token':'t'}");
    assertThat(alice.closeReason()).isEqualTo(CloseReason.SERVER_ERROR);

    authenticator =
        credentials -> {
          throw new IllegalStateException("against its contract");
        };
    Client bob = new Client();
    bob.says("{'type':'hello','token':'t'}");
    assertThat(bob.closeReason()).isEqualTo(CloseReason.SERVER_ERROR);

    authenticator = credentials -> new CompletableFuture<>();
    Client carol = new Client();
    carol.ticksAfter(Duration.ofSeconds(9));
    carol.says("{'type':'hello','token':'t'}");
    carol.ticksAfter(Duration.ofSeconds(9));
    assertThat(carol.closeReason()).isNull();
    carol.ticksAfter(Duration.ofSeconds(1));
    assertThat(carol.closeReason()).isEqualTo(CloseReason.SERVER_ERROR);
  }

  @Test
  void anAnswerThatComesTooLateLetsNobodyIn() {
    CompletableFuture<@Nullable Identity> answer = new CompletableFuture<>();
    authenticator = credentials -> answer;
    Client alice = new Client();
    alice.says("{'type':'hello','token':'t'}");
    alice.ticksAfter(Duration.ofSeconds(10));

    answer.complete(new Identity(ALICE, Identity.NEVER));

    assertThat(alice.closeReason()).isEqualTo(CloseReason.SERVER_ERROR);
    assertThat(router.isOnline(ALICE)).isFalse();
  }

  @Test
  void aHelloThatTakesLongIsInTime() {
    CompletableFuture<@Nullable Identity> answer = new CompletableFuture<>();
    authenticator = credentials -> answer;
    Client alice = new Client();
    alice.ticksAfter(Duration.ofSeconds(9));
    alice.says("{'type':'hello','token':'t'}");
    alice.ticksAfter(Duration.ofSeconds(9));

    answer.complete(new Identity(ALICE, Identity.NEVER));
    alice.ticksAfter(Duration.ofSeconds(9));

    assertThat(alice.closeReason()).isNull();
    assertThat(router.isOnline(ALICE)).isTrue();
  }

  @Test
  void oneWhoHasGoneMeanwhileIsNotHere() {
    CompletableFuture<@Nullable Identity> answer = new CompletableFuture<>();
    authenticator = credentials -> answer;
    Client alice = new Client();
    alice.says("{'type':'hello','token':'t'}");

    alice.protocol.onClosed();
    answer.complete(new Identity(ALICE, Identity.NEVER));

    assertThat(router.isOnline(ALICE)).isFalse();
  }

  @Test
  void anExpiredIdentityEndsTheConnectionUnlessItIsRenewed() {
    long end = clock.millis() + 60_000;
    Queue<Long> ends = new ArrayDeque<>(List.of(end, end + 60_000));
    authenticator =
        credentials -> CompletableFuture.completedFuture(new Identity(ALICE, ends.remove()));
    Client alice = new Client();
    alice.says("{'type':'hello','token':'t'}");
    assertThat(alice.hears().get(0)).contains("'expires':" + end + ",");

    alice.ticksAfter(Duration.ofSeconds(59));
    assertThat(alice.says("{'type':'hello','ref':7,'token':'t2'}")).isTrue();
    assertThat(alice.hears())
        .containsExactly("{'type':'renewed','ref':7,'expires':" + (end + 60_000) + "}");
    alice.ticksAfter(Duration.ofSeconds(60));
    assertThat(alice.closeReason()).isNull();
    alice.ticksAfter(Duration.ofSeconds(1));

    assertThat(alice.closeReason()).isEqualTo(CloseReason.UNAUTHENTICATED);
  }

  @Test
  void anIdentityThatHasExpiredIsNone() {
    authenticator =
        credentials -> CompletableFuture.completedFuture(new Identity(ALICE, clock.millis()));
    Client alice = new Client();

    alice.says("{'type':'hello','token':'t'}");

    assertThat(alice.closeReason()).isEqualTo(CloseReason.UNAUTHENTICATED);
    assertThat(router.isOnline(ALICE)).isFalse();
  }

  @Test
  void aSecondHelloAsAnotherOrWithoutProofChangesNothing() {
    Client alice = client("alice");

    alice.says("{'type':'hello','ref':1,'user':'bob'}");
    alice.says("{'type':'hello','ref':2,'token':'secret'}");
    alice.says("{'type':'hello','ref':3,'user':'alice','cursors':{'bob':[1,1]}}");
    alice.says("{'type':'send','to':'bob','id':'c1','body':'still me'}");

    assertThat(alice.hears())
        .satisfiesExactly(
            identity -> assertThat(identity).contains("'ref':1,'code':'identity'"),
            refused -> assertThat(refused).contains("'ref':2,'code':'unauthenticated'"),
            renewed -> assertThat(renewed).isEqualTo("{'type':'renewed','ref':3}"),
            entry -> assertThat(entry).contains("'from':'alice'"));
    assertThat(alice.closeReason()).isNull();
    assertThat(router.isOnline(new UserId("bob"))).isFalse();
  }

  @Test
  void aHelloThatCannotBeResumedMayBeSaidAgain() {
    Client alice = new Client();
    StringBuilder many = new StringBuilder("'u0':[0,0]");
    for (int i = 1; i <= 500; i++) {
      many.append(",'u").append(i).append("':[0,0]");
    }

    assertThat(alice.says("{'type':'hello','user':'alice','cursors':{'alice':[1,1]}}")).isTrue();
    assertThat(alice.says("{'type':'hello','user':'alice','cursors':{" + many + "}}")).isTrue();
    assertThat(alice.says("{'type':'hello','user':'!'}")).isTrue();
    assertThat(counted).containsExactly("self", "too_large", "bad_user");
    alice.hears();
    alice.says("{'type':'hello','user':'alice'}");

    assertThat(alice.hears().get(0)).startsWith("{'type':'welcome'");
  }
}
