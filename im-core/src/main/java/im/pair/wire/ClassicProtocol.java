package im.pair.wire;

import im.pair.core.CloseReason;
import im.pair.core.Command;
import im.pair.core.Connection;
import im.pair.core.Draft;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import im.pair.core.PairRouter;
import im.pair.core.Rejection;
import im.pair.core.Session;
import im.pair.core.UserId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One classic connection's end: the first frame that is accepted binds it to its user, every one
 * joins its pair, and those with a message append it. Thread-safe as {@link Protocol} and {@link
 * Connection} say. Source: wire.md, Classic.
 */
public final class ClassicProtocol implements Protocol, Connection {
  private final PairRouter router;
  private final Transport transport;
  private final WireListener listener;

  /**
   * The users that this connection names by JSON integers; of the joined pairs, so bounded as they
   * are.
   */
  private final Set<UserId> integerIds = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Session session;
  private volatile boolean closed;

  /**
   * The answer to a bad frame that found no room; no further frame is read meanwhile. Guarded by
   * this.
   */
  private byte @Nullable [] unsent;

  /** The protocol's end of a new connection. */
  public ClassicProtocol(PairRouter router, Transport transport) {
    this(router, transport, new WireListener() {});
  }

  /** The protocol's end of a new connection, for a host that counts. */
  public ClassicProtocol(PairRouter router, Transport transport, WireListener listener) {
    this.router = router;
    this.transport = transport;
    this.listener = listener;
  }

  @Override
  public boolean receive(String text) {
    ClassicFrame frame;
    try {
      frame = ClassicCodec.decode(text);
    } catch (BadFrameException e) {
      return reject(e.code(), String.valueOf(e.getMessage()));
    }
    if (frame.user().equals(frame.target())) {
      return reject(Rejection.SELF, "'userId' and 'targetId' must be different users");
    }
    Session bound = session;
    if (bound == null) {
      bound = attach(frame.user());
    } else if (!bound.user().equals(frame.user())) {
      return reject(Rejection.IDENTITY, "this connection speaks for '" + bound.user() + "'");
    }
    name(frame.user(), frame.userIsNumber());
    name(frame.target(), frame.targetIsNumber());
    if (!bound.join(frame.target())) {
      name(frame.target(), false);
      return reject(Rejection.RATE, "this connection has joined as many pairs as it may");
    }
    return frame.message() == null
        || bound.receive(new Command.Send(frame.target(), Draft.message(frame.message())));
  }

  private Session attach(UserId user) {
    Session attached = router.attach(user, this);
    session = attached;
    if (closed) {
      attached.detach();
    }
    return attached;
  }

  private void name(UserId user, boolean byInteger) {
    if (byInteger) {
      integerIds.add(user);
    } else {
      integerIds.remove(user);
    }
  }

  private boolean reject(Rejection code, String reason) {
    listener.rejected(code);
    byte[] answer =
        ClassicCodec.STRING_IDS.encode(new Event.Rejected(null, null, null, code, reason, 0));
    synchronized (this) {
      boolean sent = transport.send(answer);
      unsent = sent ? null : answer;
      return sent;
    }
  }

  @Override
  public void onWritable() {
    boolean resume;
    synchronized (this) {
      resume = unsent != null && transport.send(unsent);
      unsent = resume ? null : unsent;
    }
    if (resume) {
      transport.resumeReading();
    }
    Session bound = session;
    if (bound != null) {
      bound.onWritable();
    }
  }

  @Override
  public void tick(long nanos) {
    // Nothing is ever due: who it is, and that for good, is said by the first frame.
  }

  @Override
  public void onClosed() {
    closed = true;
    Session bound = session;
    if (bound != null) {
      bound.detach();
    }
  }

  @Override
  public boolean send(Outgoing event) {
    if (event.event() instanceof Event.Truncated) {
      transport.close(CloseReason.TOO_SLOW); // a classic client has no numbers to see the gap by
      return false;
    }
    boolean byInteger =
        event.event() instanceof Event.Appended appended
            && integerIds.contains(appended.entry().from());
    byte[] frame = event.as(byInteger ? ClassicCodec.INTEGER_IDS : ClassicCodec.STRING_IDS);
    if (frame.length == 0) {
      return true; // nothing for a classic client
    }
    boolean taken = transport.send(frame);
    if (taken && event.event() instanceof Event.Appended) {
      listener.delivered();
    } else if (taken && event.event() instanceof Event.Rejected rejected) {
      listener.rejected(rejected.code());
    }
    return taken;
  }

  @Override
  public void resumeReading() {
    transport.resumeReading();
  }

  @Override
  public void close(CloseReason reason) {
    transport.close(reason);
  }
}
