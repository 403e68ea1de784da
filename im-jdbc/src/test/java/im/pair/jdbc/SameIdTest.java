package im.pair.jdbc;

import static im.pair.jdbc.Stores.ALICE;
import static im.pair.jdbc.Stores.BOB;
import static im.pair.jdbc.Stores.PAIR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Limits;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.testkit.InMemoryConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A send is idempotent by its id, however often and whenever. Source: design §4. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SameIdTest {
  private static final Draft SAME = Draft.message("same", "hello");
  private static final int TIMES = 25; // for each of two sessions, before a restart and after it

  @TempDir Path directory;

  @Test
  void aHundredSendsOverTwoSessionsAndARestartAreOneEntry() throws Exception {
    List<Event> first = send(Draft.message("before", "x"));
    List<Event> second = send(Draft.message("after", "x"));

    assertThat(numbers(first, Event.Appended.class)).containsExactly(2L, 2L); // for each session
    assertThat(numbers(first, Event.Accepted.class)).hasSize(2 * TIMES - 1).containsOnly(2L);
    assertThat(numbers(second, Event.Appended.class)).isEmpty();
    assertThat(numbers(second, Event.Accepted.class)).hasSize(2 * TIMES).containsOnly(2L);
    try (SqliteMessageStore store = SqliteMessageStore.open(directory)) {
      assertThat(new LogReader(store).read(PAIR))
          .extracting(Entry::seq, Entry::id, Entry::body)
          .containsExactly(
              tuple(1L, "before", "x"), tuple(2L, "same", "hello"), tuple(3L, "after", "x"));
    }
  }

  /** Opens, sends one draft once and the same often; what two sessions are told about the same. */
  private List<Event> send(Draft once) throws Exception {
    InMemoryConnection phone = new InMemoryConnection();
    InMemoryConnection desk = new InMemoryConnection();
    SqliteMessageStore store = SqliteMessageStore.open(directory);
    try (PairRouter router =
        PairRouter.builder().store(store).limits(Limits.DEFAULTS.withSendsPerSecond(0)).build()) {
      Session phones = live(router, phone);
      Session desks = live(router, desk);
      phones.receive(new Command.Send(BOB, once));
      assertThat(List.of(phone.next(), desk.next())).hasOnlyElementsOfType(Event.Appended.class);

      for (int i = 0; i < TIMES; i++) {
        phones.receive(new Command.Send(BOB, SAME));
        desks.receive(new Command.Send(BOB, SAME));
      }
      store.close(); // everything is answered then

      List<Event> events = new ArrayList<>(phone.takeAll());
      events.addAll(desk.takeAll());
      return events;
    } finally {
      store.close();
    }
  }

  private static Session live(PairRouter router, InMemoryConnection connection) {
    Session session = router.attach(ALICE, connection);
    connection.of(session);
    session.live();
    return session;
  }

  private static List<Long> numbers(List<Event> events, Class<? extends Event> kind) {
    return events.stream().filter(kind::isInstance).map(SameIdTest::number).toList();
  }

  private static long number(Event event) {
    return event instanceof Event.Accepted accepted
        ? accepted.seq()
        : ((Event.Appended) event).entry().seq();
  }
}
