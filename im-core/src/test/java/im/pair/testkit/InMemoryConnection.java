package im.pair.testkit;

import im.pair.core.CloseReason;
import im.pair.core.Connection;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import im.pair.core.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose client is the test: events wait in a bounded buffer until they are taken. When
 * {@link #take} or {@link #takeAll} makes room after a refusal, it calls the session's {@code
 * onWritable} from the calling thread. Thread-safe.
 */
public final class InMemoryConnection implements Connection {
  private static final long MOST_MILLIS = 20_000;

  private final int capacity;

  // All guarded by this.
  private final ArrayDeque<Event> buffer = new ArrayDeque<>();
  private @Nullable Runnable onWritable;
  private @Nullable CloseReason closeReason;
  private boolean refused;
  private int refusals;
  private int resumes;

  /** A client with room for everything. */
  public InMemoryConnection() {
    this(Integer.MAX_VALUE);
  }

  /** A client with room for so many events. */
  public InMemoryConnection(int capacity) {
    this.capacity = capacity;
  }

  /** Says whose {@code onWritable} to call. */
  public InMemoryConnection of(Session session) {
    return onWritable(session::onWritable);
  }

  /** Says what to call when there is room again. */
  public synchronized InMemoryConnection onWritable(Runnable call) {
    onWritable = call;
    return this;
  }

  @Override
  public synchronized boolean send(Outgoing event) {
    if (closeReason != null) {
      return false;
    }
    if (buffer.size() >= capacity) {
      refused = true;
      refusals++;
      return false;
    }
    buffer.add(event.event());
    notifyAll();
    return true;
  }

  @Override
  public synchronized void resumeReading() {
    resumes++;
  }

  @Override
  public synchronized void close(CloseReason reason) {
    closeReason = closeReason == null ? reason : closeReason;
    notifyAll();
  }

  /** Takes the oldest event out of the buffer, if there is one. */
  public @Nullable Event take() {
    Event event;
    Runnable call;
    synchronized (this) {
      event = buffer.poll();
      call = refused && buffer.size() <= capacity / 2 && closeReason == null ? onWritable : null;
      refused &= call == null;
    }
    if (call != null) {
      call.run();
    }
    return event;
  }

  /**
   * Takes the oldest event out of the buffer; waits for one, for 20 seconds at most.
   *
   * @throws IllegalStateException if none comes, or the connection was closed
   */
  public Event next() {
    awaitEvent();
    Event event = take();
    if (event == null) {
      throw new IllegalStateException("no event came; closed: " + closeReason());
    }
    return event;
  }

  private synchronized void awaitEvent() {
    long start = System.nanoTime();
    try {
      for (long left = MOST_MILLIS; left > 0 && buffer.isEmpty() && closeReason == null; ) {
        wait(left);
        left = MOST_MILLIS - (System.nanoTime() - start) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes events until the buffer stays empty. */
  public List<Event> takeAll() {
    List<Event> events = new ArrayList<>();
    for (Event event; (event = take()) != null; ) {
      events.add(event);
    }
    return events;
  }

  /** Takes events until the buffer stays empty, all of which must be entries. */
  public List<Entry> takeEntries() {
    return takeAll().stream().map(event -> ((Event.Appended) event).entry()).toList();
  }

  /** As {@link #takeEntries}, but their numbers alone. */
  public List<Long> takeNumbers() {
    return takeEntries().stream().map(Entry::seq).toList();
  }

  /** As {@link #takeEntries}, but their bodies alone. */
  public List<@Nullable String> takeBodies() {
    List<@Nullable String> bodies = new ArrayList<>();
    takeEntries().forEach(entry -> bodies.add(entry.body()));
    return bodies;
  }

  /** How many events wait. */
  public synchronized int waiting() {
    return buffer.size();
  }

  /** How many events were refused for want of room. */
  public synchronized int refusals() {
    return refusals;
  }

  /** How often {@code resumeReading} was called. */
  public synchronized int resumes() {
    return resumes;
  }

  /** Why it was closed, if it was. */
  public synchronized @Nullable CloseReason closeReason() {
    return closeReason;
  }
}
