package im.pair.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bytes as choices among what a frame can be made of: with these, one byte more or less is a field
 * or a value more or less, which a fuzzer would rarely hit upon by changing letters. An input that
 * begins with {@link #MARK}, which no UTF-8 does, is meant so.
 */
final class Grammar {
  static final byte MARK = (byte) 0xFF;

  private static final int DEEPEST = 20;
  private static final int MOST_ITEMS = 8;

  private static final List<String> NAMES =
      words(
          "type ref token user epoch cursors to id kind of body data peer delivered read on peers"
              + " before after limit cursor userId targetId message x t\\u006f __proto__");
  private static final List<String> TYPES =
      List.of("send", "hello", "mark", "typing", "watch", "history", "conversations", "ping", "x");
  private static final List<String> KINDS =
      List.of("edit", "delete", "react", "message", "Edit", "");
  private static final List<String> USERS =
      List.of("bob", "alice", "1", "a.b", "b b", "", "0", "user-with-a-name@example.org");
  private static final List<String> STRINGS =
      words("hi  7 5.bob 00.1 c1 \\ud83d\\udc4d \\ud83d \\u0000 👍 \\\"");
  private static final List<String> NUMBERS =
      words("0 1 8 9007199254740991 9007199254740992 -0 -1 1.0 1e3 01");

  private final byte[] choices;
  private final StringBuilder text = new StringBuilder();
  private int next = 1;

  private Grammar(byte[] choices) {
    this.choices = choices;
  }

  /** Words between single spaces; between two, an empty one. */
  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  static String frame(byte[] choices) {
    Grammar grammar = new Grammar(choices);
    grammar.object(1);
    return grammar.text.toString();
  }

  private int choice() {
    return next < choices.length ? choices[next++] & 0xFF : 0;
  }

  private String one(List<String> of) {
    return of.get(choice() % of.size());
  }

  private void object(int depth) {
    text.append('{');
    for (int i = choice() % MOST_ITEMS; i >= 0 && next < choices.length; i--) {
      String name = one(NAMES);
      text.append('"').append(name).append("\":");
      if (choice() % 4 == 0) {
        value(depth + 1);
      } else {
        expected(name, depth + 1);
      }
      text.append(i == 0 || next >= choices.length ? "" : ",");
    }
    text.append('}');
  }

  /** What that field has in a good frame, or nearly. */
  private void expected(String name, int depth) {
    switch (name) {
      case "type" -> string(one(TYPES));
      case "kind" -> string(one(KINDS));
      case "to", "peer", "user", "userId", "targetId" -> string(one(USERS));
      case "of", "delivered", "read", "before", "after", "limit" -> number();
      case "on" -> text.append(choice() % 2 == 0);
      case "peers" -> array(() -> string(one(USERS)));
      case "cursors" -> cursors(depth);
      case "data" -> object(depth);
      default -> string(one(STRINGS));
    }
  }

  private void cursors(int depth) {
    text.append('{');
    string(one(USERS));
    text.append(':');
    if (choice() % 4 == 0) {
      value(depth + 1);
    } else {
      text.append('[');
      number();
      text.append(',');
      number();
      text.append(']');
    }
    text.append('}');
  }

  private void number() {
    if (choice() % 4 == 0) {
      string(one(STRINGS));
    } else {
      text.append(one(NUMBERS));
    }
  }

  private void value(int depth) {
    switch (depth < DEEPEST ? choice() % 8 : 0) {
      case 0 -> string(one(STRINGS));
      case 1 -> text.append(one(NUMBERS));
      case 2 -> text.append(choice());
      case 3 -> text.append(one(List.of("null", "true", "false", "NaN")));
      case 4 -> array(() -> value(depth + 1));
      case 5 -> object(depth);
      case 6 -> string(letters());
      default -> array(this::number);
    }
  }

  private void array(Runnable item) {
    text.append('[');
    for (int i = choice() % MOST_ITEMS; i > 0; i--) {
      item.run();
      text.append(i == 1 ? "" : ",");
    }
    text.append(']');
  }

  private String letters() {
    int length = choice();
    int from = next;
    next = Math.min(choices.length, from + length);
    return new String(choices, from, next - from, StandardCharsets.ISO_8859_1);
  }

  private void string(String letters) {
    text.append('"').append(letters).append('"');
  }
}
