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
    NO_PONG,
    CUT
  }

  /**
   * What one sees of a connection.
   *
   * @param queued frames wait to be written
   * @param written counts up whenever some were
   * @param heard counts up with each frame from the client
   * @param unfinished the number of the message of which a part has come; 0 if there is none
   * @param deaf the protocol wants no frame at present, so a pong cannot be heard either
   * @param closing it is being closed, by whichever end
   */
  record Signs(
      boolean queued, long written, long heard, long unfinished, boolean deaf, boolean closing) {}

  private final ServerLimits limits;

  private boolean lookedBefore;
  private long pingedAt;
  private boolean pongAwaited;
  private long heardBefore;
  private boolean queuedBefore;
  private long writtenBefore;
  private long progressAt;
  private long unfinishedBefore;
  private long begunAt;
  private boolean closingBefore;
  private long closingAt;

  Watchdog(ServerLimits limits) {
    this.limits = limits;
  }

  Verdict look(long nanos, Signs signs) {
    pingedAt = lookedBefore ? pingedAt : nanos;
    lookedBefore = true;
    if (signs.closing()) {
      closingAt = closingBefore ? closingAt : nanos;
      closingBefore = true;
      return nanos - closingAt >= limits.goodbye().toNanos() ? Verdict.CUT : Verdict.NOTHING;
    }
    boolean stuck = signs.queued() && queuedBefore && signs.written() == writtenBefore;
    queuedBefore = signs.queued();
    writtenBefore = signs.written();
    progressAt = stuck ? progressAt : nanos;
    if (stuck && nanos - progressAt >= limits.progress().toNanos()) {
      return Verdict.TOO_SLOW;
    }
    boolean incomplete = signs.unfinished() != 0 && signs.unfinished() == unfinishedBefore;
    unfinishedBefore = signs.unfinished();
    begunAt = incomplete ? begunAt : nanos;
    if (incomplete && nanos - begunAt >= limits.frame().toNanos()) {
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
      return nanos - pingedAt >= limits.pong().toNanos() ? Verdict.NO_PONG : Verdict.NOTHING;
    }
    if (nanos - pingedAt >= limits.ping().toNanos()) {
      pongAwaited = true;
      pingedAt = nanos;
      return Verdict.PING;
    }
    return Verdict.NOTHING;
  }
}
