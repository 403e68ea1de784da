package im.pair.core;

import java.time.Duration;

/**
 * Every bound of a router.
 *
 * @param bodyBytes the largest body, in bytes of UTF-8; over it {@link Rejection#TOO_LARGE}
 * @param dataBytes the largest data, in bytes of UTF-8; over it {@link Rejection#TOO_LARGE}
 * @param reactionBytes the largest reaction, in bytes of UTF-8; over it {@link Rejection#TOO_LARGE}
 * @param pendingCommands commands of a session without an answer; at it {@link Session#receive}
 *     answers false
 * @param joinedPairs pairs that one session may join; over it {@link Session#join} answers false
 * @param recentBytes what a live conversation keeps of its newest entries for slow readers, in
 *     bytes
 * @param recentBytesInAll what all live conversations keep together; over it each keeps its newest
 *     entry alone
 * @param pageEntries the most entries in one read of the store
 * @param pageBytes the most bytes in one read of the store, at least one entry
 * @param storeTimeout how long an append may take until its sender is told {@link Rejection#STORE}
 */
public record Limits(
    int bodyBytes,
    int dataBytes,
    int reactionBytes,
    int pendingCommands,
    int joinedPairs,
    int recentBytes,
    int recentBytesInAll,
    int pageEntries,
    int pageBytes,
    Duration storeTimeout) {
  /** What a router has if nothing else is said. */
  public static final Limits DEFAULTS =
      new Limits(
          16_384, 8_192, 64, 32, 1_000, 65_536, 16 << 20, 100, 65_536, Duration.ofSeconds(10));

  /**
   * Checks that each bound is at least 1.
   *
   * @throws IllegalArgumentException naming the first that is not
   */
  public Limits {
    atLeastOne("bodyBytes", bodyBytes);
    atLeastOne("dataBytes", dataBytes);
    atLeastOne("reactionBytes", reactionBytes);
    atLeastOne("pendingCommands", pendingCommands);
    atLeastOne("joinedPairs", joinedPairs);
    atLeastOne("recentBytes", recentBytes);
    atLeastOne("recentBytesInAll", recentBytesInAll);
    atLeastOne("pageEntries", pageEntries);
    atLeastOne("pageBytes", pageBytes);
    if (storeTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("storeTimeout must be at most a day");
    }
    atLeastOne("storeTimeout", storeTimeout.toNanos());
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
