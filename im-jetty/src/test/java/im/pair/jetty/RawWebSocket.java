package im.pair.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client over a plain socket, which can do what no decent client does: send any bytes,
 * have a small receive buffer, not read, vanish. It waits 20 seconds at most for what it reads.
 */
final class RawWebSocket implements Closeable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int WAIT_MILLIS = 20_000;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final DataInputStream in;

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** A frame as it came, with its first byte. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Frame(int first, byte[] payload) {
    int opcode() {
      return first & 0x0F;
    }

    boolean last() {
      return (first & 0x80) != 0;
    }

    /** Whether it is the first of a compressed message. */
    boolean compressed() {
      return (first & 0x40) != 0;
    }

    String text() {
      return new String(payload, UTF_8);
    }

    /** The code of a close frame. */
    int code() {
      return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
  }

  /** Connects and upgrades. */
  static RawWebSocket open(int port) throws IOException {
    return open(port, "/", 0, "");
  }

  /** Connects and upgrades, with a receive buffer of about so many bytes. */
  static RawWebSocket openSmall(int port, int receiveBytes) throws IOException {
    return open(port, "/", receiveBytes, "");
  }

  /** Connects and upgrades, with more header lines, each ended by CR LF. */
  static RawWebSocket open(int port, String path, int receiveBytes, String headers)
      throws IOException {
    RawWebSocket client = connect(port, "127.0.0.1", receiveBytes);
    client.bytes((upgrade(port, path) + headers + "\r\n").getBytes(ISO_8859_1));
    client.readUpgrade();
    return client;
  }

  /** Connects from one of this machine's addresses, 127.0.0.x, and upgrades. */
  static RawWebSocket openFrom(String address, int port) throws IOException {
    RawWebSocket client = connect(port, address, 0);
    client.bytes((upgrade(port, "/") + "\r\n").getBytes(ISO_8859_1));
    client.readUpgrade();
    return client;
  }

  /** Connects, and sends and reads nothing yet. */
  static RawWebSocket connect(int port, String from, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(WAIT_MILLIS);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAIT_MILLIS);
    return new RawWebSocket(socket);
  }

  /** A client over a socket that is connected. */
  static RawWebSocket over(Socket socket) throws IOException {
    socket.setSoTimeout(WAIT_MILLIS);
    return new RawWebSocket(socket);
  }

  /** The head of an upgrade, up to the empty line. */
  static String upgrade(int port, String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + port
        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  }

  /** Reads the answer to an upgrade, which must be a yes. Its head. */
  String readUpgrade() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readByte());
    }
    String text = head.toString(ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("not upgraded: " + text);
    }
    return text;
  }

  /** Sends bytes as they are. */
  void bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void text(String text) throws IOException {
    frame(TEXT, true, text.getBytes(UTF_8));
  }

  /** Sends a masked frame. */
  void frame(int opcode, boolean last, byte[] payload) throws IOException {
    bytes(frameBytes(opcode, last, payload));
  }

  /** A masked frame as bytes. */
  static byte[] frameBytes(int opcode, boolean last, byte[] payload) {
    int length = payload.length;
    ByteBuffer frame = ByteBuffer.allocate(14 + length);
    frame.put((byte) (opcode | (last ? 0x80 : 0)));
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    frame.put(MASK);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % 4]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** The next frame; nothing at the end of the connection. */
  @Nullable Frame next() throws IOException {
    try {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      return new Frame(first, payload);
    } catch (EOFException | SocketException e) {
      return null;
    }
  }

  /** The text of the next frame that is not a ping, or how it ended. */
  String nextText() throws IOException {
    Frame frame = next();
    while (frame != null && frame.opcode() == PING) {
      frame = next();
    }
    if (frame == null) {
      return "(end)";
    }
    return frame.opcode() == CLOSE ? "(close " + frame.code() + ")" : frame.text();
  }

  /** Reads up to the end and says with which code; 1006 if it just ended. */
  int readToClose() throws IOException {
    for (Frame frame; (frame = next()) != null; ) {
      if (frame.opcode() == CLOSE) {
        return frame.code();
      }
    }
    return 1006;
  }

  /** Says good-bye and waits for the answer. */
  void leave() throws IOException {
    frame(CLOSE, true, new byte[] {0x03, (byte) 0xE8});
    readToClose();
    close();
  }

  /** Resets the connection. */
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    close();
  }

  /** What else there is to read as text, to the end of the connection, however it ends. */
  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int next; (next = in.read()) >= 0; ) {
        all.write(next);
      }
    } catch (SocketException e) {
      // It was reset.
    }
    return all.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
