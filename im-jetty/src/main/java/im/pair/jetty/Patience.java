package im.pair.jetty;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How long a server waits for a client. Source: design §4, wire.md (close codes).
 *
 * @param progress for a reader to take something of what is queued for it; then it is too slow
 * @param ping between two pings
 * @param pong for the answer to a ping; then the client is gone
 * @param goodbye for the end of a connection that is being closed; then it is cut
 */
record Patience(Duration progress, Duration ping, Duration pong, Duration goodbye) {
  static final Patience DEFAULTS =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));

  /** How often to look: a second, or oftener if something is shorter than four. */
  Duration tick() {
    Duration quarter = Collections.min(List.of(progress, ping, pong, goodbye)).dividedBy(4);
    return Collections.min(List.of(quarter, Duration.ofSeconds(1)));
  }
}
