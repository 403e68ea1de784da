package im.pair.core;

import java.util.Locale;

/** Why a command failed while the connection lives. The codes are stable. Source: wire.md. */
public enum Rejection {
  /** Not a frame of the protocol. */
  BAD_FRAME,
  /** Not a user's name. */
  BAD_USER,
  /** One cannot write to oneself. */
  SELF,
  /** A part is larger than {@link Limits} allow. */
  TOO_LARGE,
  /** Too much, too fast or too many at once. */
  RATE,
  /** The {@link AccessPolicy} says no. */
  BLOCKED,
  /** What it refers to is not there. */
  NOT_FOUND,
  /** One changes only one's own messages. */
  NOT_YOURS,
  /** The message is deleted. */
  DELETED,
  /** Not known to be stored: send again under the same id. */
  STORE,
  /** Not who it claims to be. */
  UNAUTHENTICATED,
  /** The connection speaks for another user. */
  IDENTITY;

  /** The code as it stands on the wire: the name in small letters. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
