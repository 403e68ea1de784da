package im.pair.examples.backend;

import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Both sides at once: a shop that is cut short, and customers who are here or away. */
final class Demo {
  private static final UserId ALICE = new UserId("alice");
  private static final UserId BOB = new UserId("bob");

  private Demo() {}

  static void run() throws Exception {
    Path directory = Files.createTempDirectory("pair-im-demo-");
    try {
      tellAndEnd(directory);
      tellAgain(directory);
    } finally {
      delete(directory);
    }
  }

  /** The shop ends before it has noted that alice was told, and before she was pushed. */
  private static void tellAndEnd(Path directory) throws Exception {
    PushService down =
        (user, line) -> {
          throw new IOException("the push service is down");
        };
    try (Shop shop = Shop.open(directory, down)) {
      expect("stored as number 1", shipped(shop, ALICE, "1001"));
    }
  }

  private static void tellAgain(Path directory) throws Exception {
    BlockingQueue<String> pushed = new ArrayBlockingQueue<>(10);
    try (Shop shop = Shop.open(directory, (user, line) -> pushed.add(user + ", " + line))) {
      expect("was number 1 already", shipped(shop, ALICE, "1001"));
      shop.remind(List.of(ALICE, BOB));
      expect("alice, system: you have unread messages", next(pushed));

      try (Client alice = new Client(shop.port())) {
        alice.says("alice", "system", "Where is it?");
        expect(
            "{\"id\":null,\"msg\":\"this user does not take your messages\",\"error\":\"blocked\"}",
            alice.hears());
        expect("stored as number 2", shipped(shop, ALICE, "1002"));
        expect("{\"id\":\"system\",\"msg\":\"Order 1002 is on its way.\"}", alice.hears());
      }

      expect("stored as number 1", shipped(shop, BOB, "1003"));
      expect("bob, system: Order 1003 is on its way.", next(pushed));
    }
  }

  private static String shipped(Shop shop, UserId customer, String order) throws Exception {
    Object result = shop.orderShipped(customer, order).toCompletableFuture().get();
    if (result instanceof Appended appended) {
      return "stored as number " + appended.entry().seq();
    }
    return result instanceof Duplicate earlier
        ? "was number " + earlier.seq() + " already"
        : result.toString();
  }

  private static String next(BlockingQueue<String> pushed) throws InterruptedException {
    return String.valueOf(pushed.poll(10, TimeUnit.SECONDS));
  }

  private static void expect(String expected, String found) {
    System.out.println(found);
    if (!found.equals(expected)) {
      throw new IllegalStateException("expected: " + expected);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
