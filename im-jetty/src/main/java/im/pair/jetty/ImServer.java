package im.pair.jetty;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A messaging server over WebSocket, to embed: {@code ImServer.builder().port(0).build()}, then
 * {@link #start}, {@link #port} and in the end {@link #close}. It starts once. What it serves is an
 * {@link ImHandler}, at its root.
 *
 * <p>A client's identity is only claimed, and so it listens on loopback alone, unless there is an
 * {@link ImOptions#authenticator}. Thread-safe. Source: design §2, wire.md.
 */
public final class ImServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ImServer.class.getName());

  /** Connections that the system holds until they are accepted; a burst must not be dropped. */
  private static final int ACCEPT_BACKLOG = 1_024;

  private final String host;
  private final ImHandler handler;
  private final Server jetty;
  private final ServerConnector connector;
  private final @Nullable ServerTls tls;
  private final @Nullable ServerConnector adminConnector;
  private final List<Sockets> sockets = new ArrayList<>(); // of each connector
  private final Pulse pulse;
  private boolean closed; // guarded by this

  private ImServer(Builder builder) {
    host = builder.host;
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("im");
    jetty = new Server(threads);
    jetty.setErrorHandler(Replies::error);
    tls = builder.certificate == null ? null : new ServerTls(builder.certificate);
    connector = connector(builder, tls, builder.port);
    handler = new ImHandler(builder);
    if (builder.adminPort < 0) {
      adminConnector = null;
      jetty.setHandler(handler);
    } else {
      adminConnector = connector(builder, null, builder.adminPort);
      jetty.setHandler(new AdminPort(adminConnector, handler.admin(), handler));
    }
    pulse = new Pulse(jetty.getScheduler(), threads, builder.limits.tick(), this::look);
  }

  private ServerConnector connector(Builder builder, @Nullable ServerTls tls, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.addCustomizer(new SecureRequestCustomizer(false)); // which name a client asks for is free
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        tls == null
            ? new ServerConnector(jetty, plain)
            : new ServerConnector(
                jetty, new SslConnectionFactory(tls.context(), plain.getProtocol()), plain);
    connector.setHost(builder.host);
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_BACKLOG);
    connector.setAcceptedSendBufferSize(builder.socketSendBytes);
    jetty.addConnector(connector);
    sockets.add(Sockets.of(connector, builder.limits, builder.endings));
    return connector;
  }

  /** A server on 127.0.0.1:8001 with a router of its own, unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts to listen and returns when clients may connect.
   *
   * @throws IOException if it cannot listen there, or its certificate cannot be used; the message
   *     is one line and says which and why
   * @throws IllegalStateException if it was started or closed before
   */
  public synchronized void start() throws IOException {
    if (closed || !jetty.isStopped() || connector.isOpen()) {
      throw new IllegalStateException("a server starts once");
    }
    if (tls != null) {
      tls.load();
    }
    Ports.open(connector);
    if (adminConnector != null) {
      try {
        Ports.open(adminConnector);
      } catch (BindException e) {
        connector.close();
        throw e;
      }
    }
    try {
      jetty.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException("the server does not start", e);
    }
    pulse.start();
    LOG.log(DEBUG, "listening on {0}:{1}", host, String.valueOf(port()));
  }

  /**
   * The port that it listens on.
   *
   * @throws IllegalStateException if it does not listen
   */
  public int port() {
    return Ports.of(connector);
  }

  /**
   * The port for those who run it.
   *
   * @throws IllegalStateException if it does not listen, or has none
   */
  public int adminPort() {
    if (adminConnector == null) {
      throw new IllegalStateException("the server has no admin port");
    }
    return Ports.of(adminConnector);
  }

  /** How many clients are connected. */
  public int clients() {
    return handler.clients();
  }

  /** What it serves. */
  ImHandler handler() {
    return handler;
  }

  /** How many sockets there are, those of the clients among them. */
  int sockets() {
    return sockets.stream().mapToInt(Sockets::count).sum();
  }

  /** Does what is due at a tick. One call at a time. */
  void look(long nanos) {
    sockets.forEach(guarded -> guarded.look(nanos));
    if (tls != null) {
      tls.look();
    }
  }

  /**
   * Is ready no more, stops to listen, takes no more frames, tells every client that the server is
   * going away (close code 4503) after what is queued for it, and stops. It waits for what is being
   * stored and then for the clients, for {@link ServerLimits#goodbye} each at most. Meanwhile the
   * admin port answers. The router is closed too, unless it was given. Later calls do nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    handler.unready();
    connector.close();
    handler.drain();
    pulse.stop();
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.log(ERROR, "the server did not stop well", e);
    }
  }

  /** Says what a server works with. Not thread-safe. */
  public static final class Builder extends ImOptions<Builder> {
    private String host = "127.0.0.1";
    private int port = 8001;
    int adminPort = -1; // none
    private @Nullable CertificateFiles certificate;
    private int socketSendBytes = -1; // the system's default

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Where to listen.
     *
     * @param host a name or an address of this machine; where identity is only claimed, 127.0.0.1,
     *     localhost or ::1
     * @throws IllegalArgumentException if it is empty
     */
    public Builder host(String host) {
      if (host.isBlank()) {
        throw new OptionException("host", "an address to listen on is not empty");
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
      this.port = checked("port", port);
      return this;
    }

    /**
     * Which port to answer at to {@code /healthz}, {@code /readyz} and {@code /metrics}, on the
     * same address, without TLS, and whoever asks. Without, the server's port answers to this
     * machine alone.
     *
     * @param port 0 to 65535; 0: any that is free
     * @throws IllegalArgumentException if there is no such port
     */
    public Builder adminPort(int port) {
      adminPort = checked("admin-port", port);
      return this;
    }

    private static int checked(String option, int port) {
      if (port < 0 || port > 65_535) {
        throw new OptionException(option, "a port is a number from 0 to 65535, not " + port);
      }
      return port;
    }

    /**
     * Speaks TLS, 1.2 or 1.3. The files are read when the server starts and again when they change;
     * connections then go on, and if the new files do not fit, the server goes on with what it has
     * and logs a warning.
     *
     * @param certificate in PEM form, and after it those that lead to the root
     * @param key its RSA, EC or Ed25519 key in PEM form, without a password; the same file will do
     */
    public Builder tls(Path certificate, Path key) {
      this.certificate = new CertificateFiles(certificate, key);
      return this;
    }

    /** What the system buffers for a client. */
    Builder socketSendBytes(int bytes) {
      socketSendBytes = bytes;
      return this;
    }

    /**
     * Makes the server, which does not listen yet.
     *
     * @throws IllegalArgumentException if what was said does not go together: where identity is
     *     only claimed, others must not reach it; where it is proved, others must not read along
     */
    public ImServer build() {
      check();
      return new ImServer(this);
    }

    @Override
    void check() {
      super.check();
      if (Loopback.isAddress(host)) {
        return;
      }
      if (isClaimed()) {
        throw new OptionException(
            "host",
            "identity is only claimed, so the server listens on loopback only:"
                + " 127.0.0.1, localhost or ::1, not "
                + host);
      }
      if (certificate == null && !plaintext) {
        throw new OptionException(
            "host",
            "without TLS others could read along at "
                + host
                + ": give a certificate and its key, or say plaintext if a proxy ends TLS");
      }
    }
  }
}
