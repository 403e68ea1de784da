package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a session goes on from its cursors, and when it is told that it cannot. */
class ResumeTest {
  private static final Pair PAIR = Pair.of(ALICE, BOB);

  private final ScriptedStore store = new ScriptedStore();
  private final Bench bench = new Bench(store, Bench.tight(), (from, to) -> true);

  private final Event honest = new Event.Welcome(store.epoch(), true);
  private final Event dishonest = new Event.Welcome(store.epoch(), false);
  private final Event noMarksOfAlice = new Event.Marked(PAIR, ALICE, Marks.NONE);
  private final Event noMarksOfBob = new Event.Marked(PAIR, BOB, Marks.NONE);
  private final Event synced = new Event.Synced();

  private void appendMany(int count) {
    for (int i = 1; i <= count; i++) {
      bench.router.append(ALICE, BOB, Draft.message("id" + i, "m" + i));
    }
  }

  private Event entry(long seq) {
    return new Event.Appended(
        store
            .read(PAIR, MessageStore.Range.after(seq - 1, 1, 1))
            .toCompletableFuture()
            .join()
            .entries()
            .get(0));
  }

  private Cursor at(long seq) {
    return new Cursor(seq, bench.clock.millis());
  }

  @Test
  void whatComesAfterTheCursorFollowsTheWelcomeThenBothMarksThenSynced() {
    appendMany(5);

    Bench.User bob = bench.resumed(BOB, ALICE, at(3));

    assertThat(bob.client.takeAll())
        .containsExactly(honest, entry(4), entry(5), noMarksOfAlice, noMarksOfBob, synced);
  }

  @Test
  void aCursorOfZeroIsTheStart() {
    appendMany(10);

    Bench.User bob = bench.resumed(BOB, ALICE, new Cursor(0, 0));

    List<Event> events = bob.client.takeAll();
    assertThat(events).startsWith(honest, entry(1)).endsWith(synced).hasSize(14);
  }

  @Test
  void oneWhoIsUpToDateIsToldTheMarksAlone() {
    appendMany(2);
    bench.live(BOB).mark(ALICE, 2, 1);

    Bench.User bob = bench.resumed(BOB, ALICE, at(2));

    assertThat(bob.client.takeAll())
        .containsExactly(
            honest, noMarksOfAlice, new Event.Marked(PAIR, BOB, new Marks(2, 1)), synced);
  }

  @Test
  void anEmptyPairIsSyncedToo() {
    Bench.User bob = bench.resumed(BOB, ALICE, new Cursor(0, 0));

    assertThat(bob.client.takeAll()).containsExactly(honest, noMarksOfAlice, noMarksOfBob, synced);
  }

  @Test
  void withoutCursorsItIsSyncedAtOnce() {
    Bench.User bob = bench.resumed(BOB, 9, store.epoch(), Map.of());

    assertThat(bob.client.takeAll()).containsExactly(honest, synced);
  }

  @Test
  void anotherEpochOrNoneResumesNothing() {
    appendMany(2);

    Bench.User other = bench.resumed(BOB, 9, "another", Map.of(ALICE, at(1)));
    Bench.User none = bench.resumed(BOB, 9, null, Map.of());

    assertThat(other.client.takeAll()).containsExactly(dishonest, synced);
    assertThat(none.client.takeAll()).containsExactly(dishonest, synced);
    bench.router.append(ALICE, BOB, Draft.message("new", "new"));
    assertThat(other.client.takeNumbers()).containsExactly(3L);
  }

  @Test
  void aCursorAboveTheHeadResumesNothing() {
    appendMany(2);

    Bench.User bob = bench.resumed(BOB, ALICE, at(3));

    assertThat(bob.client.takeAll()).containsExactly(dishonest, synced);
  }

  @Test
  void aCursorWhoseEntryHasAnotherTimeResumesNothing() {
    appendMany(2);

    Bench.User bob = bench.resumed(BOB, ALICE, new Cursor(2, 7));

    assertThat(bob.client.takeAll()).containsExactly(dishonest, synced);
  }

  @Test
  void oneFalseCursorAmongTrueOnesIsEnough() {
    appendMany(2);
    bench.router.append(CAROL, BOB, Draft.message("id1", "x"));

    Bench.User bob = bench.resumed(BOB, 9, store.epoch(), Map.of(ALICE, at(2), CAROL, at(9)));

    assertThat(bob.client.takeAll()).containsExactly(dishonest, synced);
  }

  @Test
  void aCursorWhoseEntryIsNoLongerKeptIsTakenAtItsWord() {
    Bench small = new Bench(new InMemoryMessageStore(1_000, 10));
    for (int i = 1; i <= 20; i++) {
      small.router.append(ALICE, BOB, Draft.message("id" + i, "x"));
    }

    Bench.User bob = small.resumed(BOB, ALICE, new Cursor(3, 7));

    List<Event> events = bob.client.takeAll();
    assertThat(events.get(0)).isEqualTo(new Event.Welcome(small.store.epoch(), true));
    assertThat(events.get(1)).isInstanceOf(Event.Truncated.class);
    assertThat(events).last().isEqualTo(synced);
  }

