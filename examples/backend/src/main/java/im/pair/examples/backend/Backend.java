package im.pair.examples.backend;

import im.pair.core.UserId;
import im.pair.jdbc.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A shop whose clerk types which order has left. */
public final class Backend {
  /** A real shop asks its own database. */
  private static final List<UserId> CUSTOMERS = List.of(new UserId("alice"), new UserId("bob"));

  private Backend() {}

  /**
   * Keeps its messages in the directory that is given, or in a new temporary one; with {@code
   * --demo}, it plays both sides itself, and ends.
   */
  public static void main(String[] args) throws Exception {
    boolean demo = args.length == 1 && args[0].equals("--demo");
    if (args.length > 1 || (args.length == 1 && !demo && args[0].startsWith("-"))) {
      refuse("say one directory, or --demo, or nothing, not: " + String.join(" ", args));
    } else if (demo) {
      Demo.run();
    } else {
      serve(args.length == 1 ? Path.of(args[0]) : Files.createTempDirectory("pair-im-backend-"));
    }
  }

  private static void refuse(String why) {
    System.err.println("backend: " + why);
    System.exit(2);
  }

  private static void serve(Path directory) throws IOException, InterruptedException {
    PushService printer = (user, line) -> System.out.println("push to " + user + " | " + line);
    try (Shop shop = Shop.open(directory, printer)) {
      System.out.println("The messages are in " + directory);
      shop.remind(CUSTOMERS);
      System.out.println(
          "Alice is away. She comes to http://127.0.0.1:"
              + shop.port()
              + "/?user=alice&peer=system");
      System.out.println("Type a customer, alice or bob, and an order, for instance: alice 1001");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      for (String line; (line = in.readLine()) != null; ) {
        System.out.println(shipped(shop, line.strip().split("\\s+")));
      }
    } catch (StoreException e) {
      refuse(e.getMessage());
    }
  }

  private static String shipped(Shop shop, String[] words) throws InterruptedException {
    boolean known = CUSTOMERS.stream().anyMatch(customer -> customer.value().equals(words[0]));
    if (!known || words.length != 2 || !words[1].matches("[0-9]{1,20}")) {
      return "Type alice or bob, and a number.";
    }
    try {
      return "The store says "
          + shop.orderShipped(new UserId(words[0]), words[1]).toCompletableFuture().get();
    } catch (ExecutionException e) {
      return "It is not known to be stored: type it again.";
    }
  }
}
