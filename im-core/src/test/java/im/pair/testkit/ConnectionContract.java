package im.pair.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.core.Connection;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Connection} must do, whatever carries it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ConnectionContract {
  /** Bodies of 1,000 characters: so many fill every buffer on the way, which may hold 32 MiB. */
  private static final int ENOUGH_TO_FILL = 32 * 1024;

  /** Opens a connection with a bounded buffer and a client at its other end. */
  protected abstract Line open() throws Exception;

  /** A connection and its client. */
  protected interface Line extends AutoCloseable {
    /** The server's end. */
    Connection connection();

    /**
     * Where the connection calls its session when there is room again; called before the first
     * event is sent.
     */
    void onWritable(Runnable call);

    /**
     * The client takes the next message and says its body; nothing once the connection has ended.
     * Waits for one.
     */
    @Nullable String take() throws Exception;

    /**
     * The close code that the client was given, after the end; nothing if this transport has none.
     */
    @Nullable Integer closeCode() throws Exception;

    @Override
    void close() throws Exception;
  }

  @Test
  void eventsReachTheClientInTheOrderInWhichTheyWereTaken() throws Exception {
    try (Line line = open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(line.connection().send(message("m" + i))).isTrue();
      }

      assertThat(List.of("" + line.take(), "" + line.take(), "" + line.take()))
          .containsExactly("m0", "m1", "m2");
    }
  }

  @Test
  void aFullBufferRefusesAndLosesNothingThatWasTaken() throws Exception {
    try (Line line = open()) {
      int taken = fill(line.connection());

      assertThat(taken).isLessThan(ENOUGH_TO_FILL);
      for (int i = 0; i < taken; i++) {
        assertThat(line.take()).startsWith(i + " ");
      }
    }
  }

  @Test
  void afterARefusalItSaysOnceThatThereIsRoomAndTakesAgain() throws Exception {
    try (Line line = open()) {
      BlockingQueue<Thread> calls = new LinkedBlockingQueue<>();
      line.onWritable(() -> calls.add(Thread.currentThread()));
      int taken = fill(line.connection());

      for (int i = 0; i < taken; i++) {
        line.take();
      }

      assertThat(calls.poll(20, TimeUnit.SECONDS)).as("there is room").isNotNull();
      assertThat(line.connection().send(message("more"))).isTrue();
      assertThat(line.take()).isEqualTo("more");
      assertThat(calls).as("one refusal, one call").isEmpty();
    }
  }

  @Test
  void onWritableIsNeverCalledFromInsideSendNorUnderALock() throws Exception {
    try (Line line = open()) {
      CountDownLatch other = new CountDownLatch(1);
      AtomicInteger inside = new AtomicInteger();
      ThreadLocal<Boolean> sending = ThreadLocal.withInitial(() -> false);
      line.onWritable(
          () -> {
            inside.addAndGet(sending.get() ? 1 : 0);
            // Another thread gets through while this call lasts, unless the caller holds the lock
            // that send needs.
            Thread sender = new Thread(() -> line.connection().send(message("from beside")));
            sender.start();
            try {
              sender.join(20_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            if (!sender.isAlive()) {
              other.countDown();
            }
          });
      sending.set(true);
      int taken = fill(line.connection());
      sending.set(false);
      for (int i = 0; i < taken; i++) {
        line.take();
      }

      assertThat(other.await(30, TimeUnit.SECONDS)).as("a sender beside gets through").isTrue();
      assertThat(inside).hasValue(0);
    }
  }

  @Test
  void whatManyThreadsSendArrivesOnceEachAndInEachThreadsOrder() throws Exception {
    try (Line line = open()) {
      List<String> taken = Collections.synchronizedList(new ArrayList<>());
      List<Thread> senders =
          IntStream.range(0, 4).mapToObj(t -> new Thread(() -> sendMany(line, t, taken))).toList();
      senders.forEach(Thread::start);
      for (Thread sender : senders) {
        sender.join();
      }
      List<String> received = new ArrayList<>();
      while (received.size() < taken.size()) {
        received.add("" + line.take());
      }

      assertThat(received).containsExactlyInAnyOrderElementsOf(taken);
      for (int t = 0; t < 4; t++) {
        String prefix = t + ":";
        assertThat(received.stream().filter(text -> text.startsWith(prefix)))
            .isEqualTo(taken.stream().filter(text -> text.startsWith(prefix)).toList());
      }
    }
  }

  private static void sendMany(Line line, int thread, List<String> taken) {
    for (int i = 0; i < 20; i++) {
      String body = thread + ":" + i;
      if (line.connection().send(message(body))) {
        taken.add(body);
      }
    }
  }

  @Test
  void closingSendsWhatWasTakenThenTheReasonAndRefusesEverythingAfter() throws Exception {
    try (Line line = open()) {
      line.connection().send(message("last words"));
      line.connection().close(CloseReason.DRAINING);
      line.connection().close(CloseReason.TOO_SLOW);

      assertThat(line.connection().send(message("too late"))).isFalse();
      assertThat(line.take()).isEqualTo("last words");
      assertThat(line.take()).isNull();
      assertThat(line.closeCode()).isIn(null, CloseReason.DRAINING.code());
    }
  }

  private static int fill(Connection connection) {
    int taken = 0;
    while (taken < ENOUGH_TO_FILL && connection.send(message(taken + " " + "x".repeat(1_000)))) {
      taken++;
    }
    return taken;
  }

  private static Outgoing message(String body) {
    UserId alice = new UserId("alice");
    Entry entry =
        Entry.of(Pair.of(alice, new UserId("bob")), 1, alice, 0, Draft.message("id", body));
    return new Outgoing(new Event.Appended(entry));
  }
}
