package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.bytesIn;
import static im.pair.jdbc.Stores.entries;
import static im.pair.jdbc.Stores.number;
import static im.pair.jdbc.Stores.stored;
import static im.pair.testkit.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is taken away is gone from every file. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WipingTest {
  @TempDir Path directory;
  private final Map<Pair, Long> heads = new HashMap<>();
  private int appended;
  private SqliteMessageStore store;

  @BeforeEach
  void open() throws Exception {
    store = SqliteMessageStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aDeletedMessageAndItsEditsAreGoneFromTheFiles() throws Exception {
    stored(store, ALICE, new Draft("a", Kind.MESSAGE, 0, "SECRET one", "SECRET data"));
    stored(store, ALICE, Draft.edit("b", 1, "SECRET two".repeat(2_000)));
    stored(store, ALICE, Draft.edit("c", 1, "SECRET three"));
    stored(store, BOB, Draft.message("a", "stays"));
    assertThat(bytesIn(directory)).contains("SECRET three", "SECRET two", "SECRET data");

    stored(store, ALICE, Draft.delete("d", 1));

    until("the words are gone", () -> !bytesIn(directory).contains("SECRET"));
    assertThat(bytesIn(directory)).contains("stays");
  }

  @Test
  void whatAnEditReplacesIsGoneAndEditsKeepTheirOwn() throws Exception {
    stored(store, ALICE, new Draft("a", Kind.MESSAGE, 0, "SECRET", "data"));
    stored(store, ALICE, Draft.edit("b", 1, "second"));
    stored(store, ALICE, Draft.edit("c", 1, "third"));

    until("the first body is gone", () -> !bytesIn(directory).contains("SECRET"));
    assertThat(entries(store)).extracting(Entry::body).containsExactly("third", "second", "third");
    assertThat(entries(store).get(0).data()).isEqualTo("data");
  }

  @Test
  void wordsGoAlsoWhileThereIsAlwaysMoreToWriteAndToRead() throws Exception {
    stored(store, ALICE, Draft.message("a", "SECRET"));
    AtomicBoolean enough = new AtomicBoolean();
    Thread busy =
        new Thread(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                List<CompletionStage<AppendResult>> calls = new ArrayList<>();
                for (int j = 0; j < 100; j++) {
                  calls.add(append(store, BOB, Draft.message(i + "-" + j, "x")));
                }
                for (int j = 0; j < 10; j++) {
                  store.read(PAIR, Range.before(Long.MAX_VALUE, 100, 65_536));
                }
                calls.forEach(call -> call.toCompletableFuture().join());
              }
            });
    busy.start();
    try {
      stored(store, ALICE, Draft.delete("b", 1));

      until("the words are gone", () -> !bytesIn(directory).contains("SECRET"));
    } finally {
      enough.set(true);
      busy.join();
    }
  }

  @Test
  void aReaderFromOutsideDelaysItAndNothingElse() throws Exception {
    stored(store, ALICE, Draft.message("a", "SECRET"));
    try (Link outside = Sqlite.openToRead(directory.resolve("im.db"))) {
      outside.begin();
      outside.number("SELECT count(*) FROM entry");
      stored(store, ALICE, Draft.delete("b", 1));
      stored(store, BOB, Draft.message("a", "goes on"));
      assertThat(entries(store)).hasSize(3);
      assertThat(bytesIn(directory)).contains("SECRET");
      outside.commit();
    }

    until("the words are gone", () -> !bytesIn(directory).contains("SECRET"));
  }

  @Test
  void afterAStoreIsClosedNoWipedWordsAreLeft() throws Exception {
    stored(store, ALICE, Draft.message("a", "SECRET"));
    stored(store, ALICE, Draft.delete("b", 1));

    store.close();

    assertThat(bytesIn(directory)).doesNotContain("SECRET");
  }

  /**
   * Rows that a database moves may leave copies: this writes of all lengths, to many pairs, in any
   * order.
   */
  @Test
  void nothingOfWhatIsTakenAwayIsLeftWhateverElseIsWritten() throws Exception {
    writeAndTakeAway(1_200);
  }

  @Test
  @Tag("soak")
  @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nothingIsLeftAfterMuchMoreEither() throws Exception {
    writeAndTakeAway(20_000);
  }

  private void writeAndTakeAway(int steps) throws Exception {
    Random random = new Random(5);
    Set<String> gone = new HashSet<>();
    Map<Pair, Map<Long, List<String>>> standing = new HashMap<>();
    for (int i = 0; i < steps; i++) {
      Pair pair = Pair.of(ALICE, new UserId("peer" + random.nextInt(40)));
      Map<Long, List<String>> messages = standing.computeIfAbsent(pair, key -> new HashMap<>());
      String secret = "S" + i + "x" + Long.toHexString(random.nextLong()) + "z";
      String body = secret + "你y".repeat(random.nextInt(random.nextInt(10) == 0 ? 4_000 : 60));
      int what = messages.isEmpty() ? 0 : random.nextInt(10);
      if (what < 6) {
        messages.put(
            appendMarked(pair, Draft.message(secret, body)), new ArrayList<>(List.of(secret)));
        continue;
      }
      long seq = List.copyOf(messages.keySet()).get(random.nextInt(messages.size()));
      if (what < 8) {
        appendMarked(pair, Draft.edit(secret, seq, body));
        if (messages.get(seq).size() == 1) {
          gone.add(messages.get(seq).get(0));
        }
        messages.get(seq).add(secret);
      } else {
        appendMarked(pair, Draft.delete(secret, seq));
        gone.addAll(messages.remove(seq));
      }
    }
    for (var head : heads.entrySet()) {
      Range newest = Range.before(Long.MAX_VALUE, 1, 1);
      assertThat(await(store.read(head.getKey(), newest)).head()).isEqualTo(head.getValue());
    }
    store.close();

    // The client's ids of those entries are the same words, and stay: they end otherwise.
    String files = bytesIn(directory);
    assertThat(gone).hasSizeGreaterThan(steps / 6);
    assertThat(gone).noneMatch(secret -> files.contains("body:" + secret));
  }

  /** Appends without a wait for each; returns the number that it gets. */
  private long appendMarked(Pair pair, Draft draft) throws Exception {
    Draft marked =
        new Draft(
            draft.id(),
            draft.kind(),
            draft.of(),
            draft.body() == null ? null : "body:" + draft.body(),
            draft.data());
    CompletionStage<AppendResult> call = store.append(pair, ALICE, marked, 1_000);
    long seq = heads.merge(pair, 1L, Long::sum);
    if (++appended % 100 == 0) {
      assertThat(await(call)).isInstanceOf(Appended.class);
    }
    return seq;
  }

  @Test
  void anErasedUsersWordsAreGoneFromTheFiles() throws Exception {
    for (int i = 0; i < 400; i++) {
      append(store, ALICE, Draft.message("m" + i, "SECRET " + i));
      append(store, BOB, Draft.message("m" + i, "bob's " + i));
      append(store, ALICE, Draft.edit("e" + i, 4L * i + 1, "SECRET " + i));
      stored(store, ALICE, Draft.react("r" + i, 4L * i + 2, "SECRET"));
    }
    await(store.seen(ALICE, 5_000));

    await(store.erase(ALICE));

    until("the words are gone", () -> !bytesIn(directory).contains("SECRET"));
    List<Entry> entries = entries(store);
    assertThat(entries).hasSize(1_600);
    for (Entry entry : entries) {
      switch (entry.kind()) {
        case MESSAGE -> assertThat(entry.deleted()).isEqualTo(entry.from().equals(ALICE));
        case EDIT -> assertThat(entry.deleted()).isTrue();
        default -> assertThat(entry.body()).isEmpty();
      }
      assertThat(entry.reactions()).isEmpty();
    }
    assertThat(entries.get(1).body()).isEqualTo("bob's 0");
  }

  @Test
  void othersWriteWhileAUserWithALongLogIsErased() throws Exception {
    int count = 5_000;
    List<CompletionStage<AppendResult>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(append(store, ALICE, Draft.message("m" + i, "SECRET")));
    }
    await(calls.get(count - 1));

    CompletionStage<Void> erased = store.erase(ALICE);
    Draft edit = Draft.edit("e", count, "an edit of what is erased");
    CompletionStage<AppendResult> edited = append(store, ALICE, edit);
    long other = stored(store, BOB, Draft.message("a", "meanwhile"));
    assertThat(erased.toCompletableFuture()).isNotDone();
    await(erased);

    assertThat(await(edited)).isInstanceOf(Appended.class);
    assertThat(other).isEqualTo(count + 2);
    assertThat(entries(store).subList(0, count + 1)).allMatch(entry -> entry.body() == null);
    assertThat(entries(store).get(count + 1).body()).isEqualTo("meanwhile");
    until("the words are gone", () -> !bytesIn(directory).contains("an edit of what is erased"));
  }

  @Test
  void anErasedPairsWordsAreNotReferredToAnyMore() throws Exception {
    stored(store, ALICE, new Draft("a", Kind.MESSAGE, 0, "one", "two"));
    stored(store, ALICE, Draft.react("b", 1, "👍"));
    stored(store, BOB, Draft.message("a", "three"));
    stored(store, ALICE, Draft.react("c", 3, "👍"));
    await(store.erase(ALICE));
    await(store.erase(ALICE));

    String references =
        "SELECT count(body) + count(data) + count(first_reaction) + count(second_reaction) FROM entry";
    assertThat(number(directory, references)).isEqualTo(1);
    assertThat(number(directory, "SELECT count(*) FROM words WHERE typeof(text) = 'text'"))
        .isEqualTo(1);
  }
}
