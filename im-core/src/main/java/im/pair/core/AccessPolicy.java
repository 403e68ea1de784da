package im.pair.core;

/**
 * Who may write to whom, and who sees whether one is here: a host's seam. Called from any thread
 * and under no lock; it answers at once.
 */
@FunctionalInterface
public interface AccessPolicy {
  /**
   * Whether {@code from} may write to {@code to}. If not, a send is rejected as {@link
   * Rejection#BLOCKED} and a mark as {@link Rejection#NOT_FOUND}, as if there were no such log, and
   * typing reaches nobody.
   */
  boolean mayWrite(UserId from, UserId to);

  /** Whether {@code watcher} is told when {@code user} is here: as a rule, who may write to it. */
  default boolean maySee(UserId watcher, UserId user) {
    return mayWrite(watcher, user);
  }
}
