package im.pair.jetty;

import im.pair.core.PairRouter;
import im.pair.wire.Authenticator;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import im.pair.wire.WireListener;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about an {@link ImServer} and an {@link ImHandler} alike. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ImOptions<B extends ImOptions<B>>
    permits ImHandler.Builder, ImServer.Builder {
  @Nullable PairRouter router;
  Authenticator authenticator = Authenticator.CLAIMED;
  final Set<String> origins = new LinkedHashSet<>();
  boolean plaintext;
  private @Nullable Boolean classic;
  ServerLimits limits = ServerLimits.DEFAULTS;
  Endings endings = Endings.UNHEARD;
  @Nullable Executor writers;
  @Nullable Function<Transport, Protocol> classicProtocol;
  @Nullable Function<Transport, Protocol> v1Protocol;

  WireListener listener = new WireListener() {};
  Supplier<? extends CompletionStage<?>> readiness = () -> CompletableFuture.completedFuture(null);
  @Nullable Supplier<String> metrics;
  @Nullable StoreCalls storeCalls;

  ImOptions() {}

  abstract B self();

  /**
   * The router to use; one of its own, in memory, if nothing is said. Its {@code tick} is called,
   * and it is left open at the end.
   */
  public B router(PairRouter router) {
    this.router = router;
    return self();
  }

  /**
   * Who says whose a connection is; {@link Authenticator#CLAIMED} if nothing is said. That believes
   * everybody, so this machine alone is let in, and pages of it; with any other authenticator the
   * network may come, and pages of the host that they ask.
   */
  public B authenticator(Authenticator authenticator) {
    this.authenticator = authenticator;
    return self();
  }

  /**
   * Whether to speak the classic protocol with those that offer no subprotocol. It is spoken where
   * identity is only claimed, if nothing is said, and cannot be spoken elsewhere: in it everybody
   * is who he says.
   */
  public B classic(boolean on) {
    classic = on;
    return self();
  }

  /**
   * Lets in pages of one more origin. Can be said several times.
   *
   * @param origin {@code scheme://host} or {@code scheme://host:port}
   * @throws IllegalArgumentException if it is anything else
   */
  public B origin(String origin) {
    try {
      origins.add(WebOrigin.parse(origin));
    } catch (IllegalArgumentException e) {
      throw new OptionException("origin", String.valueOf(e.getMessage()));
    }
    return self();
  }

  /**
   * Whether a proxy in front may end TLS, so that pages of the host that is asked come from {@code
   * https} too, although the connection here is plain. The proxy must hand on {@code Host}.
   */
  public B plaintext(boolean on) {
    plaintext = on;
    return self();
  }

  /** Whether identity is only claimed. */
  boolean isClaimed() {
    return authenticator == Authenticator.CLAIMED;
  }

  boolean isClassicSpoken() {
    return classic == null ? isClaimed() : classic;
  }

  /**
   * Checks what goes together.
   *
   * @throws IllegalArgumentException if something does not
   */
  void check() {
    if (isClassicSpoken() && !isClaimed()) {
      throw new OptionException(
          "classic", "in the classic protocol everybody is who he says: it cannot ask for a proof");
    }
  }

  /** Who counts what the protocols do. */
  public B wireListener(WireListener listener) {
    this.listener = listener;
    return self();
  }

  /**
   * What {@code /readyz} asks before it says that clients may be sent here: whether the store can
   * write, say. Always, if nothing is said.
   *
   * @param check is called about once a second at most, one call at a time. Its stage completes
   *     exceptionally, with a message in a few words, if the answer is no; after 2 seconds the
   *     answer is no
   */
  public B readiness(Supplier<? extends CompletionStage<?>> check) {
    readiness = check;
    return self();
  }

  /**
   * What {@code /metrics} answers; nothing is there if nothing is said.
   *
   * @param text all figures, in the text format 0.0.4 of Prometheus
   */
  public B metrics(Supplier<String> text) {
    metrics = text;
    return self();
  }

  /** The router's store, whose calls are awaited at the end. */
  B storeCalls(StoreCalls calls) {
    storeCalls = calls;
    return self();
  }

  /**
   * The bounds of sockets and frames; {@link ServerLimits#DEFAULTS} if nothing is said. Those of
   * sockets that speak HTTP are an {@link ImServer}'s: for an {@link ImHandler} they are up to the
   * server that it is mounted in.
   */
  public B limits(ServerLimits limits) {
    this.limits = limits;
    return self();
  }

  /** Hears how connections end. */
  B endings(Endings endings) {
    this.endings = endings;
    return self();
  }

  /** What runs the writers, if not the server's threads. */
  B writers(Executor executor) {
    writers = executor;
    return self();
  }

  /** What to speak in the place of classic. */
  B classicProtocol(Function<Transport, Protocol> protocols) {
    classicProtocol = protocols;
    return self();
  }

  /** What to speak in the place of im.v1. */
  B v1Protocol(Function<Transport, Protocol> protocols) {
    v1Protocol = protocols;
    return self();
  }
}
