package im.pair.wire;

import im.pair.core.Rejection;

/**
 * Input that is not what the protocol says. It has no stack trace: a hostile frame must not cost
 * more than its size.
 */
public final class BadFrameException extends Exception {
  private static final long serialVersionUID = 1;

  private final Rejection code;

  BadFrameException(Rejection code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  static BadFrameException of(String reason) {
    return new BadFrameException(Rejection.BAD_FRAME, reason);
  }

  /**
   * {@link Rejection#BAD_FRAME} or {@link Rejection#BAD_USER}; the message says in words what is
   * wrong.
   */
  public Rejection code() {
    return code;
  }
}
