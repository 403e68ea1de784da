package im.pair.jetty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all clients of a server together have queued and half sent, in bytes. Each client has a
 * bound of its own; this one keeps many at their bounds from filling the heap. Thread-safe.
 */
final class SharedMemory {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  /** Memory of which nothing is used. */
  SharedMemory(long most) {
    this.most = most;
  }

  /** Whether so many bytes more would be too many. */
  boolean lacks(int bytes) {
    return used.get() + bytes > most;
  }

  void take(int bytes) {
    used.addAndGet(bytes);
  }

  void give(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
