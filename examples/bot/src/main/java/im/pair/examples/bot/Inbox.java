package im.pair.examples.bot;

import im.pair.core.CloseReason;
import im.pair.core.Connection;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import java.util.ArrayDeque;

/**
 * A connection whose client is a thread of this program: a bounded queue, and {@link #next} to take
 * from it. When it is full it refuses; what was refused stays in the log, and follows.
 */
final class Inbox implements Connection {
  static final int MOST_EVENTS = 64;

  // Guarded by this.
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private Runnable onWritable = () -> {};
  private boolean refused;
  private boolean ended;

  /** Says what to call when there is room again. */
  synchronized void onWritable(Runnable call) {
    onWritable = call;
  }

  @Override
  public synchronized boolean send(Outgoing event) {
    if (ended) {
      return false;
    }
    if (events.size() >= MOST_EVENTS) {
      refused = true;
      return false;
    }
    events.add(event.event());
    notifyAll();
    return true;
  }

  @Override
  public void resumeReading() {} // no command is sent here

  @Override
  public void close(CloseReason reason) {
    end();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The next event; waits for one. Nothing after the last, once the connection has ended. */
  Event next() throws InterruptedException {
    Event event;
    Runnable call = null;
    synchronized (this) {
      while (events.isEmpty() && !ended) {
        wait();
      }
      event = events.poll();
      if (refused && events.size() <= MOST_EVENTS / 2 && !ended) {
        refused = false;
        call = onWritable;
      }
    }
    if (call != null) {
      call.run(); // the router calls send from here: no lock is held
    }
    return event;
  }
}
