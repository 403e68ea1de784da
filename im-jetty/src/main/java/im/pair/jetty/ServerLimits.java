package im.pair.jetty;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every bound that a server sets to its sockets and frames; those of messages and users are {@link
 * im.pair.core.Limits}. The deadlines are looked after about once a second, or oftener if one is
 * shorter than four; so they end a little late, never early. Source: design §4, wire.md (close
 * codes).
 *
 * @param header for the header of a request, from the accept of its connection or the end of the
 *     answer before, the TLS handshake included: 15 s. Then the socket is closed unanswered. So it
 *     also ends an idle HTTP connection
 * @param hello for the first frame of im.v1, from the upgrade: 10 s. Then close code 4408
 * @param frame for a message, pieces and continuation frames together, from its first byte of
 *     payload: 15 s. Then close code 4508. (A frame of which not even the header is complete ends
 *     by {@code ping} and {@code pong}: no pong can come before its end)
 * @param progress for a client to take 32 KiB, or all, of what is queued for it: 30 s. Then close
 *     code 4508, which a full socket cannot carry, and the end by {@code goodbye}. Also for an HTTP
 *     client to take its whole answer; then the socket is closed
 * @param ping between two pings, unless frames are queued: 25 s
 * @param pong for any frame after a ping: 10 s. Then the socket is closed without a close frame
 * @param goodbye for the client's close frame after the server's, and for a closing server to see
 *     its clients off: 5 s. Then the socket is closed
 * @param connections sockets in all, from their accept to their end: 10,000. One more gets an HTTP
 *     503 with {@code Retry-After} before its request is read, with TLS just its end
 * @param connectionsPerAddress sockets of one IPv4 address, or of one IPv6 network (the first 64
 *     bits): 1,000; 0 for no limit, for use behind a proxy. Its overflow is that of {@code
 *     connections}
 * @param frameBytes the largest message from a client, in bytes after inflation: 65,536. Over it
 *     close code 1009; likewise over 1,000 pieces without a byte
 * @param bufferBytes what is queued for one client, in bytes before compression: 262,144, or one
 *     frame if that is larger. At it the client's sessions are paused, see {@code progress}
 * @param bytesInAll what all clients of a server together have queued and half sent, in bytes: 64
 *     MiB. At it each has one queued frame at a time, and a message that is not complete gets close
 *     code 1013
 * @param compression whether clients may have permessage-deflate (RFC 7692): no. Without context
 *     takeover on both sides, so it costs no memory per client; while a thread inflates or deflates
 *     it has some 300 KiB outside the heap
 */
public record ServerLimits(
    Duration header,
    Duration hello,
    Duration frame,
    Duration progress,
    Duration ping,
    Duration pong,
    Duration goodbye,
    int connections,
    int connectionsPerAddress,
    int frameBytes,
    int bufferBytes,
    int bytesInAll,
    boolean compression) {
  // Before DEFAULTS, which are checked against them.
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_FRAME_BYTES = 16 << 20;

  /** What a server has if nothing else is said. */
  public static final ServerLimits DEFAULTS =
      new ServerLimits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          10_000,
          1_000,
          65_536,
          256 << 10,
          64 << 20,
          false);

  /**
   * Checks that each deadline is between 10 ms and a day, and that each number is at least 1, or 0
   * where that has a meaning, and {@code frameBytes} at most 16 MiB.
   *
   * @throws IllegalArgumentException naming the first that is not
   */
  public ServerLimits {
    inRange("header", header);
    inRange("hello", hello);
    inRange("frame", frame);
    inRange("progress", progress);
    inRange("ping", ping);
    inRange("pong", pong);
    inRange("goodbye", goodbye);
    atLeast("connections", 1, connections);
    atLeast("connectionsPerAddress", 0, connectionsPerAddress);
    atLeast("frameBytes", 1, frameBytes);
    if (frameBytes > MOST_FRAME_BYTES) {
      throw new IllegalArgumentException("frameBytes must be at most 16 MiB, not " + frameBytes);
    }
    atLeast("bufferBytes", 1, bufferBytes);
    atLeast("bytesInAll", 1, bytesInAll);
  }

  /** These with another deadline for a request's header. */
  public ServerLimits withHeader(Duration other) {
    return with(copy -> copy.header = other);
  }

  /** These with another deadline for the first frame of im.v1. */
  public ServerLimits withHello(Duration other) {
    return with(copy -> copy.hello = other);
  }

  /** These with another deadline for a message that has begun. */
  public ServerLimits withFrame(Duration other) {
    return with(copy -> copy.frame = other);
  }

  /** These with another deadline for a client to take something. */
  public ServerLimits withProgress(Duration other) {
    return with(copy -> copy.progress = other);
  }

  /** These with another time between pings, and another for the answer to one. */
  public ServerLimits withPing(Duration otherPing, Duration otherPong) {
    return with(
        copy -> {
          copy.ping = otherPing;
          copy.pong = otherPong;
        });
  }

  /** These with another deadline for the end of a connection that is being closed. */
  public ServerLimits withGoodbye(Duration other) {
    return with(copy -> copy.goodbye = other);
  }

  /** These with another number of sockets in all, and of one address; 0 for no limit to those. */
  public ServerLimits withConnections(int inAll, int perAddress) {
    return with(
        copy -> {
          copy.connections = inAll;
          copy.connectionsPerAddress = perAddress;
        });
  }

  /** These with another bound of what is queued for one client, in bytes. */
  public ServerLimits withBufferBytes(int bytes) {
    return with(copy -> copy.bufferBytes = bytes);
  }

  /** These with another bound of what all clients have queued and half sent, in bytes. */
  public ServerLimits withBytesInAll(int bytes) {
    return with(copy -> copy.bytesInAll = bytes);
  }

  /** These with or without compression. */
  public ServerLimits withCompression(boolean on) {
    return with(copy -> copy.compression = on);
  }

  private ServerLimits with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.limits();
  }

  /** How often to look. */
  Duration tick() {
    Duration shortest =
        Collections.min(List.of(header, hello, frame, progress, ping, pong, goodbye));
    return Collections.min(List.of(shortest.dividedBy(4), Duration.ofSeconds(1)));
  }

  private static void inRange(String name, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be from 10 ms to a day, not " + value);
    }
  }

  private static void atLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }

  /** The bounds while some are changed. */
  private static final class Copy {
    private Duration header;
    private Duration hello;
    private Duration frame;
    private Duration progress;
    private Duration ping;
    private Duration pong;
    private Duration goodbye;
    private int connections;
    private int connectionsPerAddress;
    private int frameBytes;
    private int bufferBytes;
    private int bytesInAll;
    private boolean compression;

    Copy(ServerLimits limits) {
      header = limits.header;
      hello = limits.hello;
      frame = limits.frame;
      progress = limits.progress;
      ping = limits.ping;
      pong = limits.pong;
      goodbye = limits.goodbye;
      connections = limits.connections;
      connectionsPerAddress = limits.connectionsPerAddress;
      frameBytes = limits.frameBytes;
      bufferBytes = limits.bufferBytes;
      bytesInAll = limits.bytesInAll;
      compression = limits.compression;
    }

    ServerLimits limits() {
      return new ServerLimits(
          header,
          hello,
          frame,
          progress,
          ping,
          pong,
          goodbye,
          connections,
          connectionsPerAddress,
          frameBytes,
          bufferBytes,
          bytesInAll,
          compression);
    }
  }
}
