package im.pair.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.MessageStore;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the logs of every {@link MessageStore} must do. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LogContract {
  static final UserId ALICE = new UserId("alice");
  static final UserId BOB = new UserId("bob");
  static final Pair PAIR = Pair.of(ALICE, BOB);
  static final int MANY_BYTES = Integer.MAX_VALUE;

  MessageStore store;

  /** An empty store that keeps at least 10,000 short entries. */
  protected abstract MessageStore open() throws Exception;

  /** Ends a store; nothing to do by default. */
  protected void close(MessageStore store) throws Exception {}

  @BeforeEach
  final void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  final void closeStore() throws Exception {
    close(store);
  }

  @Test
  void numbersBeginAtOneAndHaveNoGap() {
    assertThat(seq(append(ALICE, Draft.message("a", "one")))).isEqualTo(1);
    assertThat(seq(append(BOB, Draft.message("a", "two")))).isEqualTo(2);
    assertThat(seq(append(ALICE, Draft.message("b", "three")))).isEqualTo(3);
  }

  @Test
  void anEntryHoldsWhatWasSent() {
    String body = "你好 👋 \"quoted\" \\ \n\t <b>";
    append(ALICE, new Draft("an id ~!", Kind.MESSAGE, 0, body, "{\"k\":[1,2]}"));

    Entry entry = all().get(0);

    assertThat(entry.pair()).isEqualTo(PAIR);
    assertThat(entry.from()).isEqualTo(ALICE);
    assertThat(entry.to()).isEqualTo(BOB);
    assertThat(entry.id()).isEqualTo("an id ~!");
    assertThat(entry.body()).isEqualTo(body);
    assertThat(entry.data()).isEqualTo("{\"k\":[1,2]}");
    assertThat(entry.at()).isEqualTo(1_000);
  }

  @Test
  void pairsHaveLogsOfTheirOwn() {
    append(ALICE, Draft.message("a", "to bob"));
    Pair other = Pair.of(ALICE, new UserId("carol"));

    assertThat(seq(await(store.append(other, ALICE, Draft.message("a", "to carol"), 1_000))))
        .isEqualTo(1);
    assertThat(all()).hasSize(1);
  }

  @Test
  void theSameIdOfTheSameSenderIsADuplicateWhateverItHolds() {
    append(ALICE, Draft.message("a", "first"));
    append(BOB, Draft.message("b", "between"));

    AppendResult again = await(store.append(PAIR, ALICE, Draft.edit("a", 99, "of nothing"), 5_000));

    assertThat(again).isEqualTo(new Duplicate(1, 1_000));
    assertThat(all()).hasSize(2);
  }

  @Test
  void theOtherUsersSameIdIsAnotherEntry() {
    append(ALICE, Draft.message("a", "mine"));

    assertThat(seq(append(BOB, Draft.message("a", "yours")))).isEqualTo(2);
  }

  @Test
  void timeNeverGoesBackWithinALog() {
    await(store.append(PAIR, ALICE, Draft.message("a", "x"), 5_000));
    await(store.append(PAIR, ALICE, Draft.message("b", "x"), 3_000));
    await(store.append(PAIR, ALICE, Draft.message("c", "x"), 6_000));

    assertThat(all()).extracting(Entry::at).containsExactly(5_000L, 5_000L, 6_000L);
  }

  @Test
  void anEditedMessageIsReadWithItsNewestBody() {
    append(ALICE, Draft.message("a", "helo"));
    append(ALICE, Draft.edit("b", 1, "hello"));

    List<Entry> entries = all();

    assertThat(entries.get(0).body()).isEqualTo("hello");
    assertThat(entries.get(0).edited()).isTrue();
    assertThat(entries.get(1).of()).isEqualTo(1);
  }

  @Test
  void aDeletedMessageAndItsEditsAreReadBlank() {
    append(ALICE, new Draft("a", Kind.MESSAGE, 0, "secret", "data"));
    append(ALICE, Draft.edit("b", 1, "secret too"));
    append(BOB, Draft.react("c", 1, "👍"));
    append(ALICE, Draft.delete("d", 1));

    List<Entry> entries = all();

    assertThat(entries).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(entries.get(0).deleted()).isTrue();
    assertThat(entries.get(0).body()).isNull();
    assertThat(entries.get(0).data()).isNull();
    assertThat(entries.get(0).reactions()).isEmpty();
    assertThat(entries.get(1).body()).isNull();
  }

  @Test
  void aUserHasOneReactionAndAnEmptyOneTakesItBack() {
    append(ALICE, Draft.message("a", "hi"));
    append(ALICE, Draft.react("b", 1, "🎉"));
    append(BOB, Draft.react("c", 1, "👍"));
    append(BOB, Draft.react("d", 1, "❤"));
    assertThat(all().get(0).reactions()).isEqualTo(Map.of(ALICE, "🎉", BOB, "❤"));

    append(BOB, Draft.react("e", 1, ""));

    assertThat(all().get(0).reactions()).isEqualTo(Map.of(ALICE, "🎉"));
  }

  @Test
  void aChangeOfWhatIsNoMessageIsRefusedAndLeavesNoTrace() {
    append(ALICE, Draft.message("a", "hi"));
    append(BOB, Draft.react("b", 1, "👍"));

    assertThat(append(ALICE, Draft.edit("c", 3, "x"))).isEqualTo(new Refused(Rejection.NOT_FOUND));
    assertThat(append(BOB, Draft.edit("d", 2, "x"))).isEqualTo(new Refused(Rejection.NOT_FOUND));
    assertThat(append(BOB, Draft.edit("e", 1, "x"))).isEqualTo(new Refused(Rejection.NOT_YOURS));
    assertThat(append(BOB, Draft.delete("f", 1))).isEqualTo(new Refused(Rejection.NOT_YOURS));
    assertThat(seq(append(ALICE, Draft.delete("g", 1)))).isEqualTo(3);
    assertThat(append(BOB, Draft.react("h", 1, "x"))).isEqualTo(new Refused(Rejection.DELETED));
    assertThat(append(ALICE, Draft.delete("i", 1))).isEqualTo(new Refused(Rejection.DELETED));
    assertThat(seq(append(ALICE, Draft.message("c", "a refused id is free")))).isEqualTo(4);
  }

  @Test
  void aChangeInAPairWithoutALogIsRefused() {
    assertThat(append(ALICE, Draft.delete("a", 1))).isEqualTo(new Refused(Rejection.NOT_FOUND));
    assertThat(read(Range.after(0, 10, MANY_BYTES)))
        .isEqualTo(new Page(List.of(), 0, false, Map.of()));
  }

  @Test
  void tenThousandEntriesArePagedBothWaysWithoutHoleOrOverlap() {
    long count = 10_000;
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (long i = 1; i <= count; i++) {
      UserId from = i % 3 == 0 ? BOB : ALICE;
      calls.add(store.append(PAIR, from, Draft.message("id" + i, "m" + i), 1_000));
      if (i % 1_000 == 0) {
        calls.forEach(call -> await(call)); // a store may refuse too many at once
        calls.clear();
      }
    }
    Random random = new Random(7);
    List<Long> up = new ArrayList<>();
    for (boolean more = true; more; ) {
      Page page = read(Range.after(up.size(), 1 + random.nextInt(300), MANY_BYTES));
      assertThat(page.head()).isEqualTo(count);
      page.entries().forEach(entry -> up.add(entry.seq()));
      more = page.more();
    }
    assertThat(up).containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());

    List<Long> down = new ArrayList<>();
    long before = Long.MAX_VALUE;
    for (boolean more = true; more; ) {
      Page page = read(Range.before(before, 1 + random.nextInt(300), MANY_BYTES));
      down.addAll(0, page.entries().stream().map(Entry::seq).toList());
      before = page.entries().get(0).seq();
      more = page.more();
    }
    assertThat(down).isEqualTo(up);
  }

  @Test
  void aRangeBeyondAnEndBeginsThere() {
    appendMany(ALICE, 3);

    assertThat(read(Range.after(-5, 1, MANY_BYTES)).entries())
        .extracting(Entry::seq)
        .containsExactly(1L);
    assertThat(read(Range.after(99, 1, MANY_BYTES)).entries()).isEmpty();
    assertThat(read(Range.before(99, 1, MANY_BYTES)).entries())
        .extracting(Entry::seq)
        .containsExactly(3L);
    assertThat(read(Range.before(-5, 1, MANY_BYTES)).entries()).isEmpty();
    assertThat(read(Range.after(Long.MAX_VALUE, 1, MANY_BYTES)).more()).isFalse();
  }

  @Test
  void aPageEndsEarlyByBytesButHasAtLeastOneEntry() {
    for (int i = 0; i < 5; i++) {
      append(ALICE, Draft.message("id" + i, "x".repeat(5_000)));
    }

    Page tiny = read(Range.after(1, 10, 1));
    Page some = read(Range.before(5, 10, 50_000));

    assertThat(tiny.entries()).extracting(Entry::seq).containsExactly(2L);
    assertThat(tiny.more()).isTrue();
    assertThat(some.entries()).last().extracting(Entry::seq).isEqualTo(4L);
    assertThat(some.entries().size()).isBetween(1, 4);
  }

  @Test
  void appendsOfEightThreadsForTwoUsersGetEachNumberOnce() throws Exception {
    int threads = 8;
    int each = 200;
    List<Long> numbers = new ArrayList<>();
    List<Thread> writers =
        IntStream.range(0, threads)
            .mapToObj(
                t ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            UserId from = t % 2 == 0 ? ALICE : BOB;
                            long seq = seq(append(from, Draft.message(t + "-" + i, "x")));
                            synchronized (numbers) {
                              numbers.add(seq);
                            }
                          }
                        }))
            .toList();
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, (long) threads * each).boxed().toList());
  }

  @Test
  void numbersFollowTheOrderOfTheCalls() {
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      calls.add(store.append(PAIR, ALICE, Draft.message("id" + i, "x"), 1_000));
    }

    assertThat(calls.stream().map(call -> seq(await(call))))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
  }

  final AppendResult append(UserId from, Draft draft) {
    return await(store.append(PAIR, from, draft, 1_000));
  }

  final void appendMany(UserId from, int count) {
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      calls.add(store.append(PAIR, from, Draft.message("id" + i, "m" + i), 1_000));
    }
    calls.forEach(call -> await(call));
  }

  final Page read(Range range) {
    return await(store.read(PAIR, range));
  }

  final List<Entry> all() {
    return read(Range.after(0, 1_000, MANY_BYTES)).entries();
  }

  static long seq(AppendResult result) {
    assertThat(result).isInstanceOf(Appended.class);
    return ((Appended) result).entry().seq();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the store did not answer", e);
    }
  }
}
