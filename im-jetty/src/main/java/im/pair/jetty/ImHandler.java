package im.pair.jetty;

import static java.util.Objects.requireNonNull;

import im.pair.core.PairRouter;
import im.pair.wire.ClassicProtocol;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import im.pair.wire.V1Protocol;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * All of Pair IM that a Jetty server needs, to be mounted beside what else it does:
 *
 * <pre>{@code
 * Server server = new Server(8080);
 * ContextHandler shop = new ContextHandler(new MyShop(), "/");
 * ContextHandler chat = new ContextHandler(ImHandler.builder().build(), "/chat");
 * server.setHandler(new ContextHandlerCollection(shop, chat));
 * server.start();
 * }</pre>
 *
 * <p>In its context it speaks im.v1, and the classic protocol with those that offer no subprotocol,
 * at {@code /} and {@code /ws}, serves the browser client at {@code /}, says at {@code /healthz}
 * that it lives, to this machine alone at {@code /readyz} whether it is ready and at {@code
 * /metrics} its figures, and answers everything else with 404. {@link ImServer} is a server with
 * nothing but this.
 *
 * <p>The server's connectors speak HTTP/1.1 with its clients: in HTTP/2 a request has no {@code
 * Host}, and is refused.
 *
 * <p>It starts and stops once, with the server or its context. As either stops, it is ready no more
 * and takes no more frames; clients are told that the server is going away (close code 4503) after
 * what is queued for them, and awaited, but not longer than {@link ServerLimits#goodbye}.
 * Thread-safe. Source: design §2, wire.md.
 */
public final class ImHandler extends Handler.Abstract {
  private final PairRouter router;
  private final boolean ownsRouter;
  private final ServerLimits limits;
  private final Endings endings;
  private final SharedMemory memory;
  private final @Nullable Executor writers;
  private final Function<Transport, Protocol> v1;
  private final @Nullable Function<Transport, Protocol> classic;
  private final Admission admission;
  private final Readiness readiness;
  private final AdminDoor admin;
  private final boolean answersAdmin;
  private final @Nullable StoreCalls storeCalls;
  private final Clients clients;
  private final LifeCycle.Listener goodbye = new Goodbye();

  // Set once, by doStart.
  private volatile @Nullable FrontDoor door;
  private volatile @Nullable Pulse pulse;

  private boolean drained; // guarded by this

  ImHandler(ImOptions<?> options) {
    ownsRouter = options.router == null;
    router = options.router == null ? PairRouter.builder().build() : options.router;
    limits = options.limits;
    clients = new Clients(limits.tick());
    memory = new SharedMemory(limits.bytesInAll());
    endings = options.endings;
    readiness = new Readiness(options.readiness, Readiness.CHECK_WITHIN, System::nanoTime);
    admin = new AdminDoor(readiness, options.metrics);
    boolean hasAdminPort = options instanceof ImServer.Builder server && server.adminPort >= 0;
    answersAdmin = !hasAdminPort && !options.plaintext; // behind a proxy all come from this machine
    storeCalls = options.storeCalls;
    writers = options.writers;
    V1Protocol.Setup setup =
        new V1Protocol.Setup(
            router,
            options.authenticator,
            options.listener,
            InstantSource.system(),
            System::nanoTime,
            limits.hello(),
            limits.frameBytes());
    v1 =
        options.v1Protocol == null
            ? transport -> new V1Protocol(setup, transport)
            : options.v1Protocol;
    classic = options.isClassicSpoken() ? classic(options) : null;
    admission = new Admission(options.isClaimed(), options.plaintext, options.origins);
  }

  private Function<Transport, Protocol> classic(ImOptions<?> options) {
    return options.classicProtocol == null
        ? transport -> new ClassicProtocol(router, transport, options.listener)
        : options.classicProtocol;
  }

  /** A handler with a router of its own, unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many clients are connected. */
  public int clients() {
    return clients.count();
  }

  /** What clients have queued and half sent, in bytes. */
  long memoryUsed() {
    return memory.used();
  }

  /** How many of them do not take what they are owed. */
  int paused() {
    return clients.paused();
  }

  AdminDoor admin() {
    return admin;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    return (answersAdmin && admin.handlesForThisMachine(request, response, callback))
        || requireNonNull(door).handle(request, response, callback);
  }

  @Override
  protected void doStart() throws Exception {
    if (door != null) {
      throw new IllegalStateException("a handler starts once");
    }
    Server server = getServer();
    door =
        new FrontDoor(
            webSockets(server),
            admission,
            clientsOf(v1),
            classic == null ? null : clientsOf(classic));
    super.doStart();
    // A server stops its connectors first, and with them the clients; so this must be before.
    server.addEventListener(goodbye);
    Pulse starting =
        new Pulse(server.getScheduler(), server.getThreadPool(), limits.tick(), this::tick);
    pulse = starting;
    starting.start();
  }

  private Supplier<ClientEndpoint> clientsOf(Function<Transport, Protocol> protocols) {
    Executor executor = writers == null ? getServer().getThreadPool() : writers;
    var setup = new ClientEndpoint.Setup(clients, endings, executor, limits, memory, protocols);
    return () -> new ClientEndpoint(setup);
  }

  /** A container in a context that serves nothing, so that its settings are nobody else's. */
  private ServerWebSocketContainer webSockets(Server server) {
    ContextHandler home = new ContextHandler();
    home.setServer(server);
    addManaged(home);
    WebSocketServerComponents.ensureWebSocketComponents(server, home)
        .getExtensionRegistry()
        .register(Compression.NAME, DeflateExtension.class);
    ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server, home);
    container.setIdleTimeout(Duration.ZERO); // Watchdog knows more than bytes or none
    container.setOutputBufferSize(JettyTransport.BATCH_BYTES);
    container.setMaxFrameSize(0); // one frame per event; what comes in IncomingText bounds
    return container;
  }

  private void tick(long nanos) {
    try {
      router.tick(nanos);
    } finally {
      clients.look(nanos);
    }
  }

  @Override
  protected void doStop() throws Exception {
    drain();
    if (pulse != null) {
      pulse.stop();
    }
    getServer().removeEventListener(goodbye);
    super.doStop();
  }

  /** From now on no client should be sent here. */
  void unready() {
    readiness.drain();
  }

  /**
   * Finishes what is being stored, tells the clients and waits for them, and then closes the
   * router, unless it was given.
   */
  synchronized void drain() {
    if (drained) {
      return;
    }
    drained = true;
    unready();
    try {
      finish(System.nanoTime() + limits.goodbye().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clients.close();
    try {
      clients.awaitEnd(limits.goodbye());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ownsRouter) {
      router.close();
    }
  }

  /** Takes nothing more, and waits until everybody has the echo of what was taken. */
  private void finish(long end) throws InterruptedException {
    clients.stopReading(end - System.nanoTime());
    if (storeCalls != null) {
      storeCalls.awaitNone(end - System.nanoTime());
    }
  }

  /** Hears that the server is about to stop. */
  private final class Goodbye implements LifeCycle.Listener {
    @Override
    public void lifeCycleStopping(LifeCycle server) {
      drain();
    }
  }

  /** Says what a handler works with. Not thread-safe. */
  public static final class Builder extends ImOptions<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the handler, to be started by the server that it is mounted in.
     *
     * @throws IllegalArgumentException if what was said does not go together
     */
    public ImHandler build() {
      check();
      return new ImHandler(this);
    }
  }
}
