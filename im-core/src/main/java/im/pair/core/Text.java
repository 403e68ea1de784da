package im.pair.core;

import org.jspecify.annotations.Nullable;

/** What the core must know of text: whether it can be stored and sent, and its size as UTF-8. */
final class Text {
  private Text() {}

  /**
   * The size as UTF-8, in bytes; that of no text is 0.
   *
   * @throws IllegalArgumentException if the text has a lone surrogate or U+0000, which no store and
   *     no wire carries
   */
  static int utf8Length(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException("text must not contain U+0000");
      }
      if (!Character.isSurrogate(c)) {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new IllegalArgumentException("text must not contain a lone surrogate");
      }
    }
    return bytes;
  }
}
