package im.pair.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What stands in a case for values that differ from run to run: a string like {@code $at1} is bound
 * to the first value that it meets, and from then on means that; {@code $any} means each time
 * another. Not thread-safe.
 */
public final class Placeholders {
  private static final String ANY = "$any";

  /** The fields whose values are numbers. */
  private static final Set<String> NUMBERS =
      Set.of("at", "now", "expires", "lastSeen", "retryAfterMs", "cursors");

  private final Map<String, JsonNode> bound = new HashMap<>();

  private static boolean isPlaceholder(JsonNode value) {
    return value.isTextual() && value.textValue().startsWith("$");
  }

  /**
   * Whether a frame is the expected one; if so, what is met for the first time is bound.
   *
   * @param expected perhaps with placeholders
   */
  public boolean match(JsonNode expected, JsonNode actual) {
    Map<String, JsonNode> before = Map.copyOf(bound);
    if (matches(expected, actual)) {
      return true;
    }
    bound.clear();
    bound.putAll(before);
    return false;
  }

  private boolean matches(JsonNode expected, JsonNode actual) {
    if (isPlaceholder(expected)) {
      String name = expected.textValue();
      JsonNode known = name.equals(ANY) ? null : bound.putIfAbsent(name, actual);
      return actual.isValueNode() && (known == null || known.equals(actual));
    }
    if (!expected.isContainerNode()) {
      return expected.equals(actual);
    }
    if (expected.getNodeType() != actual.getNodeType() || expected.size() != actual.size()) {
      return false;
    }
    if (expected.isArray()) {
      for (int i = 0; i < expected.size(); i++) {
        if (!matches(expected.get(i), actual.get(i))) {
          return false;
        }
      }
      return true;
    }
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      if (!actual.has(field.getKey()) || !matches(field.getValue(), actual.path(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** What is to be sent. */
  public JsonNode fill(JsonNode frame) {
    return replaced(
        frame,
        "",
        (field, name) -> {
          JsonNode value = bound.get(name);
          if (value == null) {
            throw new IllegalArgumentException(name + " has met no value yet");
          }
          return value;
        });
  }

  /** The frame with values of the right kind, for a schema to judge. */
  static JsonNode sample(JsonNode frame) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return replaced(
        frame,
        "",
        (field, name) ->
            NUMBERS.contains(field) ? make.numberNode(1_767_225_600_000L) : make.textNode("x"));
  }

  private static JsonNode replaced(
      JsonNode value, String field, BiFunction<String, String, JsonNode> values) {
    if (isPlaceholder(value)) {
      return values.apply(field, value.textValue());
    }
    if (value.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> array.add(replaced(element, field, values)));
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      boolean nested = field.equals("cursors");
      for (Map.Entry<String, JsonNode> child : value.properties()) {
        String name = nested ? field : child.getKey();
        object.set(child.getKey(), replaced(child.getValue(), name, values));
      }
      return object;
    }
    return value;
  }
}
