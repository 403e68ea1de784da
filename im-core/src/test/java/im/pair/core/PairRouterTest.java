package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.pair.testkit.InMemoryConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How messages come and go between sessions. */
class PairRouterTest {
  private final Bench bench = new Bench();

  @Test
  void aMessageReachesEverySessionOfBothAndTheSendersIsItsAcknowledgement() {
    Bench.User phone = bench.live(ALICE);
    Bench.User laptop = bench.live(ALICE);
    Bench.User bob = bench.live(BOB);
    Bench.User carol = bench.live(CAROL);

    phone.send(BOB, "c1", "hi");

    Entry echo = phone.client.takeEntries().get(0);
    assertThat(echo.seq()).isEqualTo(1);
    assertThat(echo.id()).isEqualTo("c1");
    assertThat(echo.body()).isEqualTo("hi");
    assertThat(echo.at()).isEqualTo(bench.clock.millis());
    assertThat(laptop.client.takeEntries()).containsExactly(echo);
    assertThat(bob.client.takeEntries()).containsExactly(echo);
    assertThat(carol.client.takeAll()).isEmpty();
  }

  @Test
  void bothDirectionsShareOneLog() {
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB);

    alice.send(BOB, "a", "one");
    bob.send(ALICE, "a", "two");
    alice.send(BOB, "b", "three");

    assertThat(alice.client.takeBodies()).containsExactly("one", "two", "three");
    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aSessionIsSilentUntilItStarts() {
    Bench.User bob = bench.new User(BOB, 10);
    bench.live(ALICE).send(BOB, "a", "before");
    assertThat(bob.client.takeAll()).isEmpty();

    bob.session.live();
    bench.live(ALICE).send(BOB, "b", "after");

    assertThat(bob.client.takeBodies()).containsExactly("after");
  }

