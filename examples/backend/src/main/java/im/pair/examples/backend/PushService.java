package im.pair.examples.backend;

import im.pair.core.UserId;
import java.io.IOException;

/** What brings a line to a user's devices, also when no program of hers is connected. */
@FunctionalInterface
interface PushService {
  /**
   * Pushes a line; it may wait for the network.
   *
   * @throws IOException if the service did not take it
   */
  void push(UserId user, String line) throws IOException;
}
