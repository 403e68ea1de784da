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

/** Senders, slow readers, comers and goers, and a store that answers from threads of its own. */
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
    List<Future<?>> senders = new ArrayList<>();
    for (UserId user : USERS) {
      senders.add(threads.submit(() -> send(user)));
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
    sending.set(false);
    guests.get();
    for (Future<?> reader : readers) {
      reader.get();
    }

    readings.forEach(Reading::check);
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
      for (Entry entry : client.takeEntries()) {
        Long before = last.put(entry.pair(), entry.seq());
        assertThat(before)
            .as("before %s in %s", entry.seq(), entry.pair())
            .isIn(null, entry.seq() - 1);
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
