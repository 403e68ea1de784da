package im.pair.wire;

import static java.util.Objects.requireNonNull;

import im.pair.core.CloseReason;
import im.pair.core.Command;
import im.pair.core.Connection;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import im.pair.core.PairRouter;
import im.pair.core.Rejection;
import im.pair.core.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One im.v1 connection's end. Its first frame is a hello; once the authenticator has said whose it
 * is, a session of that user resumes, and further frames are commands. Thread-safe as {@link
 * Protocol} and {@link Connection} say. Source: wire.md, im.v1.
 */
public final class V1Protocol implements Protocol, Connection {
  /** The WebSocket subprotocol. */
  public static final String SUBPROTOCOL = "im.v1";

  /** So many frames in a row that are answered with {@code bad_frame} close the connection. */
  private static final int MOST_BAD_FRAMES = 10;

  private final Setup setup;
  private final Transport transport;
  private final Hold hold;
  private final Flood flood = new Flood();
  private final String name = UUID.randomUUID().toString();

  private volatile @Nullable Session session; // set once, when the first hello is accepted
  private volatile boolean closed;

  // Guarded by this.
  private boolean asking; // the authenticator, whose answer is waited for
  private long since; // that, or a hello, is waited for
  private boolean gaveUp; // what is due has ended it
  private long expires;
  private int badFrames; // in a row
  private @Nullable String helloRef;
  private byte @Nullable [] unsent; // the answer that found no room: a reason to hold

  /**
   * What all connections of a server have in common.
   *
   * @param router where they are attached
   * @param authenticator says whose each is
   * @param listener counts
   * @param clock for the times that clients are told, and for expiry
   * @param nanoTime the monotonic time, in nanoseconds; the clock of {@link Protocol#tick}
   * @param helloTimeout how long to wait for a hello, and again for the authenticator's answer
   * @param frameBytes the largest frame that the transport takes, for clients to know
   */
  public record Setup(
      PairRouter router,
      Authenticator authenticator,
      WireListener listener,
      InstantSource clock,
      LongSupplier nanoTime,
      Duration helloTimeout,
      int frameBytes) {}

  /** The protocol's end of a new connection. */
  public V1Protocol(Setup setup, Transport transport) {
    this.setup = setup;
    this.transport = transport;
    hold = new Hold(transport);
    since = setup.nanoTime.getAsLong();
  }

  @Override
  public boolean receive(String text) {
    V1Frame frame;
    try {
      frame = V1Decoder.decode(text);
      if (session == null
          && !(frame instanceof V1Frame.Hello || frame instanceof V1Frame.Refused)) {
        throw BadFrameException.of("the first frame is a hello");
      }
    } catch (BadFrameException e) {
      return bad(String.valueOf(e.getMessage()));
    }
    int reasons = take(frame) ? 0 : 1;
    if (isBad(frame)) {
      countBad();
    } else {
      synchronized (this) {
        badFrames = 0;
      }
    }
    boolean isSend = frame instanceof V1Frame.Ask ask && ask.command() instanceof Command.Send;
    return isSend ? hold.add(reasons) : hold.addPaced(reasons, setup.nanoTime.getAsLong());
  }

  /** A command of a wrong shape: it can be answered, but is no good frame. */
  private static boolean isBad(V1Frame frame) {
    return frame instanceof V1Frame.Refused refused
        && refused.rejected().code() == Rejection.BAD_FRAME;
  }

  /** Whether that is no reason to hold; if it is, there is a release for it. */
  private boolean take(V1Frame frame) {
    if (frame instanceof V1Frame.Ask ask) {
      return requireNonNull(session).receive(ask.command());
    } else if (frame instanceof V1Frame.Hello hello) {
      authenticate(hello);
    } else if (frame instanceof V1Frame.Ping ping) {
      answer(V1Encoder.frame("pong", ping.ref(), json -> {}));
    } else if (frame instanceof V1Frame.Refused refused) {
      reject(refused.rejected());
    }
    return false;
  }

  private boolean bad(String reason) {
    setup.listener.rejected(Rejection.BAD_FRAME);
    answer(V1Encoder.error(reason));
    countBad();
    return hold.addPaced(1, setup.nanoTime.getAsLong());
  }

  /** Notes a bad frame; its answer still leaves if it was the last. */
  private void countBad() {
    boolean tooMany;
    synchronized (this) {
      tooMany = ++badFrames == MOST_BAD_FRAMES;
    }
    if (tooMany) {
      transport.close(CloseReason.BAD_FRAMES);
    }
  }

  private void reject(@Nullable String ref, Rejection code, String reason) {
    reject(new Event.Rejected(ref, null, null, code, reason, 0));
  }

  private void reject(Event.Rejected rejected) {
    setup.listener.rejected(rejected.code());
    answer(V1Encoder.SHARED.encode(rejected));
  }

  /** Sends the answer for which frames are held; they are released when it has found room. */
  private void answer(byte[] frame) {
    boolean sent;
    synchronized (this) {
      sent = transport.send(frame);
      unsent = sent ? null : frame;
    }
    if (sent) {
      hold.release();
    }
  }

