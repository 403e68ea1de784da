package im.pair.jetty;

import im.pair.jetty.WebFiles.WebFile;
import im.pair.wire.V1Protocol;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * Who gets in: {@code Host} is checked first (against DNS rebinding), before an upgrade {@code
 * Origin} too (against other sites' pages). Then it is an upgrade, a file or nothing. Source:
 * wire.md.
 */
final class FrontDoor {
  private final ServerWebSocketContainer container;
  private final Supplier<ClientEndpoint> v1;
  private final Supplier<ClientEndpoint> classic;
  private final WebFiles files = new WebFiles();

  /**
   * The door of a server.
   *
   * @param v1 makes the endpoint of a client that was let in and speaks im.v1
   * @param classic makes that of one that speaks classic
   */
  FrontDoor(
      ServerWebSocketContainer container,
      Supplier<ClientEndpoint> v1,
      Supplier<ClientEndpoint> classic) {
    this.container = container;
    this.v1 = v1;
    this.classic = classic;
  }

  boolean handle(Request request, Response response, Callback callback) throws IOException {
    Replies.harden(response);
    if (!isForThisMachine(request)) {
      return Replies.text(
          response,
          callback,
          HttpStatus.FORBIDDEN_403,
          "this server answers to the hosts 127.0.0.1, localhost and [::1] only");
    }
    String method = request.getMethod();
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      return Replies.text(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD");
    }
    String path = Request.getPathInContext(request);
    boolean upgradable = path.equals("/") || path.equals("/ws");
    if (upgradable && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
      return upgrade(request, response, callback);
    }
    return switch (path) {
      case "/" -> file("index.html", request, response, callback);
      case "/healthz" -> Replies.text(response, callback, HttpStatus.OK_200, "ok");
      case "/ws" -> notUpgraded(response, callback, "this is for WebSockets");
      default ->
          path.startsWith("/im/")
              ? file(path.substring("/im/".length()), request, response, callback)
              : nothing(response, callback);
    };
  }

  /** One {@code Host}, and the right one, also where the request line repeats it. */
  private static boolean isForThisMachine(Request request) {
    List<HttpField> hosts = request.getHeaders().getFields(HttpHeader.HOST);
    String authority = request.getHttpURI().getAuthority();
    return hosts.size() == 1
        && Loopback.isHost(String.valueOf(hosts.get(0).getValue()))
        && (authority == null || Loopback.isHost(authority));
  }

  private boolean upgrade(Request request, Response response, Callback callback) {
    HttpFields headers = request.getHeaders();
    List<HttpField> origins = headers.getFields(HttpHeader.ORIGIN);
    if (origins.size() > 1
        || origins.stream().anyMatch(it -> !Loopback.isOrigin(String.valueOf(it.getValue())))) {
      return Replies.text(
          response, callback, HttpStatus.FORBIDDEN_403, "pages of other sites are not let in");
    }
    boolean offers = headers.contains(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);
    boolean speaksV1 =
        headers.getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, true).contains(V1Protocol.SUBPROTOCOL);
    if (offers && !speaksV1) {
      return Replies.text(
          response,
          callback,
          HttpStatus.BAD_REQUEST_400,
          "no subprotocol that is offered is spoken here; offer im.v1, or none to speak classic");
    }
    boolean upgraded =
        container.upgrade(
            (asked, answer, failed) -> {
              answer.setExtensions(List.of()); // no compression: it would cost memory per client
              if (speaksV1) {
                answer.setAcceptedSubProtocol(V1Protocol.SUBPROTOCOL);
              }
              return speaksV1 ? v1.get() : classic.get();
            },
            request,
            response,
            callback);
    return upgraded || notUpgraded(response, callback, "only version 13, over HTTP/1.1");
  }

  private static boolean notUpgraded(Response response, Callback callback, String why) {
    response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
    response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
    return Replies.text(response, callback, HttpStatus.UPGRADE_REQUIRED_426, why);
  }

  private boolean file(String name, Request request, Response response, Callback callback)
      throws IOException {
    WebFile file = files.find(name);
    if (file == null) {
      return nothing(response, callback);
    }
    Replies.allowWebSocket(response, String.valueOf(request.getHeaders().get(HttpHeader.HOST)));
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put(HttpHeader.ETAG, file.tag());
    if (request.getHeaders().contains(HttpHeader.IF_NONE_MATCH, file.tag())) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      response.write(true, null, callback);
      return true;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.content().remaining());
    response.write(true, file.content().duplicate(), callback);
    return true;
  }

  private static boolean nothing(Response response, Callback callback) {
    return Replies.text(response, callback, HttpStatus.NOT_FOUND_404, "nothing is here");
  }
}
