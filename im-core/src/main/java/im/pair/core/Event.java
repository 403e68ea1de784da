package im.pair.core;

import im.pair.core.MessageStore.Listing;
import org.jspecify.annotations.Nullable;

/** What a session may be told by {@link Connection#send}. Source: wire.md, im.v1. */
public sealed interface Event {
  /**
   * The first of a session that resumes.
   *
   * @param epoch the store's
   * @param resumed whether what comes after the session's cursors is replayed; if not, its client
   *     forgets what it has of the logs
   */
  record Welcome(String epoch, boolean resumed) implements Event {}

  /** A session that resumed has been given all that was there when it did. */
  record Synced() implements Event {}

  /**
   * The next entry of a log, each given once and in order. To its sender it is the acknowledgement.
   *
   * @param entry the entry, in its present state
   */
  record Appended(Entry entry) implements Event {}

  /**
   * The session was so far behind that its place has left the store: it is given the log from
   * {@code before} on.
   *
   * @param pair whose log
   * @param before the number of the oldest entry that is still kept, or of the next one if none is
   */
  record Truncated(Pair pair, long before) implements Event {}

  /**
   * How far a user has received and read a log. Each that a session is given is no less than the
   * ones before.
   *
   * @param pair whose log
   * @param user whose marks
   * @param marks where they are
   */
  record Marked(Pair pair, UserId user, Marks marks) implements Event {}

  /**
   * A user types, or no more.
   *
   * @param from who
   * @param to to whom
   */
  record Typing(UserId from, UserId to, boolean on) implements Event {}

  /**
   * Whether a watched user is here. Who is unknown, was never seen or may not be watched looks
   * alike: not here, and never seen.
   *
   * @param lastSeen when a user who is not here last was, in milliseconds since the epoch; 0 if
   *     that is not known
   */
  record Presence(UserId user, boolean online, long lastSeen) implements Event {}

  /**
   * A send whose id is in the log already: stored before, nothing new. It moves no cursor and may
   * come before the entry itself.
   *
   * @param ref the command's
   * @param to the peer it was sent to
   * @param id the sender's id of it
   * @param seq the number of the entry
   * @param at when that was stored, in milliseconds since the epoch
   */
  record Accepted(@Nullable String ref, UserId to, String id, long seq, long at) implements Event {}

  /**
   * A command that failed; the connection lives.
   *
   * @param ref the command's
   * @param to the peer it was sent to, if it was a send
   * @param id the sender's id of it, if it was a send
   * @param code why, for programs
   * @param reason why, in words
   * @param retryAfterMs after how many milliseconds at the earliest it may succeed; 0 if that says
   *     nothing
   */
  record Rejected(
      @Nullable String ref,
      @Nullable UserId to,
      @Nullable String id,
      Rejection code,
      String reason,
      long retryAfterMs)
      implements Event {}

  /**
   * The answer to {@link Command.History}: a part of a log, in the state as of its head.
   *
   * @param ref the command's
   * @param peer the peer
   * @param page the part
   */
  record Page(@Nullable String ref, UserId peer, MessageStore.Page page) implements Event {}

  /**
   * The answer to {@link Command.Conversations}.
   *
   * @param ref the command's
   * @param listing the part of the list
   */
  record Conversations(@Nullable String ref, Listing listing) implements Event {}
}