  private void authenticate(V1Frame.Hello hello) {
    synchronized (this) {
      asking = true;
      since = setup.nanoTime.getAsLong();
    }
    CompletionStage<@Nullable Identity> answer;
    try {
      answer = requireNonNull(setup.authenticator.authenticate(hello.credentials()));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e); // against its contract
    }
    answer.whenComplete(
        (identity, failure) -> {
          try {
            authenticated(hello, identity, failure != null);
          } catch (RuntimeException e) {
            transport.close(CloseReason.SERVER_ERROR); // nobody hears what is thrown here
          }
        });
  }

  private void authenticated(V1Frame.Hello hello, @Nullable Identity found, boolean failed) {
    synchronized (this) {
      asking = false;
      since = setup.nanoTime.getAsLong();
      if (gaveUp) {
        return;
      }
    }
    Identity identity = found != null && isOver(found.expires()) ? null : found;
    Session known = session;
    if (known != null) {
      renew(known, hello, identity, failed);
    } else if (failed) {
      transport.close(CloseReason.SERVER_ERROR);
    } else if (identity == null) {
      reject(hello.ref(), Rejection.UNAUTHENTICATED, "this does not prove who you are");
      transport.close(CloseReason.UNAUTHENTICATED);
    } else if (hello.cursors().containsKey(identity.user())) {
      reject(hello.ref(), Rejection.SELF, "one has no conversation with oneself");
    } else if (hello.cursors().size() > setup.router.limits().resumedPairs()) {
      reject(hello.ref(), Rejection.TOO_LARGE, "too many cursors");
    } else {
      enter(hello, identity);
    }
  }

  private boolean isOver(long time) {
    return time != Identity.NEVER && setup.clock.millis() >= time;
  }

  private void enter(V1Frame.Hello hello, Identity identity) {
    synchronized (this) {
      expires = identity.expires();
      helloRef = hello.ref();
    }
    Session attached = setup.router.attach(identity.user(), this);
    session = attached;
    if (closed) {
      attached.detach();
    }
    attached.resume(hello.epoch(), hello.cursors()); // and then the session resumes reading
  }

  private void renew(
      Session known, V1Frame.Hello hello, @Nullable Identity identity, boolean failed) {
    if (failed) {
      reject(hello.ref(), Rejection.UNAUTHENTICATED, "this cannot be checked now, ask again");
    } else if (identity == null) {
      reject(hello.ref(), Rejection.UNAUTHENTICATED, "this does not prove who you are");
    } else if (!identity.user().equals(known.user())) {
      reject(hello.ref(), Rejection.IDENTITY, "this connection speaks for another user");
    } else {
      synchronized (this) {
        expires = identity.expires();
      }
      answer(V1Encoder.renewed(hello.ref(), identity));
    }
  }

  @Override
  public void tick(long nanos) {
    CloseReason due = due(nanos);
    if (due != null) {
      transport.close(due);
    }
    hold.tick(nanos);
  }

  private synchronized @Nullable CloseReason due(long nanos) {
    CloseReason due = null;
    if (isOver(expires)) {
      due = CloseReason.UNAUTHENTICATED;
    } else if (nanos - since >= setup.helloTimeout.toNanos()) {
      CloseReason silent = session == null ? CloseReason.NO_HELLO : null;
      due = asking ? CloseReason.SERVER_ERROR : silent;
    }
    gaveUp |= due != null;
    return due;
  }

  @Override
  public void onWritable() {
    boolean release;
    synchronized (this) {
      release = unsent != null && transport.send(unsent);
      unsent = release ? null : unsent;
    }
    if (release) {
      hold.release();
    }
    Session known = session;
    if (known != null) {
      known.onWritable();
    }
  }

  @Override
  public void onClosed() {
    closed = true;
    Session known = session;
    if (known != null) {
      known.detach();
    }
  }

  @Override
  public boolean send(Outgoing event) {
    if (!transport.send(encode(event))) {
      return false;
    }
    if (event.event() instanceof Event.Appended) {
      setup.listener.delivered();
    } else if (event.event() instanceof Event.Rejected rejected) {
      setup.listener.rejected(rejected.code());
      if (rejected.code() == Rejection.RATE && flood.isOver(setup.nanoTime.getAsLong())) {
        transport.close(CloseReason.FLOOD);
      }
    }
    return true;
  }

  private byte[] encode(Outgoing event) {
    if (event.event() instanceof Event.Welcome welcome) {
      return welcome(welcome);
    }
    if (event.event() instanceof Event.Truncated truncated) {
      return V1Encoder.truncated(truncated, requireNonNull(session).user());
    }
    return event.as(V1Encoder.SHARED);
  }

  private synchronized byte[] welcome(Event.Welcome welcome) {
    return V1Encoder.welcome(
        helloRef,
        new Identity(requireNonNull(session).user(), expires),
        name,
        setup.clock.millis(),
        setup.router.limits(),
        setup.frameBytes,
        welcome);
  }

  @Override
  public void resumeReading() {
    hold.release();
  }

  @Override
  public void close(CloseReason reason) {
    transport.close(reason);
  }

  /** Whether a client goes on sending although it is told to wait. Guarded by itself. */
  private static final class Flood {
    private static final int MOST = 100;
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

    private int count;
    private long began;

    /** Counts a rejection, and says whether it is one too many. */
    synchronized boolean isOver(long nanos) {
      if (count == 0 || nanos - began >= WINDOW) {
        began = nanos;
        count = 0;
      }
      return ++count >= MOST;
    }
  }
}
