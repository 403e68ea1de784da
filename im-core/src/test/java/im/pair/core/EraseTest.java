package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** That nobody is given an erased user's words. */
class EraseTest {
  private final ScriptedStore store = new ScriptedStore();
  private final Bench bench = new Bench(store);
  private final Bench.User alice = bench.live(ALICE);

  private void erase(UserId user) {
    bench.router.erase(user).toCompletableFuture().join();
  }

  @Test
  void itsSessionsEndAndThePeersGoOn() {
    Bench.User bob = bench.live(BOB);
    alice.send(BOB, "a", "secret");

    erase(ALICE);
    bob.send(ALICE, "b", "are you there?");

    assertThat(alice.client.closeReason()).isEqualTo(CloseReason.UNAUTHENTICATED);
    assertThat(bench.router.isOnline(ALICE)).isFalse();
    assertThat(bob.client.takeNumbers()).containsExactly(1L, 2L);
  }

  @Test
  void whoWasBehindIsGivenTheNumbersWithoutTheWords() {
    Bench.User slow = bench.live(BOB, 1);
    alice.sendMany(BOB, 1, 5);

    erase(ALICE);

    List<Entry> entries = slow.client.takeEntries();
    assertThat(entries).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(entries).extracting(Entry::body).containsExactly("m1", null, null, null, null);
  }

  @Test
  void aPageThatWasReadBeforeIsNotGivenAfter() {
    Bench tight = new Bench(store, Bench.tight(), (from, to) -> true);
    Bench.User sender = tight.live(ALICE);
    Bench.User slow = tight.live(BOB, 1);
    sender.sendMany(BOB, 1, 9);
    store.holdReads = true;
    assertThat(slow.client.take()).isInstanceOf(Event.Appended.class);
    store.holdReads = false;

    tight.router.erase(ALICE).toCompletableFuture().join();
    store.complete(0);

    assertThat(slow.client.takeEntries())
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(entry -> assertThat(entry.body()).isNull());
  }

  @Test
  void anEntryThatWasStoredBeforeAndCompletesAfterIsGivenBlank() {
    Bench.User bob = bench.live(BOB);
    store.holdAppends = true;
    alice.send(BOB, "a", "secret");
    store.holdAppends = false;

    erase(ALICE);
    store.complete(0);

    assertThat(bob.client.takeEntries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.deleted()).isTrue());
  }

  @Test
  void aStoreThatFailsFailsTheCall() {
    store.throwNext = 1;

    Assertions.assertThatThrownBy(() -> erase(ALICE)).isInstanceOf(CompletionException.class);
  }

  @Test
  void aConnectionThatCannotBeClosedKeepsNobodyFromBeingErased() {
    Session session =
        bench.router.attach(
            ALICE,
            new Connection() {
              @Override
              public boolean send(Outgoing event) {
                return true;
              }

              @Override
              public void resumeReading() {}

              @Override
              public void close(CloseReason reason) {
                throw new IllegalStateException("a transport's mistake");
              }
            });
    session.live();
    alice.send(BOB, "a", "secret");

    erase(ALICE);

    assertThat(bench.router.isOnline(ALICE)).isFalse();
    assertThat(alice.client.closeReason()).isEqualTo(CloseReason.UNAUTHENTICATED);
    assertThat(bench.live(BOB).session.receive(new Command.History("r", ALICE, 0, true, 9)))
        .isFalse();
  }

  @Test
  void aPageOfHistoryThatWasReadBeforeIsNotGivenAfter() {
    alice.send(BOB, "a", "secret");
    Bench.User bob = bench.live(BOB);
    store.holdReads = true;
    bob.session.receive(new Command.History("h", ALICE, Long.MAX_VALUE, false, 10));
    store.holdReads = false;

    erase(ALICE);
    store.complete(0);

    assertThat(bob.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .containsExactly(Rejection.STORE);
    assertThat(bob.client.resumes()).isEqualTo(1);
  }

  @Test
  void aPageAndAListThatWaitForRoomAreNotGivenAfter() {
    alice.send(BOB, "a", "secret");
    Bench.User bob = bench.live(BOB, 1);
    bench.router.append(CAROL, BOB, Draft.message("a", "fills the buffer"));
    bob.session.receive(new Command.History("h", ALICE, Long.MAX_VALUE, false, 10));
    bob.session.receive(new Command.Conversations("c", null, 10));

    erase(ALICE);

    List<Event> events = bob.client.takeAll();
    assertThat(events).hasSize(3);
    assertThat(events.toString()).doesNotContain("secret");
  }
}
