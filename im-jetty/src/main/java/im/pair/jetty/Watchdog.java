package im.pair.jetty;

/**
 * Looks at one connection from time to time and says what is to be done about it. Time is an
 * argument, and progress is told by counters, so that neither the frames' way in nor their way out
 * asks a clock. Not thread-safe: one look at a time.
 */
final class Watchdog {
  /** What is to be done. */
  enum Verdict {
    NOTHING,
    PING,
    TOO_SLOW,
    CUT
  }

  /**
   * What one sees of a connection.
   *
   * @param queued frames wait to be written
   * @param written counts up whenever some were
   * @param heard counts up with each frame from the client
   * @param deaf the protocol wants no frame at present, so a pong cannot be heard either
   * @param closing it is being closed, by whichever end
   */
  record Signs(boolean queued, long written, long heard, boolean deaf, boolean closing) {}

  private final Patience patience;

  private long pingedAt;
  private boolean pongAwaited;
  private long heardBefore;
  private boolean queuedBefore;
  private long writtenBefore;
  private long progressAt;
  private boolean closingBefore;
  private long closingAt;

  Watchdog(Patience patience, long nanos) {
    this.patience = patience;
    pingedAt = nanos;
  }

  Verdict look(long nanos, Signs signs) {
    if (signs.closing()) {
      closingAt = closingBefore ? closingAt : nanos;
      closingBefore = true;
      return nanos - closingAt >= patience.goodbye().toNanos() ? Verdict.CUT : Verdict.NOTHING;
    }
    boolean stuck = signs.queued() && queuedBefore && signs.written() == writtenBefore;
    queuedBefore = signs.queued();
    writtenBefore = signs.written();
    progressAt = stuck ? progressAt : nanos;
    if (stuck && nanos - progressAt >= patience.progress().toNanos()) {
      return Verdict.TOO_SLOW;
    }
    boolean silent = signs.heard() == heardBefore;
    heardBefore = signs.heard();
    if (signs.queued() || signs.deaf()) {
      pongAwaited = false;
      pingedAt = nanos;
      return Verdict.NOTHING;
    }
    pongAwaited &= silent;
    if (pongAwaited) {
      return nanos - pingedAt >= patience.pong().toNanos() ? Verdict.CUT : Verdict.NOTHING;
    }
    if (nanos - pingedAt >= patience.ping().toNanos()) {
      pongAwaited = true;
      pingedAt = nanos;
      return Verdict.PING;
    }
    return Verdict.NOTHING;
  }
}
