package im.pair.jetty;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What those who run a server ask it: at {@code /healthz} whether the process lives, at {@code
 * /readyz} whether clients should be sent here, at {@code /metrics} its figures. On a port of its
 * own for all who reach that, and whatever {@code Host} they say, since probes call a machine by
 * its address; on the server's port for this machine alone.
 */
final class AdminDoor {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  /** Headers by which a proxy on this machine gives itself away: its clients are elsewhere. */
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final Readiness readiness;
  private final @Nullable Supplier<String> metrics;

  /**
   * The door of a server.
   *
   * @param metrics the figures, in the text format of Prometheus; absent: nothing is there
   */
  AdminDoor(Readiness readiness, @Nullable Supplier<String> metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  /** Answers on the server's port, if it is asked from this machine; if not, that was all. */
  boolean handlesForThisMachine(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    boolean mine = path.equals("/readyz") || path.equals("/metrics");
    return mine && isFromThisMachine(request) && handle(request, response, callback);
  }

  /** From this machine, and through no proxy. */
  private static boolean isFromThisMachine(Request request) {
    HttpFields headers = request.getHeaders();
    return Loopback.isHost(String.valueOf(headers.get(HttpHeader.HOST)))
        && FORWARDED.stream().noneMatch(headers::contains)
        // The socket's, whatever a host's own handlers make of those headers.
        && request.getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress()
            instanceof InetSocketAddress client
        && client.getAddress().isLoopbackAddress();
  }

  /** Answers. */
  boolean handle(Request request, Response response, Callback callback) {
    Replies.harden(response);
    if (Replies.refusesMethod(request, response, callback)) {
      return true;
    }
    return switch (Request.getPathInContext(request)) {
      case "/healthz" -> Replies.text(response, callback, HttpStatus.OK_200, "ok");
      case "/readyz" -> ready(request, response, callback);
      case "/metrics" ->
          metrics == null
              ? Replies.nothing(response, callback)
              : figures(metrics, response, callback);
      default -> Replies.nothing(response, callback);
    };
  }

  private boolean ready(Request request, Response response, Callback callback) {
    readiness
        .ask()
        .whenCompleteAsync( // never on a thread of the store
            (whyNot, failure) ->
                Replies.text(
                    response,
                    callback,
                    whyNot.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
                    whyNot.map(why -> "not ready: " + why).orElse("ready")),
            request.getComponents().getExecutor());
    return true;
  }

  private static boolean figures(Supplier<String> metrics, Response response, Callback callback) {
    byte[] text = metrics.get().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, METRICS);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
    response.write(true, ByteBuffer.wrap(text), callback);
    return true;
  }
}
