package im.pair.wire;

import im.pair.core.Command;
import im.pair.core.Cursor;
import im.pair.core.Event;
import im.pair.core.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A readable frame of an im.v1 client. A {@code ref} is JSON text. Source: wire.md, im.v1. */
public sealed interface V1Frame {
  /**
   * Says who the client is: the first frame, or one that renews.
   *
   * @param ref what the answer repeats
   * @param credentials what proves it
   * @param epoch which history the cursors are of; absent not to resume
   * @param cursors up to where the client has each peer's log
   */
  record Hello(
      @Nullable String ref,
      Credentials credentials,
      @Nullable String epoch,
      Map<UserId, Cursor> cursors)
      implements V1Frame {
    /** Makes the map immutable. */
    public Hello {
      cursors = Map.copyOf(cursors);
    }
  }

  /** Asks for a pong. */
  record Ping(@Nullable String ref) implements V1Frame {}

  /** A command to the router. */
  record Ask(Command command) implements V1Frame {}

  /** A command that fails before it gets to the router, and can be answered. */
  record Refused(Event.Rejected rejected) implements V1Frame {}
}
