package im.pair.jetty;

import im.pair.core.CloseReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connected clients of a server. Thread-safe: one lock around a set, no call under it. */
final class Clients {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allGone = lock.newCondition();

  // Both guarded by the lock.
  private final Set<ClientEndpoint> connected = new HashSet<>();
  private boolean closed;

  private final WaitingTime waiting; // of the tick alone

  /**
   * Nobody yet.
   *
   * @param tick how often they are to be looked after
   */
  Clients(Duration tick) {
    waiting = new WaitingTime(tick, System.nanoTime());
  }

  /** Lists a client; one that comes after {@link #close} is sent away. */
  void add(ClientEndpoint client) {
    boolean late;
    lock.lock();
    try {
      connected.add(client);
      late = closed;
    } finally {
      lock.unlock();
    }
    if (late) {
      client.close(CloseReason.DRAINING);
    }
  }

  void remove(ClientEndpoint client) {
    lock.lock();
    try {
      connected.remove(client);
      if (connected.isEmpty()) {
        allGone.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return connected.size();
    } finally {
      lock.unlock();
    }
  }

  /** Looks after each. One call at a time. */
  void look(long nanos) {
    long waited = waiting.at(nanos);
    list().forEach(client -> client.look(nanos, waited));
  }

  /** How many do not take what they are owed. */
  int paused() {
    return (int) list().stream().filter(ClientEndpoint::isPaused).count();
  }

  /**
   * Takes no more from anybody, and waits until what was taken is handed on, but not longer than
   * this. Those that come from now on are sent away.
   */
  void stopReading(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    comeNoMore();
    List<ClientEndpoint> clients = list();
    clients.forEach(ClientEndpoint::stopReading);
    for (ClientEndpoint client : clients) {
      client.awaitRead(end - System.nanoTime());
    }
  }

  private void comeNoMore() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Tells each why it must go, and those that come from now on too. */
  void close() {
    comeNoMore();
    list().forEach(client -> client.close(CloseReason.DRAINING));
  }

  /** Waits until all have gone, but not longer than this; then cuts off those that remain. */
  void awaitEnd(Duration most) throws InterruptedException {
    try {
      awaitAllGone(most.toNanos());
    } finally {
      list().forEach(ClientEndpoint::cut);
    }
  }

  private void awaitAllGone(long most) throws InterruptedException {
    long nanos = most;
    lock.lockInterruptibly();
    try {
      while (!connected.isEmpty() && nanos > 0) {
        nanos = allGone.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<ClientEndpoint> list() {
    lock.lock();
    try {
      return List.copyOf(connected);
    } finally {
      lock.unlock();
    }
  }
}
