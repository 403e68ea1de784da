package im.pair.browser;

import im.pair.core.UserId;
import im.pair.wire.Authenticator;
import im.pair.wire.Credentials;
import im.pair.wire.Identity;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes tokens like {@code alice}, or {@code alice 2000}: the user's name, and for how many
 * milliseconds it is good from when it is first shown.
 */
final class Tokens implements Authenticator {
  private final Map<String, Long> ends = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  @Override
  public CompletionStage<Identity> authenticate(Credentials credentials) {
    String token = credentials.token();
    return CompletableFuture.completedFuture(token == null ? null : identity(token));
  }

  /** From now on nobody gets in with it. */
  void revoke(String token) {
    revoked.add(token);
  }

  private Identity identity(String token) {
    String[] words = token.split(" ", 2);
    if (revoked.contains(token) || !UserId.isValid(words[0])) {
      return null;
    }
    if (words.length == 1) {
      return new Identity(new UserId(words[0]), Identity.NEVER);
    }
    long now = System.currentTimeMillis();
    long end = ends.computeIfAbsent(token, shown -> now + Long.parseLong(words[1]));
    return now < end ? new Identity(new UserId(words[0]), end) : null;
  }
}
