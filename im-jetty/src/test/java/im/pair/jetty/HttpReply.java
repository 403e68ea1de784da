package im.pair.jetty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a server answered to a request that was written by hand.
 *
 * @param status the status code
 * @param head the status line and the headers
 * @param body what follows, to the end of the connection
 */
record HttpReply(int status, List<String> head, String body) {
  /** Sends a request line and header lines, and reads to the end of the connection. */
  static HttpReply to(int port, String... lines) throws IOException {
    String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
    return toBytes(port, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Asks for a path as a browser would. */
  static HttpReply get(int port, String path, String... headers) throws IOException {
    String[] lines = Arrays.copyOf(headers, headers.length + 2);
    System.arraycopy(headers, 0, lines, 2, headers.length);
    lines[0] = "GET " + path + " HTTP/1.1";
    lines[1] = "Host: 127.0.0.1:" + port;
    return to(port, lines);
  }

  /** Asks for an upgrade; more header lines may replace nothing but come on top. */
  static HttpReply upgrade(int port, String host, String... headers) throws IOException {
    RawWebSocket client = RawWebSocket.connect(port, "127.0.0.1", 0);
    StringBuilder request = new StringBuilder("GET /ws HTTP/1.1\r\n");
    request.append("Host: ").append(host).append("\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    if (Arrays.stream(headers).noneMatch(it -> it.startsWith("Sec-WebSocket-Version"))) {
      request.append("Sec-WebSocket-Version: 13\r\n");
    }
    request.append("\r\n");
    try (client) {
      client.bytes(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      // If it is let in, it asks to be let out again, so that the reply has an end.
      client.frame(RawWebSocket.CLOSE, true, new byte[0]);
      return parse(client.readAll());
    }
  }

  /** Sends bytes as they are and reads to the end of the connection. */
  static HttpReply toBytes(int port, byte[] request) throws IOException {
    try (RawWebSocket client = RawWebSocket.connect(port, "127.0.0.1", 0)) {
      client.bytes(request);
      return parse(client.readAll());
    }
  }

  private static HttpReply parse(String reply) {
    int end = reply.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IllegalArgumentException("no reply but: " + reply);
    }
    List<String> head = List.of(reply.substring(0, end).split("\r\n", -1));
    int status = Integer.parseInt(head.get(0).substring(9, 12));
    return new HttpReply(status, head, reply.substring(end + 4));
  }

  /** The value of a header, or an empty text. */
  String header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ": ";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElse("");
  }
}
