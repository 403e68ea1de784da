package im.pair.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads JSON as somebody would who knows nothing of the codecs, and forgives as little. */
public final class StrictJson {
  private static final int MAX_NESTING = 16;
  private static final long MAX_INTEGER = 9_007_199_254_740_991L;
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads a text.
   *
   * @throws AssertionError if it is not JSON
   */
  public static JsonNode read(String text) {
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /**
   * Reads what was written for a client.
   *
   * @throws AssertionError if it is not JSON in UTF-8
   */
  public static JsonNode read(byte[] utf8) {
    String text = utf8(utf8);
    if (text == null) {
      throw new AssertionError("not UTF-8: " + new String(utf8, StandardCharsets.ISO_8859_1));
    }
    return read(text);
  }

  /** A frame as wire.md wants it for both protocols, or nothing if it is none. */
  static @Nullable JsonNode frame(String text) {
    try {
      JsonNode tree = STRICT.readTree(text);
      return tree.isObject() && isWellFormed(tree, 1) ? tree : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static boolean isWellFormed(JsonNode node, int depth) {
    if (node.isTextual()) {
      return isWellFormed(node.textValue());
    }
    if (node.isContainerNode() && depth > MAX_NESTING) {
      return false;
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!isWellFormed(names.next())) {
        return false;
      }
    }
    for (JsonNode inner : node) {
      if (!isWellFormed(inner, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
  }

  /** Whether it is one of the integers that wire.md takes. */
  static boolean isInteger(JsonNode node) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= 0
        && node.longValue() <= MAX_INTEGER;
  }

  /** The text of these bytes, or nothing if they are not UTF-8. */
  static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
