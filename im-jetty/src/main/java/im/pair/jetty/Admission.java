package im.pair.jetty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Whose requests are answered, and whose pages may open a WebSocket. Where identity is only
 * claimed, that is this machine alone; {@code Host} is checked too, against DNS rebinding. Where it
 * is proved, everybody is answered, and an upgrade is for programs, for pages of the host that was
 * asked, and for those of origins that were added. Immutable.
 */
final class Admission {
  private final boolean claimed;
  private final boolean plaintext;
  private final Set<String> origins;

  /**
   * The rules of a server.
   *
   * @param claimed identity is only claimed
   * @param plaintext a proxy in front may have ended TLS
   * @param origins let in as well, each as {@link WebOrigin} writes it
   */
  Admission(boolean claimed, boolean plaintext, Set<String> origins) {
    this.claimed = claimed;
    this.plaintext = plaintext;
    this.origins = Set.copyOf(origins);
  }

  /** Whether identity is only claimed. */
  boolean isClaimed() {
    return claimed;
  }

  /**
   * Why a request is not answered.
   *
   * @param status the HTTP status
   * @param words for whoever asked
   */
  record Refusal(int status, String words) {}

  /** Why the request is refused, whatever it asks for; absent if it is not. */
  @Nullable Refusal refusal(Request request) {
    List<HttpField> hosts = request.getHeaders().getFields(HttpHeader.HOST);
    String host = hosts.size() == 1 ? String.valueOf(hosts.get(0).getValue()) : "";
    String authority = request.getHttpURI().getAuthority(); // the request line may repeat it
    if (claimed) {
      boolean isForThisMachine =
          Loopback.isHost(host) && (authority == null || Loopback.isHost(authority));
      return isForThisMachine && isFromThisMachine(request)
          ? null
          : new Refusal(
              HttpStatus.FORBIDDEN_403,
              "this server answers to this machine, at 127.0.0.1, localhost and [::1] only");
    }
    String origin = WebOrigin.of("http", host);
    boolean isClear =
        origin != null && (authority == null || origin.equals(WebOrigin.of("http", authority)));
    return isClear
        ? null
        : new Refusal(HttpStatus.BAD_REQUEST_400, "a request names one host, in one Host header");
  }

  /** It is where a host of a handler listens that is not known; nor what a proxy says it is for. */
  private static boolean isFromThisMachine(Request request) {
    SocketAddress from = request.getConnectionMetaData().getRemoteSocketAddress();
    return !(from instanceof InetSocketAddress inet)
        || (!inet.isUnresolved() && inet.getAddress().isLoopbackAddress());
  }

  /**
   * Whether whoever asks for an upgrade may have it. The request was not refused.
   *
   * @param classic to speak classic, as the tutorial's pages do, which are opened as files and have
   *     the origin {@code null}
   */
  boolean admits(Request request, boolean classic) {
    List<HttpField> fields = request.getHeaders().getFields(HttpHeader.ORIGIN);
    if (fields.isEmpty()) {
      return true; // a program
    }
    String origin = String.valueOf(fields.get(0).getValue());
    return fields.size() == 1
        && (origins.contains(origin)
            || (claimed
                ? Loopback.isOrigin(origin) || (classic && origin.equals("null"))
                : own(request, "http").contains(origin)));
  }

  /**
   * The origins of the host that was asked, in the requests of its pages and in their addresses.
   *
   * @param scheme {@code http} or {@code ws}; what stands here for the one with TLS too
   */
  List<String> own(Request request, String scheme) {
    String host = String.valueOf(request.getHeaders().get(HttpHeader.HOST));
    boolean secure = request.getConnectionMetaData().isSecure();
    return Stream.of(
            secure ? null : WebOrigin.of(scheme, host),
            secure || plaintext ? WebOrigin.of(scheme + "s", host) : null)
        .filter(Objects::nonNull)
        .toList();
  }
}
