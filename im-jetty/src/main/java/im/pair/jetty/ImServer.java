package im.pair.jetty;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import im.pair.core.PairRouter;
import im.pair.wire.ClassicProtocol;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * A messaging server over WebSocket, to embed: {@code ImServer.builder().port(0).build()}, then
 * {@link #start}, {@link #port} and in the end {@link #close}. It starts once.
 *
 * <p>It speaks the classic protocol at {@code /} and {@code /ws}, serves the browser client at
 * {@code /} and says at {@code /healthz} that it lives. A client's identity is only claimed, so it
 * listens on loopback alone. Thread-safe. Source: design §2, wire.md.
 */
public final class ImServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ImServer.class.getName());

  /** Connections that the system holds until they are accepted; a burst must not be dropped. */
  private static final int ACCEPT_BACKLOG = 1_024;

  private final String host;
  private final PairRouter router;
  private final boolean ownsRouter;
  private final Patience patience;
  private final Clients clients = new Clients();
  private final Server jetty;
  private final ServerConnector connector;
  private boolean closed; // guarded by this

  private ImServer(Builder builder) {
    host = builder.host;
    patience = builder.patience;
    ownsRouter = builder.router == null;
    router = builder.router == null ? PairRouter.builder().build() : builder.router;
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("im");
    jetty = new Server(threads);
    jetty.setErrorHandler(Replies::error);
    connector = connector(jetty, builder);
    jetty.addConnector(connector);
    Executor writers = builder.writers == null ? threads : builder.writers;
    var setup =
        new ClientEndpoint.Setup(
            clients,
            writers,
            builder.bufferBytes,
            patience,
            builder.protocols == null
                ? transport -> new ClassicProtocol(router, transport)
                : builder.protocols);
    jetty.setHandler(new FrontDoor(webSockets(jetty), () -> new ClientEndpoint(setup)));
  }

  private static ServerConnector connector(Server jetty, Builder builder) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(builder.host);
    connector.setPort(builder.port);
    connector.setAcceptQueueSize(ACCEPT_BACKLOG);
    connector.setAcceptedSendBufferSize(builder.socketSendBytes);
    return connector;
  }

  private static ServerWebSocketContainer webSockets(Server jetty) {
    ServerWebSocketContainer container = ServerWebSocketContainer.ensure(jetty);
    container.setIdleTimeout(Duration.ZERO); // Watchdog knows more than bytes or none
    container.setOutputBufferSize(JettyTransport.BATCH_BYTES);
    container.setMaxFrameSize(0); // one frame per event; what comes in IncomingText bounds
    return container;
  }

  /** A server on 127.0.0.1:8001 with a router of its own, unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts to listen and returns when clients may connect.
   *
   * @throws IOException if it cannot listen there; the message says where and why
   * @throws IllegalStateException if it was started or closed before
   */
  public synchronized void start() throws IOException {
    if (closed || !jetty.isStopped() || connector.isOpen()) {
      throw new IllegalStateException("a server starts once");
    }
    try {
      connector.open();
    } catch (IOException e) {
      throw new IOException("cannot listen on " + host + ":" + connector.getPort(), e);
    }
    try {
      jetty.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException("the server does not start", e);
    }
    new Pulse(jetty.getScheduler(), jetty.getThreadPool(), patience.tick(), this::tick).start();
    LOG.log(DEBUG, "listening on {0}:{1}", host, String.valueOf(port()));
  }

  /**
   * The port that it listens on.
   *
   * @throws IllegalStateException if it does not listen
   */
  public int port() {
    int port = connector.getLocalPort();
    if (port <= 0) {
      throw new IllegalStateException("the server does not listen");
    }
    return port;
  }

  /** How many clients are connected. */
  public int clients() {
    return clients.count();
  }

  /**
   * Stops to listen, tells every client that the server is going away (close code 4503) after what
   * is queued for it, and stops. It waits for the clients, but for 5 seconds at most. The router is
   * closed too, unless it was given. Calls after the first do nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    connector.close();
    clients.close();
    try {
      clients.awaitEnd(patience.goodbye());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ownsRouter) {
      router.close();
    }
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.log(ERROR, "the server did not stop well", e);
    }
  }

  private void tick(long nanos) {
    router.tick(nanos);
    clients.look(nanos);
  }

  /** Says what a server works with. Not thread-safe. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port = 8001;
    private @Nullable PairRouter router;
    private Patience patience = Patience.DEFAULTS;
    private int bufferBytes = 256 << 10;
    private int socketSendBytes = -1; // the system's default
    private @Nullable Executor writers;
    private @Nullable Function<Transport, Protocol> protocols;

    private Builder() {}

    /**
     * Where to listen.
     *
     * @param host 127.0.0.1, localhost or ::1
     * @throws IllegalArgumentException if it is another address
     */
    public Builder host(String host) {
      if (!Loopback.isAddress(host)) {
        throw new IllegalArgumentException(
            "identity is only claimed, so the server listens on loopback only:"
                + " 127.0.0.1, localhost or ::1, not "
                + host);
      }
      this.host = host;
      return this;
    }

    /**
     * Which port to listen on.
     *
     * @param port 0 to 65535; 0: any that is free
     * @throws IllegalArgumentException if there is no such port
     */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
      }
      this.port = port;
      return this;
    }

    /** The router to use. The server calls its {@code tick}, and leaves it open at its end. */
    public Builder router(PairRouter router) {
      this.router = router;
      return this;
    }

    /** How long to wait for clients. */
    Builder patience(Patience patience) {
      this.patience = patience;
      return this;
    }

    /** The bound of what is queued for a client; 256 KiB if nothing is said. */
    Builder bufferBytes(int bytes) {
      bufferBytes = bytes;
      return this;
    }

    /** What the system buffers for a client. */
    Builder socketSendBytes(int bytes) {
      socketSendBytes = bytes;
      return this;
    }

    /** What runs the writers, if not the server's threads. */
    Builder writers(Executor executor) {
      writers = executor;
      return this;
    }

    /** Which protocol to speak, if not classic. */
    Builder protocols(Function<Transport, Protocol> protocols) {
      this.protocols = protocols;
      return this;
    }

    /** Makes the server, which does not listen yet. */
    public ImServer build() {
      return new ImServer(this);
    }
  }
}
