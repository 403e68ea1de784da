package im.pair.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.MessageStore;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The push hook and the scan, on a store in memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushTest {
  private static final UserId ALICE = new UserId("alice");

  private final MessageStore store = new InMemoryMessageStore();
  private final List<String> pushed = new CopyOnWriteArrayList<>();

  @Test
  void aServiceThatHangsHoldsUpNobodyAndWhatWasDroppedIsFoundByTheScan() {
    CountDownLatch hangs = new CountDownLatch(1);
    PushService service =
        (user, line) -> {
          await(hangs);
          pushed.add(line);
        };
    try (Push push = new Push(store, service)) {
      for (int i = 0; i <= Push.MOST_WAITING; i++) {
        push.storedForOfflineUser(ALICE, said(new UserId("bob"), "b" + i)); // 1 under way
      }
      push.storedForOfflineUser(ALICE, said(new UserId("carol"), "there is no room"));
      hangs.countDown();
    }
    assertThat(pushed).hasSize(Push.MOST_WAITING + 1).allMatch(line -> line.startsWith("bob: "));
    pushed.clear();

    try (Push push = new Push(store, service)) {
      push.scan(ALICE);
    }

    assertThat(pushed)
        .containsExactlyInAnyOrder(
            "carol: you have unread messages", "bob: you have unread messages");
  }

  @Test
  void theScanGoesOnWhereAPageEnds() {
    for (int i = 0; i < 120; i++) {
      said(new UserId("user" + i), "hi");
    }

    try (Push push = new Push(store, (user, line) -> pushed.add(line))) {
      push.scan(ALICE);
    }

    assertThat(pushed).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void changesAreNotPushed() {
    said(new UserId("bob"), "frist");
    Entry edit =
        ((MessageStore.Appended)
                store
                    .append(
                        Pair.of(new UserId("bob"), ALICE),
                        new UserId("bob"),
                        Draft.edit("e", 1, "first"),
                        0)
                    .toCompletableFuture()
                    .join())
            .entry();

    try (Push push = new Push(store, (user, line) -> pushed.add(line))) {
      push.storedForOfflineUser(ALICE, edit);
    }

    assertThat(pushed).isEmpty();
  }

  private Entry said(UserId from, String words) {
    return ((MessageStore.Appended)
            store
                .append(Pair.of(from, ALICE), from, Draft.message(words), 0)
                .toCompletableFuture()
                .join())
        .entry();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
