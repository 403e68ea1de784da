package im.pair.jetty;

import im.pair.core.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Hears how connections end: each WebSocket once, and other sockets if it was the server that ended
 * them. It is the server's own record, for what a client is told may not reach it. Called from any
 * thread; it must not block or throw.
 */
interface Endings {
  /** Takes no notice. */
  Endings UNHEARD = (how, reason) -> {};

  /** How a connection ended. */
  enum Ending {
    /** The server closed a WebSocket, for a reason. */
    SENT_AWAY,
    /** The client broke the rules of RFC 6455 or 7692. */
    BREACH,
    /** The client did not answer a ping. */
    NO_PONG,
    /** The client said good-bye. */
    CLIENT,
    /** The client has gone without a word. */
    LOST,
    /** A socket over a cap, closed as soon as it was accepted. */
    REFUSED,
    /** The header of a request was not complete in time. */
    NO_REQUEST,
    /** An answer over HTTP was not taken in time. */
    NOT_TAKEN
  }

  /**
   * A connection has ended.
   *
   * @param reason why the server closed it, with {@link Ending#SENT_AWAY} alone
   */
  void ended(Ending how, @Nullable CloseReason reason);
}
