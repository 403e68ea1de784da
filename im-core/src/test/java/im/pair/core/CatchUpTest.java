package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a session that was left behind is given, and what that costs the others: nothing. */
class CatchUpTest {
  private final ScriptedStore store = new ScriptedStore();

  private Bench tight() {
    return new Bench(store, Bench.tight(), (from, to) -> true);
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void aShortLagIsMadeUpWithoutTheStore() {
    Bench bench = new Bench(store);
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 2);

    alice.sendMany(BOB, 1, 10);
    assertThat(alice.client.takeNumbers()).isEqualTo(numbers(1, 10));
    assertThat(bob.client.waiting()).isEqualTo(2);

    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(1, 10));
    assertThat(store.reads).as("for the head alone").isEqualTo(1);
    assertThat(bench.listener.takeLines()).contains("paused bob");
  }

  @Test
  void aLongLagIsMadeUpFromTheStore() {
    Bench bench = tight();
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 2);

    alice.sendMany(BOB, 1, 50);

    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(1, 50));
    assertThat(store.reads).isPositive();
    alice.send(BOB, "more", "more");
    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(51, 51));
  }

  @Test
  void aLagOfAHundredThousandEntriesIsALoopNotARecursion() {
    Bench bench = new Bench(store);
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 1_000);
    for (int i = 1; i <= 100_000; i++) {
      alice.send(BOB, "id" + i, "");
      alice.client.takeAll();
    }
    Bench.User carol = bench.live(CAROL, Integer.MAX_VALUE);
    carol.send(ALICE, "meanwhile", "to another pair");
    assertThat(alice.client.takeBodies()).containsExactly("to another pair");

    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(1, 100_000));
  }

  @Test
  void readersOfManyPairsCatchUpInTurn() {
    Bench bench = tight();
    Bench.User bob = bench.live(BOB, 1);
    Bench.User alice = bench.live(ALICE);
    Bench.User carol = bench.live(CAROL);
    alice.sendMany(BOB, 1, 30);
    carol.sendMany(BOB, 1, 30);

    List<Entry> entries = bob.client.takeEntries();

    assertThat(entries.stream().filter(e -> e.from().equals(ALICE)).map(Entry::seq))
        .isEqualTo(numbers(1, 30));
    assertThat(entries.stream().filter(e -> e.from().equals(CAROL)).map(Entry::seq))
        .isEqualTo(numbers(1, 30));
    int firstOfCarol = entries.stream().map(Entry::from).toList().indexOf(CAROL);
    assertThat(firstOfCarol).as("carol's do not wait for all of alice's").isLessThan(30);
  }

  @Test
  void whatWasEditedOrDeletedMeanwhileIsGivenInItsPresentState() {
    for (Limits limits : List.of(Limits.DEFAULTS, Bench.tight())) {
      Bench bench = new Bench(new InMemoryMessageStore(), limits, (from, to) -> true);
      Bench.User alice = bench.live(ALICE);
      Bench.User bob = bench.live(BOB, 1);
      alice.send(BOB, "a", "taken at once");
      alice.send(BOB, "b", "helo");
      alice.send(BOB, "c", "secret");
      alice.send(BOB, Draft.edit("d", 2, "hello"));
      alice.send(BOB, Draft.edit("e", 3, "secret 2"));
      alice.send(BOB, Draft.delete("f", 3));

      List<Entry> entries = bob.client.takeEntries();

      assertThat(entries).extracting(Entry::seq).isEqualTo(numbers(1, 6));
      assertThat(entries.get(1).body()).isEqualTo("hello");
      assertThat(entries.get(2).body()).isNull();
      assertThat(entries.get(4).body()).isNull();
    }
  }

  @Test
  void aReaderWhosePlaceHasLeftTheStoreIsToldAndGoesOn() {
    Bench bench = new Bench(new InMemoryMessageStore(2_000, 10), Bench.tight(), (from, to) -> true);
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 1);

    alice.sendMany(BOB, 1, 40);

    List<Event> events = bob.client.takeAll();
    assertThat(((Event.Appended) events.get(0)).entry().seq()).isEqualTo(1);
    Event.Truncated truncated = (Event.Truncated) events.get(1);
    List<Long> rest = new ArrayList<>();
    events.subList(2, events.size()).forEach(e -> rest.add(((Event.Appended) e).entry().seq()));
    assertThat(rest).isEqualTo(numbers(truncated.before(), 40));
    assertThat(truncated.before()).isBetween(30L, 40L);
  }

  @Test
  void entriesAppendedBehindTheRoutersBackAreFetchedBeforeTheNext() {
    Bench bench = new Bench(store);
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.joined(BOB, ALICE);
    alice.send(BOB, "a", "1");
    for (int i = 2; i <= 20; i++) {
      store.log.append(Pair.of(ALICE, BOB), BOB, Draft.message("behind" + i, "" + i), 0);
    }

    alice.send(BOB, "b", "21");

    assertThat(alice.client.takeNumbers()).isEqualTo(numbers(1, 21));
    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(1, 21));
  }

  @Test
  void aReadThatFailsIsTriedAgainAtTheTick() {
    Bench bench = tight();
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 1);
    alice.sendMany(BOB, 1, 20);
    store.failReads = true;
    store.reads = 0;
    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(1, 1));
    assertThat(store.reads).as("no busy loop").isEqualTo(1);

    store.failReads = false;
    bench.tickAfter(Duration.ofSeconds(1));

    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(2, 20));
  }

  @Test
  void aReadThatThrowsIsTriedAgainAtTheTick() {
    Bench bench = tight();
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 1);
    alice.sendMany(BOB, 1, 20);
    store.throwNext = 1;
    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(1, 1));

    bench.tickAfter(Duration.ofSeconds(1));

    assertThat(bob.client.takeNumbers()).isEqualTo(numbers(2, 20));
  }

  @Test
  void whatIsKeptForSlowReadersIsBoundedInAllAndGoesWhenNobodyIsBehind() {
    Bench bench = tight();
    Bench.User alice = bench.live(ALICE);
    alice.sendMany(BOB, 1, 20);
    assertThat(bench.router.recentBytes).as("nobody is behind").hasValue(0);

    Bench.User slow = bench.live(BOB, 1);
    for (int i = 0; i < 300; i++) {
      Bench.User peer = bench.live(new UserId("peer" + i));
      peer.sendMany(BOB, 1, 5);
    }
    assertThat(bench.router.recentBytes.get()).isBetween(1L, 100_000L + 300 * 450);

    assertThat(slow.client.takeEntries()).hasSize(1_500);
    slow.session.detach();
    bench.router.close();
    assertThat(bench.router.recentBytes).hasValue(0);
  }

  @Test
  void aSessionThatLeavesWhileBehindLeavesNothing() {
    Bench bench = tight();
    Bench.User alice = bench.live(ALICE);
    Bench.User bob = bench.live(BOB, 1);
    alice.sendMany(BOB, 1, 20);

    bob.session.detach();
    alice.session.detach();

    assertThat(bench.router.size()).isZero();
  }
}
