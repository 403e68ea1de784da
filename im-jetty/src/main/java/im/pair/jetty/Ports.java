package im.pair.jetty;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.server.ServerConnector;

/** The ports that connectors listen on. */
final class Ports {
  private Ports() {}

  /**
   * Begins to listen.
   *
   * @throws BindException if that cannot be; the message is one line and says where and why
   */
  static void open(ServerConnector connector) throws BindException {
    try {
      connector.open();
    } catch (IOException | UnresolvedAddressException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      String words =
          why instanceof UnresolvedAddressException
              ? "there is no host of that name"
              : String.valueOf(why.getMessage());
      String where = connector.getHost() + ":" + connector.getPort();
      BindException failed = new BindException("cannot listen on " + where + ": " + words);
      failed.initCause(e);
      throw failed;
    }
  }

  /**
   * The port that a connector listens on.
   *
   * @throws IllegalStateException if it does not listen
   */
  static int of(ServerConnector connector) {
    int port = connector.getLocalPort();
    if (port <= 0) {
      throw new IllegalStateException("the server does not listen");
    }
    return port;
  }
}
