package im.pair.examples.backend;

import im.pair.core.AccessPolicy;
import im.pair.core.Draft;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.PairRouter;
import im.pair.core.UserId;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.jdbc.StoreException;
import im.pair.jetty.ImServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** An application that has a messaging server in it, and writes to its customers. */
final class Shop implements AutoCloseable {
  static final UserId SYSTEM = new UserId("system");

  /** Nobody who connects writes to the system user, nor as it; {@code append} asks no policy. */
  private static final AccessPolicy POLICY =
      (from, to) -> !from.equals(SYSTEM) && !to.equals(SYSTEM);

  private final SqliteMessageStore store;
  private final Push push;
  private final PairRouter router;
  private final ImServer server;

  private Shop(SqliteMessageStore store, PushService service) {
    this.store = store;
    push = new Push(store, service);
    router = PairRouter.builder().store(store).policy(POLICY).listener(push).build();
    server = ImServer.builder().router(router).port(0).build();
  }

  /** Opens a shop that keeps its messages in a directory, on any port that is free. */
  static Shop open(Path directory, PushService service) throws IOException, StoreException {
    Shop shop = new Shop(SqliteMessageStore.open(directory), service);
    try {
      shop.server.start();
    } catch (IOException e) {
      shop.close();
      throw e;
    }
    return shop;
  }

  /**
   * Tells a customer that an order is on its way. Call it again, also after a restart, until it
   * completes with {@code Appended} or {@code Duplicate}: the message's id is that of the event, so
   * it is stored once.
   */
  CompletionStage<AppendResult> orderShipped(UserId customer, String order) {
    String id = "order-shipped:" + order;
    return router.append(SYSTEM, customer, Draft.message(id, "Order " + order + " is on its way."));
  }

  /** Pushes what these customers may not know of yet, unless they are here. */
  void remind(Collection<UserId> customers) {
    customers.stream().filter(customer -> !router.isOnline(customer)).forEach(push::scan);
  }

  PairRouter router() {
    return router;
  }

  int port() {
    return server.port();
  }

  /** From the outside to the inside: what a customer has sent is stored before the store ends. */
  @Override
  public void close() {
    server.close();
    router.close();
    push.close();
    store.close();
  }
}
