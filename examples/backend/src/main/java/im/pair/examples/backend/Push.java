package im.pair.examples.backend;

import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.MessageStore;
import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Summary;
import im.pair.core.Pair;
import im.pair.core.RouterListener;
import im.pair.core.UserId;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells users who are not here that there is something for them. The router's call comes at most
 * once; what it misses, or the queue or the service does not take, {@link #scan} finds in the logs.
 */
final class Push implements RouterListener, AutoCloseable {
  /** More that wait for the service are dropped. */
  static final int MOST_WAITING = 1_000;

  private static final int GOODBYE_SECONDS = 5;
  private static final int PAGE_ITEMS = 50;
  private static final int PAGE_BYTES = 65_536;

  private final MessageStore store;
  private final PushService service;

  /** The router's threads must not wait for the service, so it has one of its own. */
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          new ThreadPoolExecutor.DiscardPolicy());

  Push(MessageStore store, PushService service) {
    this.store = store;
    this.service = service;
  }

  @Override
  public void storedForOfflineUser(UserId user, Entry entry) {
    if (entry.kind() == Kind.MESSAGE) {
      String words = entry.body() == null ? "(a message)" : entry.body();
      worker.execute(() -> push(user, entry.from(), entry.seq(), entry.from() + ": " + words));
    }
  }

  /**
   * Pushes for each conversation of which the user has not received everything: at the start, and
   * from time to time. It waits for the store and the service.
   */
  void scan(UserId user) {
    Place after = null;
    do {
      Listing page =
          store.conversations(user, after, PAGE_ITEMS, PAGE_BYTES).toCompletableFuture().join();
      for (Summary pair : page.items()) {
        if (pair.own().delivered() < pair.head() && pair.unread() > 0) { // 0: all are her own
          push(user, pair.peer(), pair.head(), pair.peer() + ": you have unread messages");
        }
      }
      after = page.next();
    } while (after != null);
  }

  private void push(UserId user, UserId peer, long seq, String line) {
    try {
      service.push(user, line);
      if (peer.equals(Shop.SYSTEM)) {
        // Who may not write to a user may not mark its messages either, so the host does.
        store.mark(Pair.of(user, peer), user, seq, 0).toCompletableFuture().join();
      }
    } catch (IOException | CompletionException e) {
      System.err.println("not pushed to " + user + ", the next scan will try: " + e.getMessage());
    }
  }

  /** Takes no more, and waits for what is under way, but for 5 seconds at most. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
