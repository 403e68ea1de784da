package im.pair.wire;

import im.pair.core.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a classic client: joins the pair of the two and, with a message, appends it.
 *
 * @param user who the client says it is
 * @param userIsNumber whether that was a JSON integer
 * @param target the peer
 * @param targetIsNumber whether that was a JSON integer
 * @param message the text to append, if any; may be empty
 */
public record ClassicFrame(
    UserId user,
    boolean userIsNumber,
    UserId target,
    boolean targetIsNumber,
    @Nullable String message) {}
