package im.pair.wire;

import im.pair.core.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to be let in.
 *
 * @param token a secret; never to be logged or repeated
 * @param user who it claims to be
 */
public record Credentials(@Nullable String token, @Nullable UserId user) {
  /** Without the token. */
  @Override
  public String toString() {
    return "Credentials[token=" + (token == null ? "none" : "secret") + ", user=" + user + "]";
  }
}
