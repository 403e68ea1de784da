package im.pair.jetty;

import im.pair.jetty.Admission.Refusal;
import im.pair.jetty.WebFiles.WebFile;
import im.pair.wire.V1Protocol;
import java.io.IOException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * What a request gets: first the {@link Admission} is asked, before an upgrade a second time, for
 * its page. Then it is an upgrade, a file or nothing. Source: wire.md.
 */
final class FrontDoor {
  private final ServerWebSocketContainer container;
  private final Admission admission;
  private final Supplier<ClientEndpoint> v1;
  private final @Nullable Supplier<ClientEndpoint> classic;
  private final WebFiles files = new WebFiles();

  /**
   * The door of a server.
   *
   * @param v1 makes the endpoint of a client that was let in and speaks im.v1
   * @param classic makes that of one that speaks classic; absent if that is not spoken
   */
  FrontDoor(
      ServerWebSocketContainer container,
      Admission admission,
      Supplier<ClientEndpoint> v1,
      @Nullable Supplier<ClientEndpoint> classic) {
    this.container = container;
    this.admission = admission;
    this.v1 = v1;
    this.classic = classic;
  }

  boolean handle(Request request, Response response, Callback callback) throws IOException {
    Replies.harden(response);
    Refusal refusal = admission.refusal(request);
    if (refusal != null) {
      return Replies.text(response, callback, refusal.status(), refusal.words());
    }
    if (Replies.refusesMethod(request, response, callback)) {
      return true;
    }
    String path = Request.getPathInContext(request);
    boolean upgradable = path.equals("/") || path.equals("/ws");
    if (upgradable && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
      return upgrade(request, response, callback);
    }
    return switch (path) {
      case "/" -> file("index.html", false, request, response, callback);
      case "/healthz" -> Replies.text(response, callback, HttpStatus.OK_200, "ok");
      case "/ws" -> notUpgraded(response, callback, "this is for WebSockets");
      case "/im/server.json" -> server(response, callback);
      case "/im/index.html" -> Replies.nothing(response, callback); // its links are those of "/"
      default ->
          path.startsWith("/im/")
              ? file(path.substring("/im/".length()), true, request, response, callback)
              : Replies.nothing(response, callback);
    };
  }

  private boolean upgrade(Request request, Response response, Callback callback) {
    HttpFields headers = request.getHeaders();
    boolean offers = headers.contains(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);
    boolean speaksV1 =
        headers.getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, true).contains(V1Protocol.SUBPROTOCOL);
    Supplier<ClientEndpoint> clients = speaksV1 ? v1 : offers ? null : classic;
    if (!admission.admits(request, !offers)) {
      return Replies.text(
          response, callback, HttpStatus.FORBIDDEN_403, "pages of other sites are not let in");
    }
    if (clients == null) {
      String line =
          "offer the subprotocol im.v1" + (classic == null ? "" : ", or none for classic");
      return Replies.text(response, callback, HttpStatus.BAD_REQUEST_400, line);
    }
    boolean upgraded =
        container.upgrade(
            (asked, answer, failed) -> {
              ClientEndpoint client = clients.get();
              answer.setExtensions(client.agree(asked.getExtensions()));
              if (speaksV1) {
                answer.setAcceptedSubProtocol(V1Protocol.SUBPROTOCOL);
              }
              return client;
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

  /** What a page has to know before it can say hello. */
  private boolean server(Response response, Callback callback) {
    Replies.share(response);
    String auth = admission.isClaimed() ? "demo" : "token";
    return Replies.json(response, callback, "{\"auth\":\"" + auth + "\"}");
  }

  /** Answers with a file; what is shared, pages of other sites may load too. */
  private boolean file(
      String name, boolean shared, Request request, Response response, Callback callback)
      throws IOException {
    WebFile file = files.find(name);
    if (file == null) {
      return Replies.nothing(response, callback);
    }
    if (shared) {
      Replies.share(response);
    }
    Replies.allowWebSockets(response, admission.own(request, "ws"));
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
}
