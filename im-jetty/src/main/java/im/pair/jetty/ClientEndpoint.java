package im.pair.jetty;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.util.Objects.requireNonNull;

import im.pair.core.CloseReason;
import im.pair.jetty.Endings.Ending;
import im.pair.jetty.IncomingText.BreachException;
import im.pair.wire.Protocol;
import im.pair.wire.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.eclipse.jetty.websocket.api.Frame;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One client's end of a WebSocket as Jetty calls it: frame by frame, each asked for when the one
 * before is dealt with. Public because Jetty finds these methods by reflection; not for other
 * callers.
 *
 * <p>Jetty calls {@link #onWebSocketFrame} one frame at a time; {@link #onWebSocketClose} may come
 * from another thread meanwhile. The server's tick looks at the connection from a third.
 */
public final class ClientEndpoint implements Session.Listener {
  private static final System.Logger LOG = System.getLogger(ClientEndpoint.class.getName());
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Setup setup;
  private final Watchdog watchdog; // of the server's tick
  private final IncomingText incoming; // of the thread that brings a frame
  private final ReadingGate gate = new ReadingGate();
  private final AtomicLong heard = new AtomicLong();
  private final AtomicBoolean recorded = new AtomicBoolean();

  // Both are set once, by onWebSocketOpen.
  private volatile @Nullable Session session;
  private volatile @Nullable JettyTransport transport;

  private volatile boolean clientCloses;
  private volatile boolean unresponsive;

  ClientEndpoint(Setup setup) {
    this.setup = setup;
    watchdog = new Watchdog(setup.limits);
    incoming = new IncomingText(setup.limits.frameBytes(), setup.memory);
  }

  /**
   * What all clients of a server have in common.
   *
   * @param clients where each is listed as long as it is connected
   * @param endings hears how each ended
   * @param executor runs the writers
   * @param memory what they have queued and half sent
   * @param protocols makes a client's protocol
   */
  record Setup(
      Clients clients,
      Endings endings,
      Executor executor,
      ServerLimits limits,
      SharedMemory memory,
      Function<Transport, Protocol> protocols) {}

  /** What to agree to of the extensions that the client offers. Before it is opened. */
  List<ExtensionConfig> agree(List<ExtensionConfig> offers) {
    return setup.limits.compression() ? Compression.agree(offers) : List.of();
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    CoreSession core = ((WebSocketSession) opened).getCoreSession();
    session = opened;
    transport =
        new JettyTransport(
            core,
            !core.getNegotiatedExtensions().isEmpty(),
            gate,
            setup.executor,
            setup.limits.bufferBytes(),
            setup.memory,
            setup.protocols);
    setup.clients.add(this);
    opened.demand();
  }

  @Override
  public void onWebSocketFrame(Frame frame, Callback done) {
    heard.incrementAndGet();
    switch (frame.getEffectiveOpCode()) {
      case OpCode.TEXT, OpCode.BINARY -> onData(frame, done);
      case OpCode.PING -> onPing(frame, done);
      case OpCode.CLOSE -> {
        clientCloses = true;
        done.succeed(); // upon which Jetty answers with a close frame
      }
      default -> {
        done.succeed();
        session().demand();
      }
    }
  }

  private void onPing(Frame frame, Callback done) {
    // The next frame is not asked for before the pong is out: who pings and does not read, waits.
    Runnable next =
        () -> {
          done.succeed();
          session().demand();
        };
    session().sendPong(frame.getPayload(), Callback.from(next, failure -> next.run()));
  }

  private void onData(Frame frame, Callback done) {
    boolean binary = frame.getEffectiveOpCode() == OpCode.BINARY;
    String text;
    try {
      text = incoming.take(frame.getPayload(), binary, frame.isRsv1(), frame.isFin());
    } catch (BreachException e) {
      LOG.log(DEBUG, "a client is sent away: {0}", e.getMessage());
      close(e.reason());
      done.succeed();
      return; // and nothing more is read
    }
    done.succeed();
    if (text == null || receive(text)) {
      session().demand();
    }
  }

  /** Gives a text to the protocol, unless it is too late for that. Whether to read on. */
  private boolean receive(String text) {
    if (!gate.enter()) {
      return true;
    }
    boolean readOn = true;
    try {
      readOn = transport().protocol().receive(text);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a frame could not be handled", e);
      close(CloseReason.SERVER_ERROR);
    } finally {
      readOn = gate.leave(readOn);
      if (gate.hasEnded()) {
        transport().protocol().onClosed();
      }
    }
    return readOn;
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.log(DEBUG, "a connection failed: {0}", cause.toString());
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback done) {
    end(code);
    done.succeed();
  }

  private void end(int code) {
    JettyTransport ended = transport;
    if (ended != null) {
      record(ended.closing(), code);
      setup.clients.remove(this);
      ended.end();
      incoming.end();
      if (gate.end()) {
        ended.protocol().onClosed();
      }
    }
  }

  /** Says why it ended. The server's own reason comes first: it is what the others follow from. */
  private void record(@Nullable CloseReason reason, int code) {
    if (!recorded.compareAndSet(false, true)) {
      return;
    }
    if (reason != null) {
      setup.endings.ended(Ending.SENT_AWAY, reason);
    } else if (unresponsive) {
      setup.endings.ended(Ending.NO_PONG, null);
    } else if (clientCloses) {
      setup.endings.ended(Ending.CLIENT, null);
    } else {
      setup.endings.ended(code == CloseStatus.NO_CLOSE ? Ending.LOST : Ending.BREACH, null);
    }
  }

  /** Drops what the client says from now on. */
  void stopReading() {
    transport().stopReading();
  }

  /** Waits until the frame that is being dealt with, if any, is; but not longer than this. */
  void awaitRead(long nanos) throws InterruptedException {
    gate.awaitLeft(nanos);
  }

  /** Whether the client has not taken what it was owed, so that no more is queued for it. */
  boolean isPaused() {
    return transport().isFull();
  }

  /** Ends the connection after what is queued for the client. */
  void close(CloseReason reason) {
    transport().close(reason);
  }

  /** Ends the connection at once. */
  void cut() {
    session().disconnect();
    end(CloseStatus.NO_CLOSE);
  }

  /**
   * Looks after the connection. One call at a time.
   *
   * @param nanos the monotonic time
   * @param waited how long clients have been waited for, up to now
   */
  void look(long nanos, long waited) {
    JettyTransport out = transport();
    tick(out.protocol(), nanos);
    Watchdog.Signs signs =
        new Watchdog.Signs(
            out.isQueued(),
            out.written(),
            heard.get(),
            incoming.unfinished(),
            gate.isWaiting(),
            clientCloses || out.isClosing());
    switch (watchdog.look(waited, signs)) {
      case NOTHING -> {}
      case PING -> session().sendPing(NOTHING, Callback.NOOP);
      case TOO_SLOW -> {
        LOG.log(DEBUG, "a client is sent away: {0}", CloseReason.TOO_SLOW.words());
        out.close(CloseReason.TOO_SLOW);
      }
      case NO_PONG -> {
        unresponsive = true;
        cut();
      }
      case CUT -> cut();
    }
  }

  private void tick(Protocol protocol, long nanos) {
    try {
      protocol.tick(nanos);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a client could not be looked after", e);
      close(CloseReason.SERVER_ERROR);
    }
  }

  private Session session() {
    return requireNonNull(session);
  }

  private JettyTransport transport() {
    return requireNonNull(transport);
  }
}