  @Test
  void whatIsAppendedWhileItFindsOutIsGivenOnce() {
    appendMany(3);
    store.holdReads = true;
    Bench.User bob = bench.resumed(BOB, ALICE, at(2));
    store.holdReads = false;
    bench.router.append(ALICE, BOB, Draft.message("late", "late"));
    assertThat(bob.client.takeAll()).isEmpty();

    store.complete(0);

    assertThat(bob.client.takeAll())
        .containsExactly(honest, entry(3), entry(4), noMarksOfAlice, noMarksOfBob, synced);
    bench.router.append(ALICE, BOB, Draft.message("later", "later"));
    assertThat(bob.client.takeNumbers()).containsExactly(5L);
  }

  @Test
  void aSlowClientIsSyncedOnceItHasTakenAll() {
    appendMany(50);
    Bench.User bob = bench.resumed(BOB, 2, store.epoch(), Map.of(ALICE, at(1)));
    assertThat(bob.client.waiting()).isEqualTo(2);

    List<Event> events = bob.client.takeAll();

    assertThat(events).startsWith(honest, entry(2), entry(3)).endsWith(noMarksOfBob, synced);
    assertThat(events).hasSize(1 + 49 + 2 + 1).doesNotHaveDuplicates();
  }

  @Test
  void noCommandIsWelcomeBeforeTheWelcome() {
    appendMany(1);
    store.holdReads = true;
    Bench.User bob = bench.resumed(BOB, ALICE, at(1));
    assertThat(bob.client.resumes()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> bob.send(ALICE, "a", "x"));

    store.holdReads = false;
    store.complete(0);

    assertThat(bob.client.resumes()).isEqualTo(1);
    assertThat(bob.send(ALICE, "a", "x")).isTrue();
  }

  @Test
  void aStoreThatDoesNotAnswerEndsTheConnection() {
    store.failReads = true;

    Bench.User bob = bench.resumed(BOB, ALICE, at(1));

    assertThat(bob.client.takeAll()).isEmpty();
    assertThat(bob.client.closeReason()).isEqualTo(CloseReason.SERVER_ERROR);
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void aSessionThatLeavesWhileItFindsOutLeavesNothing() {
    appendMany(1);
    store.holdReads = true;
    Bench.User bob = bench.resumed(BOB, ALICE, at(1));

    bob.session.detach();
    store.complete(0);

    assertThat(bob.client.takeAll()).isEmpty();
    assertThat(bench.router.size()).isZero();
  }

  @Test
  void anIdleConversationLeavesMemoryAndItsReadersKeepTheirPlaces() {
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.resumed(BOB, ALICE, new Cursor(0, 0));
    alice.send(BOB, "a", "one");
    assertThat(bench.router.size()).as("two users, one conversation").isEqualTo(3);
    bench.tickAfter(Duration.ofSeconds(1));
    bench.tickAfter(Duration.ofSeconds(59));
    assertThat(bench.router.size()).isEqualTo(3);

    bench.tickAfter(Duration.ofSeconds(1));
    assertThat(bench.router.size()).as("two users").isEqualTo(2);
    store.append(PAIR, ALICE, Draft.message("elsewhere", "two"), 0);
    alice.send(BOB, "b", "three");

    assertThat(bob.client.takeAll()).contains(entry(1), entry(2), entry(3));
    assertThat(alice.client.takeNumbers()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whoResumesTwiceOrTooMuchMadeAMistake() {
    Bench.User bob = bench.resumed(BOB, 9, null, Map.of());
    assertThatIllegalStateException().isThrownBy(() -> bob.session.resume(null, Map.of()));
    Session session = new Bench(store).live(BOB).session;
    assertThatIllegalStateException().isThrownBy(() -> session.resume(null, Map.of()));

    Session other = bench.router.attach(BOB, new im.pair.testkit.InMemoryConnection());
    Map<UserId, Cursor> four =
        Map.of(ALICE, at(0), CAROL, at(0), new UserId("d"), at(0), new UserId("e"), at(0));
    assertThatIllegalArgumentException().isThrownBy(() -> other.resume(null, four));
    assertThatIllegalArgumentException().isThrownBy(() -> other.resume(null, Map.of(BOB, at(0))));
  }

  @Test
  void aSessionThatLeftReadsNoMore() {
    store.holdReads = true;
    Cursor start = new Cursor(0, 0);
    Map<UserId, Cursor> three = Map.of(ALICE, start, CAROL, start, new UserId("d"), start);
    Bench.User bob = bench.resumed(BOB, 9, store.epoch(), three);

    bob.session.detach();
    store.complete(0);

    assertThat(store.reads).isEqualTo(1);
  }
}
