package im.pair.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the server says over plain HTTP: short texts, and the headers that every reply has. */
final class Replies {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
          + " trusted-types 'none'; connect-src 'self'";

  private Replies() {}

  /** Sets what every reply has, the upgrade too. */
  static void harden(Response response) {
    response.getHeaders().put("Content-Security-Policy", POLICY);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  /**
   * Lets a page open its WebSocket also in browsers whose {@code 'self'} means HTTP alone.
   *
   * @param origins of the host that was asked, with the schemes of WebSockets
   */
  static void allowWebSockets(Response response, List<String> origins) {
    String more =
        origins.stream()
            .filter(origin -> !origin.contains("[")) // the policy's grammar knows no IPv6
            .map(origin -> " " + origin)
            .collect(Collectors.joining());
    response.getHeaders().put("Content-Security-Policy", POLICY + more);
  }

  /**
   * Lets pages of all sites load it, as a module too, which browsers ask for with CORS. Nobody's
   * cookies count for it.
   */
  static void share(Response response) {
    response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response.getHeaders().put("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /** Answers with a line of text. */
  static boolean text(Response response, Callback callback, int status, String line) {
    response.setStatus(status);
    return body(response, callback, "text/plain; charset=utf-8", line + "\n");
  }

  /** Answers with JSON. */
  static boolean json(Response response, Callback callback, String json) {
    return body(response, callback, "application/json", json);
  }

  private static boolean body(Response response, Callback callback, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
    return true;
  }

  /** Answers what is not there. */
  static boolean nothing(Response response, Callback callback) {
    return text(response, callback, HttpStatus.NOT_FOUND_404, "nothing is here");
  }

  /**
   * Refuses what is neither GET nor HEAD.
   *
   * @return whether it did
   */
  static boolean refusesMethod(Request request, Response response, Callback callback) {
    String method = request.getMethod();
    if (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method)) {
      return false;
    }
    response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
    return text(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD");
  }

  /** Answers what Jetty itself refuses or what went wrong: without its version or a stack trace. */
  static boolean error(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    harden(response);
    return text(response, callback, status, status + " " + HttpStatus.getMessage(status));
  }
}
