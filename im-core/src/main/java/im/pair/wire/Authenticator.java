package im.pair.wire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Says who a client is: the seam for a host's accounts. Called from any thread, under no lock, at a
 * connection's first hello and at each that renews it. It does not block; one that must ask
 * somebody answers later. Source: wire.md, im.v1.
 */
@FunctionalInterface
public interface Authenticator {
  /** Takes a claimed name for the truth and refuses tokens: for trying out, on loopback. */
  Authenticator CLAIMED =
      credentials ->
          CompletableFuture.completedFuture(
              credentials.token() == null && credentials.user() != null
                  ? new Identity(credentials.user(), Identity.NEVER)
                  : null);

  /**
   * Says whose the credentials are.
   *
   * @return the user, or absent if the credentials prove none; completes exceptionally if that
   *     cannot be told now
   */
  CompletionStage<@Nullable Identity> authenticate(Credentials credentials);
}
