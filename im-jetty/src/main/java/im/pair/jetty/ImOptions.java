package im.pair.jetty;

import im.pair.core.PairRouter;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about an {@link ImServer} and an {@link ImHandler} alike. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ImOptions<B extends ImOptions<B>>
    permits ImHandler.Builder, ImServer.Builder {
  @Nullable PairRouter router;
  Patience patience = Patience.DEFAULTS;
  int bufferBytes = 256 << 10;
  @Nullable Executor writers;
  @Nullable Function<Transport, Protocol> classicProtocol;
  @Nullable Function<Transport, Protocol> v1Protocol;

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

  /** How long to wait for clients. */
  B patience(Patience patience) {
    this.patience = patience;
    return self();
  }

  /** The bound of what is queued for a client; 256 KiB if nothing is said. */
  B bufferBytes(int bytes) {
    bufferBytes = bytes;
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
