package im.pair.examples.bot;

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
import java.util.concurrent.TimeUnit;

/**
 * Writes for a user, one message at a time, and waits for what becomes of each. It takes every
 * event and keeps one, so it never refuses, and answers never wait for room.
 */
final class Writer implements Connection {
  /** The router answers sooner; after it the message is sent again, which is safe under its id. */
  private static final long LONGEST_WAIT_MILLIS = 30_000;

  private static final long RETRY_MILLIS = 500;

  private Session session; // set once, before anything is written

  // Guarded by this.
  private Command.Send underWay;
  private Event outcome; // of what is under way
  private int holds; // receive answered false so often more than resumeReading came
  private boolean ended;

  /** Attaches a writer for a user. */
  static Writer attach(PairRouter router, UserId user) {
    Writer writer = new Writer();
    writer.session = router.attach(user, writer);
    writer.session.live(); // otherwise it would not be told of its own entries
    return writer;
  }

  /**
   * Writes a message, again and again until it is stored, it is refused for good, or the connection
   * ends. Its id makes that safe.
   *
   * @return whether it is stored
   */
  boolean write(UserId to, Draft draft) throws InterruptedException {
    Command.Send send = new Command.Send(to, draft);
    while (!hasEnded()) {
      Event event = send(send);
      if (event instanceof Event.Rejected rejected) {
        if (rejected.code() != Rejection.RATE && rejected.code() != Rejection.STORE) {
          return false;
        }
        pause(rejected.retryAfterMs() > 0 ? rejected.retryAfterMs() : RETRY_MILLIS);
      } else if (event != null) {
        return true;
      }
    }
    return false;
  }

  private Event send(Command.Send send) throws InterruptedException {
    synchronized (this) {
      underWay = send;
      outcome = null;
    }
    boolean more = session.receive(send); // under no lock: it may call send before it returns
    synchronized (this) {
      holds += more ? 0 : 1;
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
      for (long left; outcome == null && !ended && (left = end - System.nanoTime()) > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      while (holds > 0 && !ended) {
        wait();
      }
      underWay = null;
      return outcome;
    }
  }

  private synchronized void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left; !ended && (left = end - System.nanoTime()) > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public synchronized boolean send(Outgoing outgoing) {
    Event event = outgoing.event();
    if (underWay != null && outcome == null && isOutcome(event)) {
      outcome = event;
      notifyAll();
    }
    return !ended;
  }

  private boolean isOutcome(Event event) {
    UserId to = underWay.to();
    String id = underWay.draft().id();
    if (event instanceof Event.Appended appended) {
      return appended.entry().from().equals(session.user())
          && appended.entry().to().equals(to)
          && appended.entry().id().equals(id);
    }
    if (event instanceof Event.Accepted accepted) {
      return accepted.to().equals(to) && accepted.id().equals(id);
    }
    return event instanceof Event.Rejected rejected
        && to.equals(rejected.to())
        && id.equals(rejected.id());
  }

  @Override
  public synchronized void resumeReading() {
    holds--;
    notifyAll();
  }

  @Override
  public void close(CloseReason reason) {
    end();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Ends the connection, and what waits in it. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  Session session() {
    return session;
  }
}
