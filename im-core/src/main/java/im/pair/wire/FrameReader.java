package im.pair.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame, a JSON object, field by field. It holds what wire.md says is common to both
 * protocols: {@code null} means absent; duplicate keys, nesting over 16, trailing text, lone
 * surrogates and U+0000 make the frame a bad one, wherever they are.
 *
 * <p>The parser looks at each character once, keeps no name beyond its frame, and makes numbers of
 * nothing but short digits.
 */
final class FrameReader implements AutoCloseable {
  private static final int MAX_NESTING = 16;
  private static final long MAX_INTEGER = (1L << 53) - 1;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final String text;
  private final JsonParser parser;

  FrameReader(String frame) throws BadFrameException {
    this(frame, JsonToken.START_OBJECT);
  }

  private FrameReader(String text, JsonToken start) throws BadFrameException {
    this.text = text;
    try {
      parser = FACTORY.createParser(text);
      if (parser.nextToken() != start) {
        throw BadFrameException.of("a frame is one JSON object");
      }
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /** Whether the text is one JSON object that could stand in a frame. */
  static boolean isObject(String text) {
    try (FrameReader reader = new FrameReader(text)) {
      while (reader.nextName() != null) {
        reader.skip();
      }
      return true;
    } catch (BadFrameException e) {
      return false;
    }
  }

  /** The strings of an array that {@link #value} has read. */
  static List<String> strings(String name, Value array) throws BadFrameException {
    try (FrameReader reader = new FrameReader(array.text(), JsonToken.START_ARRAY)) {
      List<String> strings = new ArrayList<>();
      while (reader.parser.nextToken() != JsonToken.END_ARRAY) {
        String string = reader.string(name);
        if (string == null) {
          throw BadFrameException.of("'" + name + "' must be strings");
        }
        strings.add(string);
      }
      return strings;
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /** The text of a frame that came as bytes. */
  static String text(byte[] utf8) throws BadFrameException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw BadFrameException.of("a frame is UTF-8");
    }
  }

  /**
   * The name of the next field, whose value must then be taken or skipped; or, at the end of the
   * frame, nothing.
   */
  @Nullable String nextName() throws BadFrameException {
    try {
      if (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = wellFormed(parser.currentName());
        parser.nextToken();
        return name;
      }
      if (parser.nextToken() != null) {
        throw BadFrameException.of("there is text behind the JSON object");
      }
      return null;
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /** The value as a string, if it is not {@code null}. */
  @Nullable String string(String name) throws BadFrameException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> wellFormed(valueText());
      default -> throw BadFrameException.of("'" + name + "' must be a string");
    };
  }

  /** The value as a string, or an integer's digits, if it is not {@code null}. */
  @Nullable String stringOrInteger(String name) throws BadFrameException {
    if (isNumber()) {
      return integer(name);
    }
    if (parser.currentToken() == JsonToken.VALUE_STRING
        || parser.currentToken() == JsonToken.VALUE_NULL) {
      return string(name);
    }
    throw BadFrameException.of("'" + name + "' must be a string or an integer");
  }

  /** Whether the value is a number. */
  boolean isNumber() {
    return parser.currentToken().isNumeric();
  }

  private String integer(String name) throws BadFrameException {
    return integer(name, valueText());
  }

  /** Checks an integer's digits. */
  static String integer(String name, String digits) throws BadFrameException {
    if (digits.length() > 16
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
        || Long.parseLong(digits) > MAX_INTEGER) {
      throw BadFrameException.of("'" + name + "' must be plain digits, at most 2^53-1");
    }
    return digits;
  }

  /** The integers of an array that has so many. */
  long[] integers(String name, int count) throws BadFrameException {
    try {
      boolean fits = parser.currentToken() == JsonToken.START_ARRAY;
      long[] integers = new long[count];
      for (int i = 0; fits && i < count; i++) {
        fits = parser.nextToken().isNumeric();
        integers[i] = fits ? Long.parseLong(integer(name)) : 0;
      }
      if (!fits || parser.nextToken() != JsonToken.END_ARRAY) {
        throw BadFrameException.of("'" + name + "' must be arrays of " + count + " integers");
      }
      return integers;
    } catch (IOException e) {
      throw unreadable();
    }
  }

  /** The value, whatever it is: that is for later to say. */
  Value value() throws BadFrameException {
    JsonToken token = parser.currentToken();
    if (!token.isStructStart()) {
      return new Value(
          token, token == JsonToken.VALUE_STRING ? wellFormed(valueText()) : valueText());
    }
    int start = (int) parser.currentTokenLocation().getCharOffset();
    skip();
    return new Value(token, text.substring(start, (int) parser.currentLocation().getCharOffset()));
  }

  /**
   * A value as it stands in a frame.
   *
   * @param token what it is, by its first token
   * @param text a string's characters; anything else as it was sent
   */
  record Value(JsonToken token, String text) {}

  /** Passes the value over, but not what is wrong in it. */
  void skip() throws BadFrameException {
    try {
      int depth = 0;
      JsonToken token = parser.currentToken();
      while (true) {
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
          wellFormed(parser.getText());
        } else if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        if (depth == 0) {
          return;
        }
        token = parser.nextToken();
      }
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private String valueText() throws BadFrameException {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private static String wellFormed(String text) throws BadFrameException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == 0 || (Character.isSurrogate(c) && !pair)) {
        throw BadFrameException.of("a text has a lone surrogate or U+0000");
      }
      i += pair ? 1 : 0;
    }
    return text;
  }

  private static BadFrameException unreadable() {
    return BadFrameException.of(
        "a frame is one JSON object, without duplicate keys, endless numbers or names, and at most "
            + MAX_NESTING
            + " deep");
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new AssertionError("a string cannot fail to close", e);
    }
  }
}
