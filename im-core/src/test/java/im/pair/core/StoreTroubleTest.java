package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.ScriptedStore.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A store that is late, out of order, or fails before or after it has stored. */
class StoreTroubleTest {
  private final ScriptedStore store = new ScriptedStore();
  private final Bench bench = new Bench(store);
  private final Bench.User alice = bench.joined(ALICE, BOB);
  private final Bench.User bob = bench.live(BOB);

  @Test
  void theFirstEntriesOfALogAreGivenInOrderHoweverTheyComplete() {
    store.holdAppends = true;
    alice.sendMany(BOB, 1, 3);

    store.complete(2);
    store.complete(1);
    store.complete(0);

    assertThat(alice.client.takeNumbers()).containsExactly(1L, 2L, 3L);
    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aFirstEntryThatCompletesTooLateIsNotLostToThoseWhoHearTheSecond() {
    store.holdAppends = true;
    alice.sendMany(BOB, 1, 1);
    bench.tickAfter(Duration.ofSeconds(10));
    alice.sendMany(BOB, 2, 2);
    store.complete(1);
    store.complete(0);

    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void aFirstEntryWhoseAppendAndLookFailFollowsOnceTheStoreIsBack() {
    store.faults.add(Fault.AFTER_COMMIT);
    store.holdAppends = true;
    alice.send(BOB, "a", "1");
    store.failReads = true;
    store.complete(0);
    store.failReads = false;
    store.holdAppends = false;
    alice.send(BOB, "b", "2");

    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void aFailureBesideAnEarlierAppendUnderWayLosesNeither() {
    store.holdAppends = true;
    alice.send(BOB, "w", "1");
    store.faults.add(Fault.AFTER_COMMIT);
    alice.send(BOB, "x", "2");
    store.complete(1);
    store.complete(0);
    store.holdAppends = false;
    alice.send(BOB, "y", "3");

    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aFailedResendOfAnOldIdReplaysNothing() {
    alice.sendMany(BOB, 1, 6);
    alice.session.detach();
    bob.session.detach();
    Bench.User again = bench.joined(ALICE, BOB);
    bench.listener.takeLines();
    store.faults.add(Fault.BEFORE_COMMIT);

    again.send(BOB, "id2", "m2");

    assertThat(again.client.takeAll())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.Rejected.class, it -> assertThat(it.code()).isEqualTo(Rejection.STORE));
    again.send(BOB, "id2", "m2");
    assertThat(again.client.takeAll())
        .singleElement()
        .isInstanceOfSatisfying(Event.Accepted.class, it -> assertThat(it.seq()).isEqualTo(2));
    assertThat(bench.listener.takeLines()).containsExactly("rejected alice store");
  }

  @Test
  void ofTwoSendsUnderOneIdOneAloneIsToldToTheHost() {
    alice.send(BOB, "a", "1");
    bob.session.detach();
    bench.listener.takeLines();
    store.holdAppends = true;
    store.faults.addAll(List.of(Fault.AFTER_COMMIT, Fault.AFTER_COMMIT));
    alice.send(BOB, "b", "2");
    alice.send(BOB, "b", "2");
    store.failReads = true;
    store.complete(0);
    store.failReads = false;
    store.complete(1);

    assertThat(bench.listener.takeLines().stream().filter(line -> line.startsWith("stored")))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void theHostIsToldOfALateEntryForAnOfflineUser() {
    bob.session.detach();
    bench.listener.takeLines();
    store.holdAppends = true;
    alice.send(BOB, "a", "late");
    bench.tickAfter(Duration.ofSeconds(10));
    store.complete(0);

    assertThat(bench.listener.takeLines())
        .containsExactly("rejected alice store", "appended alice~bob 1", "stored for bob 1");
  }

  @Test
  void anAppendIsNotCalledBeforeTheHeadIsKnown() {
    store.failReads = true;
    alice.send(BOB, "a", "x");

    assertThat(((Event.Rejected) alice.client.takeAll().get(0)).code()).isEqualTo(Rejection.STORE);
    store.failReads = false;
    alice.send(BOB, "a", "x");
    assertThat(bob.client.takeNumbers()).containsExactly(1L);
  }

  @Test
  void oneWhoGoesLiveWhileAnAppendHangsMissesNothing() {
    Bench.User carol = bench.live(ALICE);
    alice.session.detach();
    bob.session.detach();
    store.holdAppends = true;
    bench.router.append(BOB, ALICE, Draft.message("x1", "1"));
    bench.router.append(BOB, ALICE, Draft.message("x2", "2"));
    store.complete(0);
    carol.session.detach();
    Bench.User late = bench.live(BOB);
    bench.tickAfter(Duration.ofSeconds(10));
    store.holdAppends = false;
    bench.router.append(BOB, ALICE, Draft.message("x3", "3"));

    assertThat(late.client.takeNumbers()).endsWith(3L);
    late.session.detach();
    store.complete(1);
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void aStoreThatThrowsHasFailedThatOnce() {
    store.throwNext = 1;
    alice.send(BOB, "a", "1");
    store.throwNext = 0;
    alice.send(BOB, "a", "1");

    assertThat(bob.client.takeNumbers()).containsExactly(1L);
    bob.session.detach();
    alice.session.detach();
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void laterEntriesAreFetchedWhenTheyCompleteOutOfOrder() {
    alice.send(BOB, "a", "1");
    store.holdAppends = true;
    alice.sendMany(BOB, 2, 4);

    store.complete(2);
    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L, 3L, 4L);
    store.complete(0);
    store.complete(1);

    assertThat(bob.client.takeAll()).isEmpty();
    assertThat(alice.client.takeNumbers()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void oneWhoJoinsBetweenHisSendAndAnEarlierCompletionStillHearsHisOwn() {
    alice.send(BOB, "a", "1");
    store.holdAppends = true;
    Bench.User tablet = bench.joined(BOB, ALICE);
    tablet.send(ALICE, "b", "2");
    alice.send(BOB, "c", "3");

    store.complete(1);
    store.complete(0);

    assertThat(tablet.client.takeNumbers()).containsExactly(2L, 3L);
  }

  @Test
  void anAppendThatFailedBeforeItWasStoredIsRejected() {
    store.faults.add(Fault.BEFORE_COMMIT);
    alice.send(BOB, "a", "lost");
    alice.send(BOB, "b", "kept");

    List<Event> events = alice.client.takeAll();
    assertThat(((Event.Rejected) events.get(0)).code()).isEqualTo(Rejection.STORE);
    assertThat(((Event.Rejected) events.get(0)).id()).isEqualTo("a");
    assertThat(((Event.Appended) events.get(1)).entry().seq()).isEqualTo(1);
    assertThat(bob.client.takeBodies()).containsExactly("kept");
  }

  @Test
  void anAppendThatFailedAfterItWasStoredIsFoundInTheLogAndDelivered() {
    store.faults.add(Fault.AFTER_COMMIT);
    alice.send(BOB, "a", "first of all");
    assertThat(alice.client.takeNumbers()).containsExactly(1L);

    store.faults.add(Fault.AFTER_COMMIT);
    alice.send(BOB, "b", "second");

    assertThat(alice.client.takeNumbers()).containsExactly(2L);
    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void whenTheLookFailsTooTheSenderIsToldAndTheEntryFollowsOnceTheStoreIsBack() {
    alice.send(BOB, "a", "1");
    store.faults.add(Fault.AFTER_COMMIT);
    store.failReads = true;
    alice.send(BOB, "b", "2");
    assertThat(alice.client.takeAll()).last().isInstanceOf(Event.Rejected.class);

    store.failReads = false;
    bench.tickAfter(Duration.ofSeconds(1));

    assertThat(alice.client.takeNumbers()).containsExactly(2L);
    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void aSenderWhoseAppendTakesTooLongIsToldAndItsLateEntryIsDeliveredAllTheSame() {
    alice.send(BOB, "a", "1");
    alice.client.takeAll();
    store.holdAppends = true;
    Draft late = Draft.message("b", "late");
    alice.send(BOB, late);
    // The log is asked while the append is still under way: nothing is there yet.
    store.failReads = true;
    bench.tickAfter(Duration.ofMillis(9_999));
    assertThat(alice.client.takeAll()).isEmpty();

    bench.tickAfter(Duration.ofMillis(1));
    assertThat(((Event.Rejected) alice.client.takeAll().get(0)).code()).isEqualTo(Rejection.STORE);
    store.complete(0);

    assertThat(alice.client.takeBodies()).containsExactly("late");
    assertThat(bob.client.takeBodies()).containsExactly("1", "late");
  }

  @Test
  void aLateEntryForNobodyLeavesNothing() {
    store.holdAppends = true;
    alice.send(BOB, "a", "late");
    alice.session.detach();
    bob.session.detach();
    assertThat(bench.router.size()).as("the append is under way").isEqualTo(1);

    bench.tickAfter(Duration.ofSeconds(10));
    assertThat(bench.router.size()).as("until the store has answered").isEqualTo(1);
    store.complete(0);

    assertThat(bench.router.size()).isZero();
  }

  @Test
  void anAppendThatHangsHoldsUpNoOther() {
    store.holdAppends = true;
    store.faults.add(Fault.BEFORE_COMMIT);
    alice.sendMany(BOB, 1, 2);

    store.complete(1);

    assertThat(bob.client.takeBodies()).containsExactly("m2");
  }

  @Test
  void aHostsAppendThatIsNotKnownToBeStoredFails() {
    store.faults.add(Fault.BEFORE_COMMIT);

    CompletionStage<?> append = bench.router.append(ALICE, BOB, Draft.message("a", "x"));

    assertThat(append.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void aStoreThatThrowsAnErrorOrAnswersWithNothingHasFailedThatOnce() {
    boolean[] broken = new boolean[2];
    MessageStore strange =
        new ForwardingStore(new InMemoryMessageStore()) {
          @Override
          public CompletionStage<MessageStore.AppendResult> append(
              Pair pair, UserId from, Draft draft, long now) {
            if (broken[0]) {
              throw new AssertionError("a store's mistake");
            }
            return broken[1] ? null : super.append(pair, from, draft, now);
          }
        };
    Bench bench = new Bench(strange);
    Bench.User alice = bench.live(ALICE);
    for (int mistake = 0; mistake < 2; mistake++) {
      broken[mistake] = true;
      alice.send(BOB, "a" + mistake, "x");
      broken[mistake] = false;
      assertThat(alice.client.takeAll())
          .extracting(event -> ((Event.Rejected) event).code())
          .containsExactly(Rejection.STORE);
    }

    alice.send(BOB, "b", "y");

    assertThat(alice.client.takeBodies()).containsExactly("y");
  }
}
