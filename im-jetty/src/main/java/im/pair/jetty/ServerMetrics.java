package im.pair.jetty;

import static java.util.Objects.requireNonNull;

import im.pair.core.CloseReason;
import im.pair.core.Entry;
import im.pair.core.MessageStore;
import im.pair.core.Rejection;
import im.pair.core.RouterListener;
import im.pair.core.UserId;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.jdbc.StoreListener;
import im.pair.wire.WireListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's figures: it listens to the router, the protocols and the store, and looks at the
 * server when it is asked. No figure has a user's name. Thread-safe; what it counts takes no lock.
 */
final class ServerMetrics implements RouterListener, WireListener, StoreListener, Endings {
  private static final double[] BATCH_SIZES = {1, 4, 16, 64, 256};
  private static final Duration[] BATCH_TIMES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final AtomicInteger sessions = new AtomicInteger();
  private final Counter sends = counter("im.sends", "Entries appended to the log of a pair");
  private final Counter deliveries = counter("im.deliveries", "Entries given to a connection");
  private final Map<Rejection, Counter> rejections = new EnumMap<>(Rejection.class);
  private final DistributionSummary batchSize =
      DistributionSummary.builder("im.store.batch.writes")
          .description("Writes that the store committed together")
          .serviceLevelObjectives(BATCH_SIZES)
          .register(registry);
  private final Timer batchTime =
      Timer.builder("im.store.batch")
          .description("Time of a transaction of the store, to the disk")
          .serviceLevelObjectives(BATCH_TIMES)
          .register(registry);

  ServerMetrics() {
    gauge("im.sessions", "Sessions attached to the router", sessions::get);
    registerEndings();
    for (Rejection code : Rejection.values()) {
      rejections.put(
          code,
          Counter.builder("im.rejections")
              .description("Frames and commands that were answered with a code")
              .tag("code", code.code())
              .register(registry));
    }
  }

  /** What has not happened yet counts 0, so that its first time is seen to be one. */
  private void registerEndings() {
    for (Ending how : Ending.values()) {
      if (how != Ending.SENT_AWAY) { // which has a reason
        ending(how);
      }
    }
    for (CloseReason reason : CloseReason.values()) {
      ending(reason);
    }
  }

  private Counter ending(Enum<?> how) {
    return Counter.builder("im.endings")
        .description("Connections that have ended, by how and why")
        .tag("how", how.name().toLowerCase(Locale.ROOT))
        .register(registry); // or the one that was
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** Looks at a server from now on. */
  void watch(ImServer server) {
    gauge("im.connections", "WebSocket connections", server::clients);
    gauge("im.paused.sessions", "Connections whose buffer is full", server.handler()::paused);
    gauge(
        "im.buffered.bytes",
        "Queued for clients, and half sent by them",
        server.handler()::memoryUsed);
  }

  /** Looks at a store from now on, if it has a queue. */
  void watch(MessageStore store) {
    if (store instanceof SqliteMessageStore sqlite) {
      gauge("im.store.queued.writes", "Writes that wait for the disk or an answer", sqlite::queued);
    }
  }

  /** Looks at the process from now on. */
  @SuppressWarnings("resource") // as long as the process lives
  void watchProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** All figures, in the text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void attached(UserId user) {
    sessions.incrementAndGet();
  }

  @Override
  public void detached(UserId user) {
    sessions.decrementAndGet();
  }

  @Override
  public void appended(Entry entry) {
    sends.increment();
  }

  @Override
  public void delivered() {
    deliveries.increment();
  }

  @Override
  public void rejected(Rejection code) {
    requireNonNull(rejections.get(code)).increment(); // there is one for each
  }

  @Override
  public void ended(Ending how, @Nullable CloseReason reason) {
    ending(reason == null ? how : reason).increment();
  }

  @Override
  public void committed(int writes, long nanos) {
    batchSize.record(writes);
    batchTime.record(nanos, TimeUnit.NANOSECONDS);
  }
}
