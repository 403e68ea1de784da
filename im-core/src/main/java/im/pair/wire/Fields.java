package im.pair.wire;

import com.fasterxml.jackson.core.JsonToken;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.wire.FrameReader.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a frame that its protocol knows, read in one pass and in whatever order they come.
 * What they must be depends on the frame's type, so it is checked when they are asked for.
 */
final class Fields {
  private final Map<String, Value> values = new HashMap<>();

  Fields(String frame, Set<String> known) throws BadFrameException {
    try (FrameReader reader = new FrameReader(frame)) {
      for (String name; (name = reader.nextName()) != null; ) {
        if (known.contains(name)) {
          values.put(name, reader.value());
        } else {
          reader.skip();
        }
      }
    }
    values.values().removeIf(value -> value.token() == JsonToken.VALUE_NULL);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value, if it is there; it must be of that kind. */
  @Nullable Value value(String name, JsonToken kind, String words) throws BadFrameException {
    Value value = values.get(name);
    if (value != null && value.token() != kind) {
      throw BadFrameException.of("'" + name + "' must be " + words);
    }
    return value;
  }

  @Nullable String string(String name) throws BadFrameException {
    Value value = value(name, JsonToken.VALUE_STRING, "a string");
    return value == null ? null : value.text();
  }

  /** The integer, or if it is not there another number. */
  long integer(String name, long absent) throws BadFrameException {
    Value value = value(name, JsonToken.VALUE_NUMBER_INT, "an integer");
    return value == null ? absent : Long.parseLong(FrameReader.integer(name, value.text()));
  }

  boolean flag(String name) throws BadFrameException {
    Value value = values.get(name);
    if (value == null || !value.token().isBoolean()) {
      throw BadFrameException.of("'" + name + "' must be true or false");
    }
    return value.token() == JsonToken.VALUE_TRUE;
  }

  /** The JSON text of an object, as it was sent. */
  @Nullable String object(String name) throws BadFrameException {
    Value value = value(name, JsonToken.START_OBJECT, "an object");
    return value == null ? null : value.text();
  }

  /** A string or an integer as JSON text, to be repeated in an answer. */
  @Nullable String reference(String name, int most) throws BadFrameException {
    Value value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value.text().length() > most) {
      throw BadFrameException.of("'" + name + "' has at most " + most + " characters");
    }
    return switch (value.token()) {
      case VALUE_STRING -> FrameWriter.quoted(value.text());
      case VALUE_NUMBER_INT -> FrameReader.integer(name, value.text());
      default -> throw BadFrameException.of("'" + name + "' must be a string or an integer");
    };
  }

  UserId user(String name) throws BadFrameException {
    String text = string(name);
    if (text == null) {
      throw BadFrameException.of("'" + name + "' is missing");
    }
    return user(name, text);
  }

  static UserId user(String name, String text) throws BadFrameException {
    if (!UserId.isValid(text)) {
      throw new BadFrameException(
          Rejection.BAD_USER,
          "'"
              + name
              + "' must be 1 to 64 of A-Z a-z 0-9 . _ - @ : + with a letter or a digit at both ends");
    }
    return new UserId(text);
  }
}
