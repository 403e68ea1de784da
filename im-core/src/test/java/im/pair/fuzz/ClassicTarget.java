package im.pair.fuzz;

import static im.pair.fuzz.Oracle.check;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.Draft;
import im.pair.core.Event;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.wire.BadFrameException;
import im.pair.wire.ClassicCodec;
import im.pair.wire.ClassicFrame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds the classic codec to what its frames are, read by other means. For any fuzzer. */
public final class ClassicTarget {
  private ClassicTarget() {}

  /**
   * Tries one input.
   *
   * @throws AssertionError if the codec is wrong about it
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Oracle.text(input);
    ClassicFrame frame = decode(text);
    check(
        Objects.equals(frame, decode(input)) || StrictJson.utf8(input) == null,
        "is other as bytes");
    if (frame != null) {
      check(frame.equals(decode(json(frame))), "is not what is written of it");
      written(frame);
    }
  }

  private static @Nullable ClassicFrame decode(String text) {
    JsonNode tree = StrictJson.frame(text);
    try {
      ClassicFrame frame = Oracle.read(ClassicCodec::decode, text);
      check(tree != null, "is read although it is none");
      check(frame.user().value().equals(user(tree, "userId")), "is of another user");
      check(frame.userIsNumber() == tree.get("userId").isNumber(), "is of another type of user");
      check(frame.target().value().equals(user(tree, "targetId")), "is to another");
      check(frame.targetIsNumber() == tree.get("targetId").isNumber(), "is to another type");
      check(Objects.equals(frame.message(), tree.path("message").textValue()), "says other things");
      return frame;
    } catch (BadFrameException e) {
      Oracle.refused(e);
      check(tree == null || !isGood(tree), "is refused because", e.getMessage());
      check(tree != null || e.code() == Rejection.BAD_FRAME, "is refused for a user in no frame");
      return null;
    }
  }

  private static @Nullable ClassicFrame decode(byte[] utf8) {
    try {
      ClassicFrame frame = ClassicCodec.decode(utf8);
      check(StrictJson.utf8(utf8) != null, "is read although it is not UTF-8");
      return frame;
    } catch (BadFrameException e) {
      Oracle.refused(e);
      return null;
    }
  }

  /** Whether it must be read. Jackson makes 0 of -0, so users of that name are left open. */
  private static boolean isGood(JsonNode tree) {
    JsonNode message = tree.path("message");
    return user(tree, "userId") != null
        && user(tree, "targetId") != null
        && !(tree.get("userId").isNumber() && tree.get("userId").longValue() == 0)
        && !(tree.get("targetId").isNumber() && tree.get("targetId").longValue() == 0)
        && (message.isTextual() || message.isNull() || message.isMissingNode());
  }

  /** The user of that field, unless it is none. */
  private static @Nullable String user(JsonNode tree, String name) {
    JsonNode node = tree.path(name);
    if (node.isTextual()) {
      return UserId.isValid(node.textValue()) ? node.textValue() : null;
    }
    return StrictJson.isInteger(node) ? node.asText() : null;
  }

  private static String json(ClassicFrame frame) {
    return "{\"targetId\":"
        + id(frame.target(), frame.targetIsNumber())
        + (frame.message() == null ? "" : ",\"message\":" + quoted(frame.message()))
        + ",\"userId\":"
        + id(frame.user(), frame.userIsNumber())
        + "}";
  }

  private static String id(UserId user, boolean isNumber) {
    return isNumber ? user.value() : quoted(user.value());
  }

  static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static void written(ClassicFrame frame) {
    if (frame.message() == null || frame.user().equals(frame.target())) {
      return;
    }
    Event event =
        Oracle.appended(frame.user(), frame.target(), Draft.message("c1", frame.message()));
    JsonNode told =
        StrictJson.read(
            (frame.userIsNumber() ? ClassicCodec.INTEGER_IDS : ClassicCodec.STRING_IDS)
                .encode(event));
    check(told.get("id").isNumber() == frame.userIsNumber(), "is told of another type of user");
    check(told.get("id").asText().equals(frame.user().value()), "is told of another user");
    check(frame.message().equals(told.get("msg").textValue()), "is told as", told);
    check(told.size() == 2, "is told with more");
  }
}
