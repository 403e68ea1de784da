package im.pair.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.testkit.InMemoryConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Senders, slow readers, comers and goers, travellers that resume, and a store that answers from
 * threads of its own.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyThreadsTest {
  private static final List<UserId> USERS =
      List.of(new UserId("a"), new UserId("b"), new UserId("c"));
  private static final int SENDS = 1_000;

  private final ExecutorService storeThreads = Executors.newFixedThreadPool(2);

  /** Appends in the order of the calls, completes in any. */
  private final MessageStore store =
      new ForwardingStore(new InMemoryMessageStore()) {
        @Override
        public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
          CompletionStage<AppendResult> result = log.append(pair, from, draft, now);
          CompletableFuture<AppendResult> answer = new CompletableFuture<>();
          storeThreads.execute(() -> result.thenAccept(answer::complete));
          return answer;
        }

        @Override
        public CompletionStage<Page> read(Pair pair, Range range) {
          return CompletableFuture.supplyAsync(() -> range, storeThreads)
              .thenCompose(asked -> log.read(pair, asked));
        }

        @Override
        public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
          return CompletableFuture.supplyAsync(() -> user, storeThreads)
              .thenCompose(marker -> log.mark(pair, marker, delivered, read));
        }
      };

  private final PairRouter router = PairRouter.builder().store(store).limits(Bench.tight()).build();
  private final AtomicBoolean sending = new AtomicBoolean(true);

  @Test
  void everySessionIsGivenEachNumberOnceAndInOrder() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Reading> readings = new ArrayList<>();
    List<Future<?>> readers = new ArrayList<>();
    for (UserId user : USERS) {
      for (int capacity : new int[] {1, 7, 100_000}) {
        Reading reading = new Reading(user, capacity);
        readings.add(reading);
        readers.add(threads.submit(reading::readWhileSent));
      }
    }
    Future<?> guests = threads.submit(this::comeAndGo);
    List<Traveller> travellers = USERS.stream().map(Traveller::new).toList();
    List<Future<?>> journeys = new ArrayList<>();
    travellers.forEach(traveller -> journeys.add(threads.submit(traveller::travelWhileSent)));
    List<Future<?>> senders = new ArrayList<>();
    for (UserId user : USERS) {
      senders.add(threads.submit(() -> send(user)));
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
    sending.set(false);
    guests.get();
    for (Future<?> journey : journeys) {
      journey.get();
    }
    for (Future<?> reader : readers) {
      reader.get();
    }

    readings.forEach(Reading::check);
    travellers.forEach(Traveller::check);
    readings.forEach(reading -> reading.session.detach());
    assertThat(router.size()).isZero();
    threads.shutdown();
    storeThreads.shutdown();
    assertThat(storeThreads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void send(UserId user) {
    Random random = new Random(user.hashCode());
    for (int i = 0; i < SENDS; i++) {
      UserId to = USERS.get((USERS.indexOf(user) + 1 + random.nextInt(2)) % 3);
      MessageStore.AppendResult result =
          router.append(user, to, Draft.message("")).toCompletableFuture().join();
      assertThat(result).isInstanceOf(MessageStore.Appended.class);
    }
  }

  /** Sessions that live for a moment: theirs has no gap either. */
  private void comeAndGo() {
    Random random = new Random(1);
    while (sending.get()) {
      UserId user = USERS.get(random.nextInt(3));
      Reading guest = new Reading(user, 1 + random.nextInt(5));
      for (int i = random.nextInt(20); i >= 0; i--) {
        guest.takeAll();
      }
      guest.session.detach();
      guest.takeAll();
    }
  }

  /** A client that reconnects with its cursors again and again, and marks what it was given. */
  private final class Traveller {
    final UserId user;
    final Map<UserId, Cursor> cursors = new HashMap<>();
    final Map<Pair, Map<UserId, Marks>> marks = new HashMap<>();
    final Random random;

    Traveller(UserId user) {
      this.user = user;
      random = new Random(user.hashCode());
      USERS.stream()
          .filter(peer -> !peer.equals(user))
          .forEach(peer -> cursors.put(peer, new Cursor(0, 0)));
    }

    void travelWhileSent() {
      while (sending.get()) {
        travel(random.nextInt(200));
      }
      travel(Integer.MAX_VALUE); // to the end
    }

    private void travel(int events) {
      InMemoryConnection client = new InMemoryConnection(1 + random.nextInt(5));
      Session session = router.attach(user, client);
      client.of(session);
      session.resume(store.epoch(), cursors);
      boolean welcome = false;
      boolean synced = false;
      for (int taken = 0; taken < events && !(synced && events == Integer.MAX_VALUE); ) {
        Event event = client.take();
        if (event == null) {
          router.tick(System.nanoTime());
          continue;
        }
        taken++;
        assertThat(welcome).isEqualTo(!(event instanceof Event.Welcome));
        welcome = true;
        synced |= event instanceof Event.Synced;
        if (event instanceof Event.Appended appended) {
          take(appended.entry());
          if (random.nextInt(3) == 0) {
            UserId peer = appended.entry().pair().other(user);
            long seq = cursors.get(peer).seq();
            session.receive(new Command.Mark(null, peer, seq, seq - 1));
          }
        } else if (event instanceof Event.Marked marked) {
          take(marked);
        }
      }
      session.detach();
    }

    private void take(Entry entry) {
      UserId peer = entry.pair().other(user);
      assertThat(entry.seq()).isEqualTo(cursors.get(peer).seq() + 1);
      cursors.put(peer, new Cursor(entry.seq(), entry.at()));
    }

    private void take(Event.Marked told) {
      Marks now = told.marks();
      Marks before =
          marks
              .computeIfAbsent(told.pair(), pair -> new HashMap<>())
              .getOrDefault(told.user(), Marks.NONE);
      assertThat(now.max(before)).as("never back").isEqualTo(now);
      assertThat(now.delivered())
          .as("after the entries before it")
          .isLessThanOrEqualTo(cursors.get(told.pair().other(user)).seq());
      marks.get(told.pair()).put(told.user(), now);
    }

    void check() {
      for (UserId peer : cursors.keySet()) {
        Pair pair = Pair.of(user, peer);
        MessageStore.Page end =
            store.read(pair, MessageStore.Range.before(0, 1, 1)).toCompletableFuture().join();
        assertThat(cursors.get(peer).seq()).isEqualTo(end.head());
        marks
            .get(pair)
            .forEach(
                (marker, told) ->
                    assertThat(told.max(end.marks().getOrDefault(marker, Marks.NONE)))
                        .as("never more than is stored")
                        .isEqualTo(end.marks().getOrDefault(marker, Marks.NONE)));
      }
      assertThat(marks.values().stream().flatMap(told -> told.values().stream()))
          .as("somebody's marks came")
          .anyMatch(told -> !told.equals(Marks.NONE));
    }
  }

  private final class Reading {
    final InMemoryConnection client;
    final Session session;
    final Map<Pair, Long> last = new HashMap<>();

    Reading(UserId user, int capacity) {
      client = new InMemoryConnection(capacity);
      session = router.attach(user, client);
      client.of(session);
      session.live();
    }

    void readWhileSent() {
      while (sending.get() || !isComplete()) {
        takeAll();
        router.tick(System.nanoTime());
      }
    }

    void takeAll() {
      for (Event event : client.takeAll()) {
        if (event instanceof Event.Appended appended) {
          Entry entry = appended.entry();
          Long before = last.put(entry.pair(), entry.seq());
          assertThat(before)
              .as("before %s in %s", entry.seq(), entry.pair())
              .isIn(null, entry.seq() - 1);
        }
      }
    }

    boolean isComplete() {
      return last.entrySet().stream().allMatch(e -> e.getValue() == head(e.getKey()));
    }

    void check() {
      takeAll();
      assertThat(last).hasSize(2);
      last.forEach((pair, seq) -> assertThat(seq).isEqualTo(head(pair)));
    }

    private long head(Pair pair) {
      return store
          .read(pair, MessageStore.Range.before(0, 1, 1))
          .toCompletableFuture()
          .join()
          .head();
    }
  }
}
