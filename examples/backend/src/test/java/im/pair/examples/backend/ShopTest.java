package im.pair.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.Event;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.Session;
import im.pair.core.UserId;
import im.pair.testkit.InMemoryConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shop on a real store, with customers who are here or away. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShopTest {
  private static final UserId ALICE = new UserId("alice");
  private static final UserId BOB = new UserId("bob");
  private static final PushService DOWN =
      (user, line) -> {
        throw new IOException("the push service is down");
      };

  private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  @Test
  void whatIsToldAgainAfterARestartIsStoredOnceAndPushedOnce() throws Exception {
    AppendResult first;
    try (Shop shop = open()) {
      first = shipped(shop, ALICE, "1001");
      assertThat(nextPush()).isEqualTo("alice, system: Order 1001 is on its way.");
    }
    try (Shop shop = open()) {
      assertThat(((Appended) first).entry().seq()).isEqualTo(1);
      assertThat(shipped(shop, ALICE, "1001"))
          .isEqualTo(new Duplicate(1, ((Appended) first).entry().at()));
      assertThat(((Appended) shipped(shop, ALICE, "1002")).entry().seq()).isEqualTo(2);
      assertThat(nextPush()).isEqualTo("alice, system: Order 1002 is on its way.");
    }
  }

  @Test
  void aCustomerWhoIsHereHearsItAndIsNotPushed() throws Exception {
    try (Shop shop = open();
        Client alice = new Client(shop.port())) {
      alice.says("alice", "system", "Hello?"); // joins: the answer says that it has
      alice.hears();

      shipped(shop, ALICE, "1001");

      assertThat(alice.hears())
          .isEqualTo("{\"id\":\"system\",\"msg\":\"Order 1001 is on its way.\"}");
      shop.remind(List.of(ALICE));
      shipped(shop, BOB, "1002");
      assertThat(nextPush()).as("the first").isEqualTo("bob, system: Order 1002 is on its way.");
    }
  }

  @Test
  void nobodyWritesToTheSystemUserNorAsIt() throws Exception {
    try (Shop shop = open();
        Client alice = new Client(shop.port());
        Client impostor = new Client(shop.port())) {
      alice.says("alice", "system", "Where is it?");
      impostor.says("system", "alice", "Send me your password.");

      assertThat(alice.hears()).contains("\"error\":\"blocked\"");
      assertThat(impostor.hears()).contains("\"error\":\"blocked\"");
      assertThat(((Appended) shipped(shop, ALICE, "1001")).entry().seq()).isEqualTo(1);
    }
  }

  @Test
  void whatWasStoredButNotPushedIsPushedByOneReminder() throws Exception {
    try (Shop shop = Shop.open(directory, DOWN)) {
      shipped(shop, ALICE, "1001");
    }
    try (Shop shop = open()) {
      shop.remind(List.of(ALICE, BOB));
      assertThat(pushed).containsExactly("alice, system: you have unread messages");

      shop.remind(List.of(ALICE, BOB));

      assertThat(pushed).as("noted").hasSize(1);
    }
  }

  @Test
  void aReminderIsOfWhatWasNotReceivedAndNotOfOnesOwnWords() throws Exception {
    try (Shop shop = open()) {
      InMemoryConnection screen = new InMemoryConnection();
      Session alice = shop.router().attach(ALICE, screen);
      alice.live();
      alice.receive(new Command.Send(BOB, Draft.message("a1", "Hello")));
      screen.next();
      assertThat(nextPush()).isEqualTo("bob, alice: Hello");
      alice.detach();

      shop.remind(List.of(ALICE, BOB));
      assertThat(nextPush()).isEqualTo("bob, alice: you have unread messages");

      InMemoryConnection screenOfBob = new InMemoryConnection();
      Session bob = shop.router().attach(BOB, screenOfBob);
      bob.live();
      bob.receive(new Command.Mark(null, ALICE, 1, 0));
      assertThat(screenOfBob.next()).isInstanceOf(Event.Marked.class);
      bob.detach();
      shop.remind(List.of(ALICE, BOB));
      assertThat(pushed).isEmpty();
    }
  }

  private Shop open() throws Exception {
    return Shop.open(directory, (user, line) -> pushed.add(user + ", " + line));
  }

  private static AppendResult shipped(Shop shop, UserId customer, String order) throws Exception {
    return shop.orderShipped(customer, order).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private String nextPush() throws InterruptedException {
    return pushed.poll(20, TimeUnit.SECONDS);
  }
}
