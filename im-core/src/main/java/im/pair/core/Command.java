package im.pair.core;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session may ask of the router by {@link Session#receive}. A command may carry a {@code
 * ref}, opaque to the core, which its direct answer repeats. Source: wire.md, im.v1.
 */
public sealed interface Command {
  /** What the asker knows the answer by, if it cares. */
  @Nullable String ref();

  /**
   * Append to the log of oneself and {@code to}. The answer is the entry itself, given to every
   * session of both that hears the pair; or {@link Event.Accepted} or {@link Event.Rejected}, given
   * to the asking session alone. A session that does not hear the pair is not told of success.
   *
   * @param to the peer
   * @param draft what to append
   */
  record Send(@Nullable String ref, UserId to, Draft draft) implements Command {
    /** A send that is known by its draft's id. */
    public Send(UserId to, Draft draft) {
      this(null, to, draft);
    }
  }

  /**
   * Move one's own marks in the log of oneself and {@code peer} forward, as {@link
   * MessageStore#mark} says. The answer is {@link Event.Marked}: to all sessions of both if a mark
   * moved, to the asker alone otherwise; {@link Rejection#NOT_FOUND} if the log has no entry. A
   * session that does not hear the pair is not told of success.
   *
   * @param peer the peer
   * @param delivered the number up to which the entries were received; 0 to leave it
   * @param read the number up to which they were read; 0 to leave it
   */
  record Mark(@Nullable String ref, UserId peer, long delivered, long read) implements Command {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Mark {
      if (delivered < 0 || read < 0) {
        throw new IllegalArgumentException("a mark is not negative: " + delivered + ", " + read);
      }
    }
  }

  /**
   * Tell the sessions of {@code to} that one is typing, or no more. It is dropped where there is no
   * room, and not answered unless it is ill-formed.
   *
   * @param to the peer
   * @param on whether one types
   */
  record Typing(@Nullable String ref, UserId to, boolean on) implements Command {}

  /**
   * Be told of these users' {@link Event.Presence} at once and at each change, and of no others any
   * more.
   *
   * @param peers at most {@link Limits#watchedPeers}, over which it is {@link Rejection#TOO_LARGE}
   */
  record Watch(@Nullable String ref, Set<UserId> peers) implements Command {
    /** Makes the set immutable, in its order. */
    public Watch {
      peers = Collections.unmodifiableSet(new LinkedHashSet<>(peers));
    }
  }

  /**
   * Read a part of the log of oneself and {@code peer}; answered by {@link Event.Page}. While it is
   * under way no further command is welcome.
   *
   * @param peer the peer
   * @param from the number at which the part begins, itself not included; {@link Long#MAX_VALUE}
   *     for the newest
   * @param ascending whether it is the entries after {@code from}, or those before it
   * @param limit the most entries; clamped to 1 … {@link Limits#pageEntries}
   */
  record History(@Nullable String ref, UserId peer, long from, boolean ascending, int limit)
      implements Command {}

  /**
   * List one's conversations; answered by {@link Event.Conversations}. While it is under way no
   * further command is welcome.
   *
   * @param after the place after which to go on; absent to begin
   * @param limit the most items; clamped to 1 … {@link Limits#pageEntries}
   */
  record Conversations(@Nullable String ref, MessageStore.@Nullable Place after, int limit)
      implements Command {}
}
