package im.pair.wire;

import java.util.concurrent.TimeUnit;

/**
 * Why no frame is read at present: answers under way, and the pace of commands. Each reason is
 * added by the thread that took the frame, and released once, perhaps before it was added. Guarded
 * by itself; the transport is told outside the lock.
 */
final class Hold {
  private static final int MOST_IN_A_SECOND = 100;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Transport transport;

  // Guarded by this.
  private int reasons; // below 0: released before it was added
  private int taken; // commands in this second
  private long began;
  private boolean paced; // one of the reasons is the pace

  Hold(Transport transport) {
    this.transport = transport;
  }

  /** Adds reasons to hold for the frame at hand. Whether to read on. */
  synchronized boolean add(int more) {
    reasons += more;
    return reasons == 0;
  }

  /** The same for a frame that counts for the pace. */
  synchronized boolean addPaced(int more, long nanos) {
    if (nanos - began >= SECOND) {
      began = nanos;
      taken = 0;
    }
    paced = ++taken >= MOST_IN_A_SECOND;
    return add(paced ? more + 1 : more);
  }

  /** A reason is gone. */
  void release() {
    boolean resume;
    synchronized (this) {
      resume = --reasons == 0;
    }
    if (resume) {
      transport.resumeReading();
    }
  }

  /** Lets commands through again when their second is over. */
  void tick(long nanos) {
    boolean release;
    synchronized (this) {
      release = paced && nanos - began >= SECOND;
      paced &= !release;
    }
    if (release) {
      release();
    }
  }
}
