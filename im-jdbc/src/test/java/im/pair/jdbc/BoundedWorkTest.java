package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static im.pair.jdbc.Stores.append;
import static im.pair.jdbc.Stores.await;
import static im.pair.jdbc.Stores.number;
import static im.pair.jdbc.Stores.sql;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.ProgressHandler;

/** A pair with a million entries is as quick as one with a thousand. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedWorkTest {
  private static final int FEW = 2_000;
  private static final int MANY = 1_000_000;

  /** Steps of SQLite's machine that a deeper tree may cost; a row costs about a dozen. */
  private static final int SLACK = 40;

  @TempDir static Path parent;
  private static Path few;
  private static Path many;

  @BeforeAll
  static void fill() throws Exception {
    few = filled("few", FEW);
    many = filled("many", MANY);
  }

  /** A log whose first half is read, with an edit and a deletion now and then. */
  private static Path filled(String name, int count) throws Exception {
    Path directory = parent.resolve(name);
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      await(append(store, ALICE, Draft.message("first", "m1")));
    }
    sql(
        directory,
        "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = -200000",
        "BEGIN",
        "INSERT INTO words WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + count
            + ") SELECT i, 'm' || i FROM n",
        "INSERT INTO entry (pair, seq, sender, id, at, kind, of_seq, body, edited, deleted)"
            + " SELECT 1, id, CASE id % 2 WHEN 0 THEN 'bob' ELSE 'alice' END, 'id' || id, 1000,"
            + " CASE id % 100 WHEN 0 THEN 'edit' ELSE 'message' END,"
            + " CASE id % 100 WHEN 0 THEN id - 2 ELSE 0 END, id, 0, 0 FROM words WHERE id > 1",
        "UPDATE pair SET head = " + count + ", last = " + (count - 1),
        "UPDATE member SET delivered = " + count + ", read = " + count / 2,
        "COMMIT");
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      for (int i = 0; i < 100; i++) {
        UserId peer = new UserId("peer" + i);
        await(store.append(Pair.of(ALICE, peer), peer, Draft.message("a", "x"), 1_000 + i));
      }
    }
    return directory;
  }

  @Test
  void theMillionIsThere() throws Exception {
    assertThat(number(many, "SELECT count(*) FROM entry WHERE pair = 1")).isEqualTo(MANY);
  }

  @Test
  void openingTouchesNoMore() throws Exception {
    assertSameWork(
        link -> {
          link.commit(); // it has transactions of its own
          new Schema().prepare(link, many);
        });
  }

  @Test
  void theNewestPageTouchesNoMore() throws Exception {
    assertSameWork(link -> new Pages(link).read(PAIR, Range.before(Long.MAX_VALUE, 50, 1 << 20)));
  }

  @Test
  void aPageFromTheMiddleTouchesNoMore() throws Exception {
    assertSameWork(
        link -> {
          long middle = link.number("SELECT head FROM pair WHERE id = 1") / 2;
          assertThat(new Pages(link).read(PAIR, Range.before(middle, 50, 1 << 20)).entries())
              .hasSize(50)
              .last()
              .extracting(entry -> entry.seq())
              .isEqualTo(middle - 1);
          new Pages(link).read(PAIR, Range.after(middle, 50, 1 << 20));
        });
  }

  @Test
  void theListOfConversationsWithUnreadAndLastTouchesNoMore() throws Exception {
    assertSameWork(
        link -> {
          Place before = new Place(1_000, new UserId("a"));
          var longest = new Pages(link).conversations(ALICE, before, 1, 1 << 20).items().get(0);
          assertThat(longest.peer()).isEqualTo(BOB);
          assertThat(longest.unread()).isBetween(490, 1_000);
          assertThat(longest.last()).isNotNull();
        },
        1_000 * 12);
    assertSameWork(
        link ->
            assertThat(new Pages(link).conversations(ALICE, null, 50, 1 << 20).items())
                .hasSize(50));
  }

  @Test
  void appendingMarkingEditingAndDeletingTouchNoMore() throws Exception {
    assertSameWork(
        link -> {
          Ledger ledger = new Ledger(link, new Words(link));
          long head = link.number("SELECT head FROM pair WHERE id = 1");
          ledger.mark(PAIR, ALICE, 0, head - 5);
          var result = ledger.append(PAIR, ALICE, Draft.message("new", "x"), 1_000);
          assertThat(result).isInstanceOf(Appended.class);
          ledger.append(PAIR, ALICE, Draft.message("new", "x"), 1_000);
          ledger.append(PAIR, ALICE, Draft.edit("edit", head + 1, "y"), 1_000);
          ledger.append(PAIR, BOB, Draft.react("react", head + 1, "z"), 1_000);
          ledger.append(PAIR, ALICE, Draft.delete("delete", head + 1), 1_000);
        });
  }

  @Test
  void aPartOfAnErasureTouchesNoMore() throws Exception {
    assertSameWork(
        link -> {
          long middle = link.number("SELECT head FROM pair WHERE id = 1") / 2;
          var place = new Eraser.Place(ALICE, BOB.value(), 1, middle, middle + 600);
          assertThat(new Eraser(link, new Words(link)).erase(place))
              .isEqualTo(new Eraser.Place(ALICE, BOB.value(), 1, middle + 256, middle + 600));
        },
        256);
  }

  static List<String> queries() throws IllegalAccessException {
    List<String> queries = new ArrayList<>();
    for (Field field : Sql.class.getDeclaredFields()) {
      if (field.getType() == String.class) {
        field.setAccessible(true);
        String sql = (String) field.get(null);
        boolean whole = sql.matches("(?s)(SELECT|INSERT|DELETE) .*|(?s)UPDATE .* WHERE .*");
        if (whole && !sql.equals(Sql.EPOCH)) { // of a table with one row
          queries.add(sql);
        }
        if (field.getName().startsWith("WORDS_OF")) {
          queries.add(Sqlite.WIPE + "IN (" + sql + ")");
        }
      }
    }
    assertThat(queries).hasSizeGreaterThan(20);
    return queries;
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyStatementFindsItsRowsByAnIndex(String sql) throws Exception {
    List<String> plan = new ArrayList<>();
    try (Link link = Sqlite.openToWrite(many.resolve("im.db"));
        Rows rows =
            link.rows(
                "EXPLAIN QUERY PLAN " + sql,
                Collections.nCopies((int) sql.chars().filter(c -> c == '?').count(), 1)
                    .toArray())) {
      while (rows.next()) {
        rows.number();
        rows.number();
        rows.number();
        plan.add(rows.text());
      }
    }

    assertThat(plan)
        .noneMatch(step -> step.contains("SCAN") && !step.equals("SCAN some"))
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .noneMatch(step -> step.contains("(pair=?)")) // all entries of a pair
        .noneMatch(step -> step.contains("(pair=? AND sender=?)")); // of a user in it
  }

  private interface Work {
    void on(Link link) throws Exception;
  }

  private static void assertSameWork(Work work) throws Exception {
    assertSameWork(work, SLACK);
  }

  private static void assertSameWork(Work work, int slack) throws Exception {
    assertThat(stepsOf(many, work)).isCloseTo(stepsOf(few, work), Offset.offset(slack));
  }

  private static int stepsOf(Path directory, Work work) throws Exception {
    int[] steps = {0};
    try (Link link = Sqlite.openToWrite(directory.resolve("im.db"))) {
      ProgressHandler.setHandler(
          link.connection(),
          1,
          new ProgressHandler() {
            @Override
            protected int progress() {
              steps[0]++;
              return 0;
            }
          });
      link.begin(); // and no commit: all is as it was
      work.on(link);
    }
    assertThat(steps[0]).isPositive();
    return steps[0];
  }
}
