package im.pair.core;

/**
 * Why a connection ends: the WebSocket close code, whether its client should come back, and a word
 * for people.
 */
public enum CloseReason {
  /** A binary frame, where only text is spoken. */
  BINARY(1003, false, "text frames only"),
  /** A text frame that is not UTF-8. */
  NOT_UTF8(1007, false, "not UTF-8"),
  /** A frame over the size limit. */
  TOO_LARGE(1009, false, "frame too large"),
  /** The server failed to handle the connection. */
  SERVER_ERROR(1011, true, "server error"),
  /** More connections than the server or the user may have. */
  TRY_AGAIN_LATER(1013, true, "too many connections"),
  /** One frame after the other that is none of the protocol. */
  BAD_FRAMES(4400, false, "too many bad frames"),
  /** Who it claims to be is not, or no longer, proved; with a new proof it may come back. */
  UNAUTHENTICATED(4401, true, "not authenticated"),
  /** It has not said in time who it is. */
  NO_HELLO(4408, true, "no hello in time"),
  /** It went on sending although it was told to wait. */
  FLOOD(4429, true, "too many messages"),
  /** The server is going away; another, or the same one again, takes over. */
  DRAINING(4503, true, "server is going away"),
  /** The client takes its frames too slowly, or not at all. */
  TOO_SLOW(4508, true, "too slow");

  private final int code;
  private final boolean comeBack;
  private final String words;

  CloseReason(int code, boolean comeBack, String words) {
    this.code = code;
    this.comeBack = comeBack;
    this.words = words;
  }

  /** The close code of RFC 6455 §7.4, from 4000 on this project's own. */
  public int code() {
    return code;
  }

  /** Whether a client that is told this should connect again. */
  public boolean comeBack() {
    return comeBack;
  }

  /** The reason in a few ASCII words. */
  public String words() {
    return words;
  }
}
