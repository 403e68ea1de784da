package im.pair.wire;

import im.pair.core.Rejection;

/**
 * What a host may count of its protocols. Called from any thread, also under locks: it counts and
 * returns, and never throws.
 */
public interface WireListener {
  /** An entry was given to a connection. */
  default void delivered() {}

  /** A frame or a command was answered with this code. */
  default void rejected(Rejection code) {}
}
