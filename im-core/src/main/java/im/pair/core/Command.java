package im.pair.core;

/** What a session may ask of the router by {@link Session#receive}. */
public sealed interface Command {
  /**
   * Append to the log of oneself and {@code to}. The answer is the entry itself, given to every
   * session of both that hears the pair; or {@link Event.Accepted} or {@link Event.Rejected}, given
   * to the asking session alone. A session that does not hear the pair is not told of success.
   *
   * @param to the peer
   * @param draft what to append
   */
  record Send(UserId to, Draft draft) implements Command {}
}