  @Test
  void aSessionThatHasNotStartedTakesNoCommand() {
    Bench.User alice = bench.new User(ALICE, 10);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> alice.send(BOB, "a", "x"));
  }

  @Test
  void aSessionThatJoinedHearsOnlyThePairsItJoined() {
    Bench.User alice = bench.joined(ALICE, BOB);
    Bench.User carol = bench.live(CAROL);

    carol.send(ALICE, "a", "not joined");
    alice.session.join(CAROL);
    carol.send(ALICE, "b", "joined");

    assertThat(alice.client.takeBodies()).containsExactly("joined");
  }

  @Test
  void joiningGivesNothingThatWasAppendedBefore() {
    Bench.User alice = bench.joined(ALICE, BOB);
    alice.send(BOB, "a", "before");

    Bench.User bob = bench.joined(BOB, ALICE);
    alice.send(BOB, "b", "after");

    assertThat(bob.client.takeNumbers()).containsExactly(2L);
  }

  @Test
  void oneWhoJoinsOnSeeingAnEntryIsNotGivenIt() throws Exception {
    InMemoryConnection bobs = new InMemoryConnection();
    Session bob = bench.router.attach(BOB, bobs);
    Thread joining = new Thread(() -> bob.join(ALICE));
    // Alice's client has the entry while the router still hands it out to others.
    Session alice =
        bench.router.attach(
            ALICE,
            new Connection() {
              @Override
              public boolean send(Outgoing event) {
                if (joining.getState() == Thread.State.NEW) {
                  joining.start();
                }
                while (joining.getState() != Thread.State.BLOCKED
                    && joining.getState() != Thread.State.TERMINATED) {
                  Thread.onSpinWait();
                }
                return true;
              }

              @Override
              public void resumeReading() {}

              @Override
              public void close(CloseReason reason) {}
            });
    alice.join(BOB);

    alice.receive(new Command.Send(BOB, Draft.message("a", "before")));
    joining.join();
    bench.router.append(BOB, ALICE, Draft.message("b", "after"));

    assertThat(bobs.takeBodies()).containsExactly("after");
  }

  @Test
  void joiningAgainChangesNothing() {
    Bench.User alice = bench.joined(ALICE, BOB);

    assertThat(alice.session.join(BOB)).isTrue();
    alice.send(BOB, "a", "once");

    assertThat(alice.client.takeBodies()).containsExactly("once");
  }

  @Test
  void aSessionJoinsNoMorePairsThanItMay() {
    Bench tight = new Bench(new InMemoryMessageStore(), Bench.tight(), (from, to) -> true);
    Bench.User alice = tight.joined(ALICE, BOB);

    assertThat(alice.session.join(CAROL)).isTrue();
    assertThat(alice.session.join(new UserId("dave"))).isFalse();
    assertThat(alice.session.join(BOB)).isTrue();
  }

  @Test
  void aSessionStartsInOneWay() {
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.joined(BOB, ALICE);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> alice.session.join(BOB));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(alice.session::live);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(bob.session::live);
  }

  @Test
  void aRepeatedSendIsAnsweredWithTheFirstNumber() {
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB);
    alice.send(BOB, "c1", "hi");
    alice.client.takeAll();

    bench.clock.advance(Duration.ofHours(1));
    alice.send(BOB, "c1", "hi");

    assertThat(alice.client.takeAll())
        .containsExactly(new Event.Accepted(null, BOB, "c1", 1, bench.clock.millis() - 3_600_000));
    assertThat(bob.client.takeNumbers()).containsExactly(1L);
  }

  @Test
  void whatIsRefusedIsAnsweredToTheAskerAlone() {
    Bench guarded =
        new Bench(new InMemoryMessageStore(), Bench.tight(), (from, to) -> !to.equals(CAROL));
    Bench.User alice = guarded.live(ALICE);
    Bench.User bob = guarded.live(BOB);
    Bench.User other = guarded.live(ALICE);

    alice.send(ALICE, "a", "to myself");
    alice.send(BOB, "b", "seventeen letters");
    alice.send(BOB, Draft.react("c", 1, "too long for a reaction"));
    alice.send(CAROL, "d", "blocked");
    alice.send(BOB, Draft.edit("e", 1, "of nothing"));

    assertThat(alice.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).id() + " " + ((Event.Rejected) event).code())
        .containsExactly("a SELF", "b TOO_LARGE", "c TOO_LARGE", "d BLOCKED", "e NOT_FOUND");
    assertThat(bob.client.takeAll()).isEmpty();
    assertThat(other.client.takeAll()).isEmpty();
    assertThat(guarded.listener.takeLines())
        .contains("rejected alice self", "rejected alice blocked", "rejected alice not_found");
  }

  @Test
  void sizesAreCountedInBytesOfUtf8() {
    Bench tight = new Bench(new InMemoryMessageStore(), Bench.tight(), (from, to) -> true);
    Bench.User alice = tight.live(ALICE);

    alice.send(BOB, "a", "👋👋👋👋"); // 16 bytes, the most
    alice.send(BOB, "b", "你好你好你好"); // 18 bytes

    List<Event> events = alice.client.takeAll();
    assertThat(events.get(0)).isInstanceOf(Event.Appended.class);
    assertThat(((Event.Rejected) events.get(1)).code()).isEqualTo(Rejection.TOO_LARGE);
  }

  @Test
  void readingPausesWhileAsManyCommandsAsAllowedWait() {
    ScriptedStore store = new ScriptedStore();
    store.holdAppends = true;
    Bench tight = new Bench(store, Bench.tight(), (from, to) -> true);
    Bench.User alice = tight.live(ALICE);

    assertThat(alice.send(BOB, "a", "x")).isTrue();
    assertThat(alice.send(BOB, "b", "x")).isFalse();
    assertThat(alice.client.resumes()).isZero();

    store.complete(0);
    assertThat(alice.client.resumes()).isEqualTo(1);
    store.complete(1);
    assertThat(alice.client.resumes()).isEqualTo(1);
  }

  @Test
  void answersThatFindNoRoomWaitAndCountAsPending() {
    Bench tight = new Bench(new InMemoryMessageStore(), Bench.tight(), (from, to) -> true);
    Bench.User alice = tight.live(ALICE, 1);

    assertThat(alice.send(ALICE, "a", "x")).isTrue();
    assertThat(alice.send(ALICE, "b", "x")).isTrue();
    assertThat(alice.send(ALICE, "c", "x")).as("b and c wait").isFalse();

    assertThat(alice.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).id())
        .containsExactly("a", "b", "c");
    assertThat(alice.client.resumes()).isEqualTo(1);
  }

  @Test
  void aDetachedSessionIsToldNothingAndAsksNothing() {
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB);
    bob.session.detach();

    assertThat(bob.send(ALICE, "a", "x")).isFalse();
    alice.send(BOB, "b", "x");

    assertThat(bob.client.takeAll()).isEmpty();
    assertThat(alice.client.takeNumbers()).containsExactly(1L);
  }
}
