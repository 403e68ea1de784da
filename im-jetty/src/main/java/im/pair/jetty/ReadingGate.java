package im.pair.jetty;

import java.util.concurrent.TimeUnit;

/**
 * Lets frames through to a protocol one after the other, and says when Jetty may be asked for the
 * next one: exactly once for each that came. Only a state, of which each method takes one step
 * under the lock; the caller acts on the answer outside it.
 */
final class ReadingGate {
  // All guarded by this.
  private boolean receiving; // receive is under way
  private boolean resumed; // meanwhile
  private boolean waiting; // receive answered false, and reading was not resumed since
  private boolean shut;
  private boolean ended;

  /** A frame has come. If false it is to be dropped. */
  synchronized boolean enter() {
    receiving = !shut && !ended;
    return receiving;
  }

  /**
   * The frame that entered is dealt with.
   *
   * @param readOn what {@code receive} answered
   * @return whether to ask for the next
   */
  synchronized boolean leave(boolean readOn) {
    boolean ask = readOn || resumed || shut;
    receiving = false;
    resumed = false;
    waiting = !ask;
    notifyAll();
    return ask;
  }

  /** Frames are welcome again. Whether to ask for the next. */
  synchronized boolean resume() {
    resumed |= receiving;
    return stopWaiting();
  }

  /**
   * From now on frames are dropped: they are asked for only because the client's close frame comes
   * after them. Whether to ask for the next.
   */
  synchronized boolean shut() {
    shut = true;
    return stopWaiting();
  }

  private boolean stopWaiting() {
    boolean ask = waiting;
    waiting = false;
    return ask;
  }

  /**
   * The connection has ended.
   *
   * @return whether the protocol may be told at once; if not, {@code receive} is under way, and it
   *     is to be told after that
   */
  synchronized boolean end() {
    shut = true;
    ended = true;
    return !receiving;
  }

  /** Waits until no frame is being dealt with, but not longer than this. */
  synchronized void awaitLeft(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; receiving && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Whether no frame is asked for at present. */
  synchronized boolean isWaiting() {
    return waiting;
  }

  /** Whether the connection has ended. */
  synchronized boolean hasEnded() {
    return ended;
  }
}
