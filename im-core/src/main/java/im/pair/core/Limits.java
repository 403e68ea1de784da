package im.pair.core;

import im.pair.core.MessageStore.Range;
import java.time.Duration;

/**
 * Every bound of a router.
 *
 * @param bodyBytes the largest body, in bytes of UTF-8; over it {@link Rejection#TOO_LARGE}
 * @param dataBytes the largest data, in bytes of UTF-8; over it {@link Rejection#TOO_LARGE}
 * @param reactionBytes the largest reaction, in bytes of UTF-8; over it {@link Rejection#TOO_LARGE}
 * @param pendingCommands commands of a session without an answer; at it {@link Session#receive}
 *     answers false
 * @param pendingAppends appends of a pair without an answer from the store; over it {@link
 *     Rejection#STORE}
 * @param sendsPerSecond sends of a user, with a burst of five times that; over it {@link
 *     Rejection#RATE}; 0 for no limit
 * @param sessionsPerUser sessions of a user at a time; one more is closed with {@link
 *     CloseReason#TRY_AGAIN_LATER}
 * @param resumedPairs pairs that one session may resume
 * @param watchedPeers users that one session may watch; over it {@link Rejection#TOO_LARGE}
 * @param joinedPairs pairs that one session may join; over it {@link Session#join} answers false
 * @param recentBytes what a live conversation keeps of its newest entries for slow readers, in
 *     bytes
 * @param recentBytesInAll what all live conversations keep together; over it each keeps its newest
 *     entry alone
 * @param pageEntries the most entries in one read of the store
 * @param pageBytes the most bytes in one read of the store, at least one entry
 * @param storeTimeout how long an append may take until its sender is told {@link Rejection#STORE}
 * @param idle after how long without an event a conversation leaves memory; its readers keep their
 *     places
 */
public record Limits(
    int bodyBytes,
    int dataBytes,
    int reactionBytes,
    int pendingCommands,
    int pendingAppends,
    int sendsPerSecond,
    int sessionsPerUser,
    int resumedPairs,
    int watchedPeers,
    int joinedPairs,
    int recentBytes,
    int recentBytesInAll,
    int pageEntries,
    int pageBytes,
    Duration storeTimeout,
    Duration idle) {
  /** What a router has if nothing else is said. */
  public static final Limits DEFAULTS =
      new Limits(
          16_384,
          8_192,
          64,
          32,
          1_000,
          20,
          32,
          500,
          200,
          1_000,
          65_536,
          16 << 20,
          100,
          65_536,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  /**
   * Checks that each bound is at least 1, or 0 where that has a meaning.
   *
   * @throws IllegalArgumentException naming the first that is not
   */
  public Limits {
    atLeastOne("bodyBytes", bodyBytes);
    atLeastOne("dataBytes", dataBytes);
    atLeastOne("reactionBytes", reactionBytes);
    atLeastOne("pendingCommands", pendingCommands);
    atLeastOne("pendingAppends", pendingAppends);
    if (sendsPerSecond < 0) {
      throw new IllegalArgumentException("sendsPerSecond is not negative: " + sendsPerSecond);
    }
    atLeastOne("sessionsPerUser", sessionsPerUser);
    atLeastOne("resumedPairs", resumedPairs);
    atLeastOne("watchedPeers", watchedPeers);
    atLeastOne("joinedPairs", joinedPairs);
    atLeastOne("recentBytes", recentBytes);
    atLeastOne("recentBytesInAll", recentBytesInAll);
    atLeastOne("pageEntries", pageEntries);
    atLeastOne("pageBytes", pageBytes);
    if (storeTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("storeTimeout must be at most a day");
    }
    atLeastOne("storeTimeout", storeTimeout.toNanos());
    atLeastOne("idle", idle.toNanos());
  }

  /** These bounds with another one for the sends of a user; 0 for none. */
  public Limits withSendsPerSecond(int sends) {
    return new Limits(
        bodyBytes,
        dataBytes,
        reactionBytes,
        pendingCommands,
        pendingAppends,
        sends,
        sessionsPerUser,
        resumedPairs,
        watchedPeers,
        joinedPairs,
        recentBytes,
        recentBytesInAll,
        pageEntries,
        pageBytes,
        storeTimeout,
        idle);
  }

  Range pageAfter(long seq) {
    return Range.after(seq, pageEntries, pageBytes);
  }

  /** The nearest number of entries that a page may have. */
  int clamp(int entries) {
    return Math.max(1, Math.min(entries, pageEntries));
  }

  /** Whether a part of the draft is too large. */
  boolean exceededBy(Draft draft) {
    int most = draft.kind() == Kind.REACT ? reactionBytes : bodyBytes;
    return Text.utf8Length(draft.body()) > most || Text.utf8Length(draft.data()) > dataBytes;
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
