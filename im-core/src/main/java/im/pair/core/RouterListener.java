package im.pair.core;

/**
 * What a host may watch. Called from any thread, under no lock, and for one thing once; between
 * threads no order is promised. Each call should be quick; what it throws is dropped.
 */
public interface RouterListener {
  /** A session of the user was attached. */
  default void attached(UserId user) {}

  /** A session of the user was detached. */
  default void detached(UserId user) {}

  /** An entry was appended by this router. */
  default void appended(Entry entry) {}

  /**
   * An entry was appended by this router for a user who had no session then: the hook for push
   * notifications. At most once for an entry and user; not called if the process ends in between.
   */
  default void storedForOfflineUser(UserId user, Entry entry) {}

  /** A command of the user was rejected. */
  default void rejected(UserId user, Rejection code) {}

  /** A session of the user does not take its events: it is left behind until it does. */
  default void paused(UserId user) {}
}
