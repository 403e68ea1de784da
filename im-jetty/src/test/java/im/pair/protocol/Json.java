package im.pair.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** JSON as strictly as a frame is read. */
public final class Json {
  /** The top of the source tree. */
  static final Path ROOT = Path.of(System.getProperty("im.root", ".."));

  private static final int FRAME_NESTING = 16;
  private static final JsonMapper FILES = mapper(StreamReadConstraints.DEFAULT_MAX_DEPTH);
  private static final JsonMapper FRAMES = mapper(FRAME_NESTING);

  private Json() {}

  private static JsonMapper mapper(int nesting) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(nesting).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** Reads a text that is JSON. */
  public static JsonNode parse(String text) {
    try {
      return FILES.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + text, e);
    }
  }

  static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** A frame, if the text can be read as one: by what wire.md says of all frames. */
  static Optional<JsonNode> frame(String text) {
    try {
      JsonNode frame = FRAMES.readTree(text);
      return frame.isObject() && isWellFormed(frame) && hasPlainIntegers(text)
          ? Optional.of(frame)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isWellFormed(JsonNode value) {
    boolean good = !value.isTextual() || isWellFormed(value.textValue());
    for (var fields = value.fieldNames(); good && fields.hasNext(); ) {
      good = isWellFormed(fields.next());
    }
    for (var children = value.elements(); good && children.hasNext(); ) {
      good = isWellFormed(children.next());
    }
    return good;
  }

  private static boolean isWellFormed(String text) {
    return text.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Of the frame's own fields: what is in {@code data} is the client's matter. */
  private static boolean hasPlainIntegers(String text) throws IOException {
    try (JsonParser parser = FRAMES.createParser(text)) {
      boolean good = true;
      for (JsonToken token; good && (token = parser.nextToken()) != null; ) {
        boolean own = parser.getParsingContext().getNestingDepth() == 1;
        good = !own || !token.isNumeric() || parser.getText().matches("\\d{1,16}");
      }
      return good;
    }
  }
}
