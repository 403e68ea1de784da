package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a session is answered that asks for the log or for its conversations. */
class HistoryTest {
  private final ScriptedStore store = new ScriptedStore();
  private final Bench bench = new Bench(store, Bench.tight(), (from, to) -> true);
  private final Bench.User alice = bench.live(ALICE);

  private static boolean ask(Bench.User user, UserId peer, long from, boolean up, int limit) {
    return user.session.receive(new Command.History("r", peer, from, up, limit));
  }

  private static Event.Page page(Bench.User user) {
    Event event = user.client.take();
    assertThat(event).isInstanceOf(Event.Page.class);
    return (Event.Page) event;
  }

  private static List<Long> numbers(Event.Page page) {
    return page.page().entries().stream().map(Entry::seq).toList();
  }

  @Test
  void theLogIsPagedBothWays() {
    alice.sendMany(BOB, 1, 8);
    alice.client.takeAll();

    ask(alice, BOB, Long.MAX_VALUE, false, 2);
    Event.Page newest = page(alice);
    assertThat(newest.ref()).isEqualTo("r");
    assertThat(newest.peer()).isEqualTo(BOB);
    assertThat(numbers(newest)).containsExactly(7L, 8L);
    assertThat(newest.page().head()).isEqualTo(8);
    assertThat(newest.page().more()).isTrue();

    ask(alice, BOB, 7, false, 50);
    assertThat(numbers(page(alice))).as("clamped to the limit").containsExactly(4L, 5L, 6L);
    ask(alice, BOB, 7, true, 0);
    assertThat(numbers(page(alice))).as("one at least").containsExactly(8L);
    ask(alice, CAROL, Long.MAX_VALUE, false, 50);
    Event.Page empty = page(alice);
    assertThat(numbers(empty)).isEmpty();
    assertThat(empty.page().more()).isFalse();
  }

  @Test
  void aPageIsInThePresentState() {
    alice.send(BOB, Draft.message("a", "helo"));
    alice.send(BOB, Draft.edit("b", 1, "hello"));
    alice.client.takeAll();

    ask(alice, BOB, 0, true, 3);

    Entry entry = page(alice).page().entries().get(0);
    assertThat(entry.body()).isEqualTo("hello");
    assertThat(entry.edited()).isTrue();
  }

  @Test
  void oneQuestionAtATimeAndNoCommandMeanwhile() {
    alice.send(BOB, "a", "x");
    store.holdReads = true;

    assertThat(ask(alice, BOB, 0, true, 3)).isFalse();
    assertThat(alice.client.resumes()).isZero();
    store.complete(0);

    assertThat(alice.client.resumes()).isEqualTo(1);
  }

  @Test
  void anAnswerThatFindsNoRoomKeepsReadingPaused() {
    Bench.User slow = bench.live(BOB, 1);
    alice.send(BOB, "a", "x");

    ask(slow, ALICE, 0, true, 3);
    assertThat(slow.client.resumes()).isZero();
    assertThat(slow.client.take()).isInstanceOf(Event.Appended.class);

    assertThat(slow.client.resumes()).isEqualTo(1);
    assertThat(numbers(page(slow))).containsExactly(1L);
  }

  @Test
  void aQuestionThatTheStoreDoesNotAnswerIsRejected() {
    store.failReads = true;

    ask(alice, BOB, 0, true, 3);

    assertThat(alice.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .containsExactly(Rejection.STORE);
    assertThat(alice.client.resumes()).isEqualTo(1);
  }

  @Test
  void oneHasNoHistoryWithOneself() {
    ask(alice, ALICE, 0, true, 3);

    assertThat(alice.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .containsExactly(Rejection.SELF);
    assertThat(alice.client.resumes()).isEqualTo(1);
  }

  @Test
  void conversationsAreListedNewestFirstInPages() {
    for (int i = 1; i <= 7; i++) {
      bench.clock.advance(java.time.Duration.ofSeconds(1));
      bench.router.append(new UserId("peer" + i), ALICE, Draft.message("a", "from " + i));
    }
    alice.client.takeAll();

    List<String> bodies = new ArrayList<>();
    MessageStore.@Nullable Place after = null;
    do {
      alice.session.receive(new Command.Conversations("c", after, 99));
      Event.Conversations answer = (Event.Conversations) alice.client.take();
      assertThat(answer.ref()).isEqualTo("c");
      assertThat(answer.listing().items()).hasSizeBetween(1, 3);
      answer.listing().items().forEach(item -> bodies.add(item.last().body()));
      after = answer.listing().next();
    } while (after != null);

    assertThat(bodies)
        .containsExactly("from 7", "from 6", "from 5", "from 4", "from 3", "from 2", "from 1");
  }
}
