package im.pair.jdbc;

import im.pair.core.Draft;
import im.pair.core.Kind;
import im.pair.core.Pair;
import im.pair.core.UserId;

/**
 * What somebody means to append. Its words follow from its id, so that whoever finds the entry
 * knows what it must say.
 *
 * @param of as in a draft
 */
record Intent(UserId from, UserId to, String id, Kind kind, long of) {
  private static final String[] REACTIONS = {"👍", "🎉", "", "❤️"};
  private static final int LONG_BODY = 9_000; // more than two pages of the database

  static Intent parse(String line) {
    String[] words = line.split(" ", -1);
    return new Intent(
        new UserId(words[0]),
        new UserId(words[1]),
        words[2],
        Kind.valueOf(words[3]),
        Long.parseLong(words[4]));
  }

  /** On one line; {@link #parse} reads it. */
  String line() {
    return from + " " + to + " " + id + " " + kind + " " + of;
  }

  Pair pair() {
    return Pair.of(from, to);
  }

  /** What is unique in all logs. */
  String key() {
    return key(from, to, id);
  }

  static String key(UserId from, UserId to, String id) {
    return from + " " + to + " " + id;
  }

  Draft draft() {
    int mix = Math.floorMod(id.hashCode() * 31, 1_000);
    return switch (kind) {
      case MESSAGE ->
          new Draft(id, kind, 0, body(mix), mix % 4 == 0 ? "{\"in\":\"" + id + "\"}" : null);
      case EDIT -> Draft.edit(id, of, body(mix));
      case REACT -> Draft.react(id, of, REACTIONS[mix % REACTIONS.length]);
      case DELETE -> Draft.delete(id, of);
    };
  }

  private String body(int mix) {
    int length = mix % 40 == 0 ? LONG_BODY : mix;
    return "说 " + id + " 👋 " + id.repeat(length / id.length());
  }
}
