package im.pair.jetty;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.AccessPolicy;
import im.pair.core.Draft;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.Kind;
import im.pair.core.Limits;
import im.pair.core.MessageStore;
import im.pair.core.PairRouter;
import im.pair.core.RouterListener;
import im.pair.core.UserId;
import im.pair.testkit.ManualClock;
import im.pair.wire.Authenticator;
import im.pair.wire.Credentials;
import im.pair.wire.Identity;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import im.pair.wire.V1Protocol;
import im.pair.wire.WireListener;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server set up as a golden case asks. Its clocks stand still but for {@link #advance}; the
 * monotonic one is ahead of the system's, so that the server's own ticks find nothing due.
 */
final class GoldenServer implements AutoCloseable {
  private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(10);
  private static final long AHEAD = TimeUnit.HOURS.toNanos(1);

  private final ManualClock clock = new ManualClock();
  private final long began = System.nanoTime() + AHEAD;
  private final List<Protocol> protocols = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final PairRouter router;
  private final ImServer server;

  GoldenServer(JsonNode setup) throws IOException {
    setup.fieldNames().forEachRemaining(GoldenServer::requireKnown);
    router =
        PairRouter.builder()
            .store(store(setup.path("store")))
            .limits(limits(setup.path("limits")))
            .policy(policy(setup.path("blocks")))
            .listener(counting())
            .clock(clock)
            .nanoTime(this::nanoTime)
            .build();
    V1Protocol.Setup v1 =
        new V1Protocol.Setup(
            router,
            setup.has("tokens")
                ? credentials -> authenticate(setup.path("tokens"), credentials)
                : Authenticator.CLAIMED,
            new WireListener() {},
            clock,
            this::nanoTime,
            HELLO_TIMEOUT,
            ServerLimits.DEFAULTS.frameBytes());
    server =
        ImServer.builder()
            .port(0)
            .router(router)
            .v1Protocol(transport -> timed(v1, transport))
            .build();
    server.start();
  }

  private static void requireKnown(String name) {
    if (!Set.of("limits", "store", "blocks", "tokens").contains(name)) {
      throw new IllegalArgumentException("not of a setup: " + name);
    }
  }

  private long nanoTime() {
    return began + clock.nanoTime();
  }

  /** A tick waits until a frame that is under way has been dealt with. */
  private Protocol timed(V1Protocol.Setup setup, Transport transport) {
    V1Protocol protocol = new V1Protocol(setup, transport);
    Protocol timed =
        new Protocol() {
          @Override
          public synchronized boolean receive(String frame) {
            return protocol.receive(frame);
          }

          @Override
          public void onWritable() {
            protocol.onWritable();
          }

          @Override
          public synchronized void tick(long nanos) {
            protocol.tick(nanoTime());
          }

          @Override
          public void onClosed() {
            protocol.onClosed();
          }
        };
    protocols.add(timed);
    return timed;
  }

  private static MessageStore store(JsonNode store) {
    return new InMemoryMessageStore(
        store.path("bytes").asLong(64 << 20), store.path("pairs").asInt(100_000));
  }

  /** The default limits, but for those that are named. */
  private static Limits limits(JsonNode changes) {
    RecordComponent[] components = Limits.class.getRecordComponents();
    Set<String> unknown = new HashSet<>();
    changes.fieldNames().forEachRemaining(unknown::add);
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        types[i] = components[i].getType();
        values[i] =
            unknown.remove(name)
                ? (Object) changes.path(name).intValue()
                : components[i].getAccessor().invoke(Limits.DEFAULTS);
      }
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("no limits: " + unknown);
      }
      return Limits.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record has these", e);
    }
  }

  private static AccessPolicy policy(JsonNode blocks) {
    Set<String> blocked = new HashSet<>();
    blocks.forEach(
        block -> blocked.add(block.path("from").asText() + " " + block.path("to").asText()));
    return (from, to) -> !blocked.contains(from + " " + to);
  }

  private RouterListener counting() {
    return new RouterListener() {
      @Override
      public void attached(UserId user) {
        sessions.incrementAndGet();
      }

      @Override
      public void detached(UserId user) {
        sessions.decrementAndGet();
      }
    };
  }

  private CompletionStage<@Nullable Identity> authenticate(
      JsonNode tokens, Credentials credentials) {
    JsonNode token = tokens.path(String.valueOf(credentials.token()));
    if (token.path("fails").asBoolean()) {
      return CompletableFuture.failedFuture(new IllegalStateException("as the case wants it"));
    }
    if (token.isMissingNode()) {
      return CompletableFuture.completedFuture(null);
    }
    long expires =
        token.has("expiresInMs")
            ? clock.millis() + token.path("expiresInMs").longValue()
            : Identity.NEVER;
    return CompletableFuture.completedFuture(
        new Identity(new UserId(token.path("user").asText()), expires));
  }

  int port() {
    return server.port();
  }

  /** How many im.v1 connections it has begun to listen to. */
  int connections() {
    return protocols.size();
  }

  /** How many sessions are attached. */
  int sessions() {
    return sessions.get();
  }

  /** Lets time pass on both clocks, and does what is due then. */
  void advance(long millis) {
    clock.advance(Duration.ofMillis(millis));
    router.tick(nanoTime());
    protocols.forEach(protocol -> protocol.tick(nanoTime()));
  }

  /** Does what a case says of the server. */
  void act(JsonNode step) {
    switch (step.path("server").asText()) {
      case "append" -> {
        JsonNode data = step.path("data");
        Draft draft =
            new Draft(
                step.path("id").asText(),
                Kind.MESSAGE,
                0,
                step.path("body").textValue(),
                data.isObject() ? data.toString() : data.textValue());
        router.append(
            new UserId(step.path("from").asText()), new UserId(step.path("to").asText()), draft);
      }
      case "erase" -> router.erase(new UserId(step.path("user").asText()));
      default -> {
        // It waits for its clients, whose answers are steps of the case.
        new Thread(server::close, "golden-close").start();
      }
    }
  }

  @Override
  public void close() {
    server.close(); // waits for one that is under way
    router.close();
  }
}
