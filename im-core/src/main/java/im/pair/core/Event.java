package im.pair.core;

import org.jspecify.annotations.Nullable;

/** What a session may be told by {@link Connection#send}. */
public sealed interface Event {
  /**
   * The next entry of a log, each given once and in order. To its sender it is the acknowledgement.
   *
   * @param entry the entry, in its present state
   */
  record Appended(Entry entry) implements Event {}

  /**
   * A send whose id is in the log already: stored before, nothing new. It moves no cursor and may
   * come before the entry itself.
   *
   * @param to the peer it was sent to
   * @param id the sender's id of it
   * @param seq the number of the entry
   * @param at when that was stored, in milliseconds since the epoch
   */
  record Accepted(UserId to, String id, long seq, long at) implements Event {}

  /**
   * A command that failed; the connection lives.
   *
   * @param to the peer it was sent to, if it got so far
   * @param id the sender's id of it, if it was a send
   * @param code why, for programs
   * @param reason why, in words
   */
  record Rejected(@Nullable UserId to, @Nullable String id, Rejection code, String reason)
      implements Event {}

  /**
   * The session was so far behind that its place has left the store: it is given the log from
   * {@code before} on.
   *
   * @param pair whose log
   * @param before the number of the oldest entry that is still kept, or of the next one if none is
   */
  record Truncated(Pair pair, long before) implements Event {}
}
