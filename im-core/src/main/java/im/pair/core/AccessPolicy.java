package im.pair.core;

/**
 * Who may write to whom: a host's seam. Called for every send, from any thread and under no lock;
 * it answers at once.
 */
@FunctionalInterface
public interface AccessPolicy {
  /**
   * Whether {@code from} may write to {@code to}; if not, the send is answered {@link
   * Rejection#BLOCKED}.
   */
  boolean mayWrite(UserId from, UserId to);
}
