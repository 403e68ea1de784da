package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.testkit.InMemoryConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host is told and may do, and what its mistakes cost. */
class HostTest {
  private final Bench bench = new Bench();

  @Test
  void aHostAppendsForAUserWithoutASession() {
    Bench.User bob = bench.live(BOB);

    Object first =
        bench.router.append(ALICE, BOB, Draft.message("a", "hi")).toCompletableFuture().join();
    Object again =
        bench.router.append(ALICE, BOB, Draft.message("a", "hi")).toCompletableFuture().join();

    assertThat(((Appended) first).entry().seq()).isEqualTo(1);
    assertThat(again).isEqualTo(new Duplicate(1, bench.clock.millis()));
    assertThat(bob.client.takeBodies()).containsExactly("hi");
  }

  @Test
  void theHostIsToldOnceOfAnEntryForAUserWithoutASession() {
    Bench.User alice = bench.live(ALICE);
    alice.send(BOB, "a", "hi");
    alice.send(BOB, "a", "hi");
    bench.live(BOB);
    alice.send(BOB, "b", "there you are");

    assertThat(bench.listener.takeLines())
        .containsExactly(
            "attached alice",
            "appended alice~bob 1",
            "stored for bob 1",
            "attached bob",
            "appended alice~bob 2");
  }

  @Test
  void oneSessionMoreThanAUserMayHaveIsSentAway() {
    Bench bench = new Bench(new InMemoryMessageStore(), Bench.tight(), (from, to) -> true);
    Bench.User first = bench.live(ALICE);
    for (int i = 2; i <= Bench.tight().sessionsPerUser(); i++) {
      assertThat(bench.live(ALICE).client.closeReason()).isNull();
    }

    Bench.User tooMany = bench.live(ALICE);

    assertThat(tooMany.client.closeReason()).isEqualTo(CloseReason.TRY_AGAIN_LATER);
    first.session.detach();
    assertThat(bench.live(ALICE).client.closeReason()).isNull();
    assertThat(bench.live(BOB).client.closeReason()).isNull();
  }

  @Test
  void aListenerThatThrowsDisturbsNobody() {
    PairRouter router =
        PairRouter.builder()
            .listener(
                new RouterListener() {
                  @Override
                  public void appended(Entry entry) {
                    throw new IllegalStateException("a host's mistake");
                  }
                })
            .build();
    InMemoryConnection client = new InMemoryConnection();
    Session alice = router.attach(ALICE, client);
    alice.live();

    alice.receive(new Command.Send(BOB, Draft.message("a", "hi")));

    assertThat(client.takeBodies()).containsExactly("hi");
  }

  @Test
  void aPolicyThatThrowsCostsThatCommandAlone() {
    Bench broken =
        new Bench(
            new InMemoryMessageStore(),
            Bench.tight(),
            (from, to) -> {
              throw new IllegalStateException("a host's mistake");
            });
    Bench.User alice = broken.live(ALICE);
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> alice.send(BOB, "a", "x"));
    }

    assertThat(alice.send(ALICE, "b", "x")).as("read on").isTrue();
  }

  @Test
  void aConnectionThatThrowsIsEndedAndNobodyElseMissesAnything() {
    List<CloseReason> reasons = new ArrayList<>();
    Session bad =
        bench.router.attach(
            ALICE,
            new Connection() {
              @Override
              public boolean send(Outgoing event) {
                throw new IllegalStateException("a transport's mistake");
              }

              @Override
              public void resumeReading() {}

              @Override
              public void close(CloseReason reason) {
                reasons.add(reason);
              }
            });
    bad.live();
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB);

    bob.send(ALICE, "a", "hi");

    assertThat(alice.client.takeBodies()).containsExactly("hi");
    assertThat(bob.client.takeBodies()).containsExactly("hi");
    assertThat(reasons).containsExactly(CloseReason.SERVER_ERROR);
    alice.session.detach();
    bob.session.detach();
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void aUserIsOnlineWhileOneSessionIsAttached() {
    Bench.User phone = bench.live(ALICE);
    Bench.User laptop = bench.live(ALICE);
    phone.session.detach();
    phone.session.detach();
    assertThat(bench.router.isOnline(ALICE)).isTrue();

    laptop.session.detach();

    assertThat(bench.router.isOnline(ALICE)).isFalse();
    assertThat(bench.listener.takeLines())
        .containsExactly("attached alice", "attached alice", "detached alice", "detached alice");
  }

  @Test
  void closingTellsEveryClientWhyAlsoThoseToCome() {
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.joined(BOB, ALICE);

    bench.router.close();
    Bench.User late = bench.new User(CAROL, 10);

    for (Bench.User user : List.of(alice, bob, late)) {
      assertThat(user.client.closeReason()).isEqualTo(CloseReason.DRAINING);
    }
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void nothingIsLeftOfAThousandPairsThatCameTalkedAndWent() {
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 1_000; i++) {
        UserId left = new UserId("left" + i);
        UserId right = new UserId("right" + i);
        Bench.User one = i % 2 == 0 ? bench.live(left) : bench.joined(left, right);
        Bench.User two = i % 3 == 0 ? bench.live(right) : bench.joined(right, left);
        one.send(right, "r" + round, "hi");
        two.send(left, "r" + round, "ho");
        assertThat(one.client.takeBodies()).containsExactly("hi", "ho");
        assertThat(two.client.takeBodies()).containsExactly("hi", "ho");
        one.session.detach();
        two.session.detach();
      }
      assertThat(bench.router.size()).isZero();
    }
  }
}
