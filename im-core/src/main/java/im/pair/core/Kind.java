package im.pair.core;

/**
 * What an entry of a log does. All but a message name, by {@code of}, the message that they change.
 */
public enum Kind {
  /** Says something. */
  MESSAGE,
  /** Gives one's own message another body. */
  EDIT,
  /** Takes one's own message away: its text, and that of its edits, is gone. */
  DELETE,
  /** Sets one's reaction to a message; an empty body takes it back. */
  REACT
}
