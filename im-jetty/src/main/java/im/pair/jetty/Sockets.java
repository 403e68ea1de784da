package im.pair.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import im.pair.jetty.Endings.Ending;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * The accepted sockets of a connector, from the accept to the end, whatever is spoken on them. It
 * refuses those over a cap as soon as they are accepted, and ends those that speak HTTP too slowly:
 * Jetty's idle timeout counts from the last byte, so a byte now and then would keep a socket for
 * ever. A socket that was upgraded is only counted: {@link Watchdog} looks after it.
 *
 * <p>Thread-safe. The lock covers the counts, and no call.
 */
final class Sockets implements SelectorManager.AcceptListener, HttpConfiguration.Customizer {
  private static final byte[] REFUSAL =
      String.join(
              "\r\n",
              "HTTP/1.1 503 Service Unavailable",
              "Connection: close",
              "Retry-After: 10",
              "Content-Length: 0",
              "\r\n")
          .getBytes(US_ASCII);

  private final ServerConnector connector;
  private final ServerLimits limits;
  private final Endings endings;

  /** By channel. Entries come and go under the lock. */
  private final Map<Object, Accepted> accepted = new ConcurrentHashMap<>();

  /** How many of them a network has; guarded by this. */
  private final Map<ByteBuffer, Integer> perNetwork = new HashMap<>();

  private Sockets(ServerConnector connector, ServerLimits limits, Endings endings) {
    this.connector = connector;
    this.limits = limits;
    this.endings = endings;
  }

  /** Guards the sockets of a connector that has not started and speaks HTTP/1.1. */
  static Sockets of(ServerConnector connector, ServerLimits limits, Endings endings) {
    Sockets sockets = new Sockets(connector, limits, endings);
    connector.addBean(sockets);
    connector
        .getConnectionFactory(HttpConnectionFactory.class)
        .getHttpConfiguration()
        .addCustomizer(sockets);
    return sockets;
  }

  /** How many there are. */
  int count() {
    return accepted.size();
  }

  /** A socket was accepted, and nothing is read from it yet. */
  @Override
  public void onAccepting(SelectableChannel channel) {
    SocketChannel socket = (SocketChannel) channel;
    try {
      if (!enter(socket, networkOf(socket))) {
        refuse(socket);
      }
    } catch (IOException e) {
      // It has ended already: Jetty will find out.
    }
  }

  private synchronized boolean enter(SocketChannel socket, ByteBuffer network) {
    int ofNetwork = perNetwork.getOrDefault(network, 0);
    int most = limits.connectionsPerAddress();
    if (accepted.size() >= limits.connections() || (most > 0 && ofNetwork >= most)) {
      return false;
    }
    perNetwork.put(network, ofNetwork + 1);
    accepted.put(socket, new Accepted(network, System.nanoTime()));
    return true;
  }

  /** Of an IPv4 address all, of an IPv6 address the half that its owner cannot choose. */
  private static ByteBuffer networkOf(SocketChannel socket) throws IOException {
    byte[] address = ((InetSocketAddress) socket.getRemoteAddress()).getAddress().getAddress();
    return ByteBuffer.wrap(address, 0, Math.min(address.length, 8));
  }

  /** The few bytes have room in the buffer of a new socket; who speaks TLS could not read them. */
  private void refuse(SocketChannel socket) throws IOException {
    endings.ended(Ending.REFUSED, null);
    try (socket) {
      if (connector.getDefaultConnectionFactory() instanceof HttpConnectionFactory) {
        socket.write(ByteBuffer.wrap(REFUSAL));
      }
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    leave(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    leave(channel);
  }

  private synchronized void leave(SelectableChannel channel) {
    Accepted gone = accepted.remove(channel);
    if (gone != null) {
      perNetwork.computeIfPresent(gone.network, (network, n) -> n == 1 ? null : n - 1);
    }
  }

  /** The header of a request is complete. Called by Jetty, before it is handled. */
  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    Accepted socket = accepted.get(channelOf(request));
    if (socket != null) {
      socket.due = new Due(Ending.NOT_TAKEN, System.nanoTime(), limits.progress());
      Request.addCompletionListener(request, failure -> onAnswered(socket, request));
    }
    return request;
  }

  private void onAnswered(Accepted socket, Request request) {
    boolean upgraded = request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) != null;
    socket.due = upgraded ? null : new Due(Ending.NO_REQUEST, System.nanoTime(), limits.header());
  }

  /** With TLS there is an end point upon an end point. */
  private static Object channelOf(Request request) {
    Object transport = request.getConnectionMetaData().getConnection().getEndPoint();
    while (transport instanceof EndPoint endPoint) {
      transport = endPoint.getTransport();
    }
    return transport;
  }

  /** Ends those that are over a deadline. One call at a time. */
  void look(long nanos) {
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      Accepted socket = accepted.get(endPoint.getTransport());
      Ending overflow = socket == null ? null : socket.overflow(nanos);
      if (overflow != null) {
        endings.ended(overflow, null);
        endPoint.close();
      }
    }
  }

  private final class Accepted {
    final ByteBuffer network;

    /** What is waited for, if it is for HTTP. Of the connection's thread and the server's tick. */
    volatile @Nullable Due due;

    Accepted(ByteBuffer network, long nanos) {
      this.network = network;
      due = new Due(Ending.NO_REQUEST, nanos, limits.header());
    }

    /** Once what is waited for is overdue, that, and once only. */
    @Nullable Ending overflow(long nanos) {
      Due now = due;
      if (now == null || nanos - now.since < now.most.toNanos()) {
        return null;
      }
      due = null;
      return now.overflow;
    }
  }

  private record Due(Ending overflow, long since, Duration most) {}
}
