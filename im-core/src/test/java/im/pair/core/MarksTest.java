package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.testkit.InMemoryConnection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told how far a user has come, and when. */
class MarksTest {
  private static final Pair PAIR = Pair.of(ALICE, BOB);

  private final ScriptedStore store = new ScriptedStore();
  private final Bench bench = new Bench(store);
  private final Bench.User alice = bench.live(ALICE);
  private final Bench.User bob = bench.live(BOB);

  private static Event marked(UserId user, long delivered, long read) {
    return new Event.Marked(PAIR, user, new Marks(delivered, read));
  }

  private void talk(int count) {
    alice.sendMany(BOB, 1, count);
    alice.client.takeAll();
    bob.client.takeAll();
  }

  @Test
  void aMarkReachesEverySessionOfBoth() {
    Bench.User tablet = bench.live(BOB);
    talk(3);
    tablet.client.takeAll();

    assertThat(bob.mark(ALICE, 2, 0)).isTrue();
    bob.mark(ALICE, 0, 3);

    List<Event> both = List.of(marked(BOB, 2, 0), marked(BOB, 3, 3));
    assertThat(bob.client.takeAll()).isEqualTo(both);
    assertThat(tablet.client.takeAll()).isEqualTo(both);
    assertThat(alice.client.takeAll()).isEqualTo(both);
  }

  @Test
  void aMarkThatMovesNothingIsAnsweredToTheAskerAlone() {
    talk(3);
    bob.mark(ALICE, 3, 2);
    bob.client.takeAll();
    alice.client.takeAll();

    bob.mark(ALICE, 1, 1);

    assertThat(bob.client.takeAll()).containsExactly(marked(BOB, 3, 2));
    assertThat(alice.client.takeAll()).isEmpty();
  }

  @Test
  void aMarkInAnEmptyPairOrWithOneselfIsRejected() {
    bob.mark(CAROL, 1, 1);
    bob.mark(BOB, 1, 1);

    assertThat(bob.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .containsExactly(Rejection.NOT_FOUND, Rejection.SELF);
    bob.session.detach();
    alice.session.detach();
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void whoMayNotWriteMarksNothingAndCannotTellWhy() {
    Bench strict = new Bench(store, Bench.FREE, (from, to) -> !from.equals(BOB));
    strict.live(ALICE).send(BOB, "a", "x");
    Bench.User blocked = strict.live(BOB);

    blocked.mark(ALICE, 1, 1);

    assertThat(blocked.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .containsExactly(Rejection.NOT_FOUND);
  }

  @Test
  void aMarkThatTheStoreFailsToKeepIsRejected() {
    talk(1);
    store.failMarks = true;

    bob.mark(ALICE, 1, 1);

    assertThat(bob.client.takeAll())
        .containsExactly(
            new Event.Rejected(
                "m", null, null, Rejection.STORE, "not known to be stored, mark it again", 0));
    assertThat(alice.client.takeAll()).isEmpty();
  }

  @Test
  void marksForASlowReaderComeOnceAfterTheEntriesBeforeThemAsTheyAreThen() {
    Bench.User slow = bench.live(ALICE, 1);
    talk(5);
    for (int i = 1; i <= 5; i++) {
      bob.mark(ALICE, i, i - 1);
    }

    List<Event> events = slow.client.takeAll();

    assertThat(events).hasSize(6);
    assertThat(events.subList(0, 5)).allMatch(event -> event instanceof Event.Appended);
    assertThat(events.get(5)).isEqualTo(marked(BOB, 5, 4));
  }

  @Test
  void aMarkBeyondWhatThisRouterHasSeenBringsTheEntriesFirst() {
    talk(1);
    store.append(PAIR, ALICE, Draft.message("elsewhere", "two"), 0);

    bob.mark(ALICE, 2, 2);

    for (InMemoryConnection client : List.of(alice.client, bob.client)) {
      List<Event> events = client.takeAll();
      assertThat(events).hasSize(2);
      assertThat(((Event.Appended) events.get(0)).entry().body()).isEqualTo("two");
      assertThat(events.get(1)).isEqualTo(marked(BOB, 2, 2));
    }
  }

  @Test
  void aMarkIsACommandThatCounts() {
    Bench tight = new Bench(store, Bench.tight(), (from, to) -> true);
    Bench.User asker = tight.live(BOB);
    tight.live(ALICE).send(BOB, "a", "x");

    assertThat(asker.mark(ALICE, 1, 1)).isTrue();
    assertThat(asker.mark(ALICE, 1, 1)).isTrue();
    assertThat(asker.mark(ALICE, 1, 1)).as("the first two were answered").isTrue();
  }
}
