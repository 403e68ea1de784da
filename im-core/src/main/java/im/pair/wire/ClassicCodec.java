package im.pair.wire;

import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Format;
import im.pair.core.Kind;
import im.pair.core.UserId;
import org.jspecify.annotations.Nullable;

/** The frames of the classic protocol, without state. Source: wire.md, Classic. */
public final class ClassicCodec {
  /**
   * Events as frames that name users by JSON strings. An empty frame: the event is not for classic
   * clients.
   */
  public static final Format<byte[]> STRING_IDS = event -> encode(event, false);

  /**
   * The same for connections that name the sender, whose id is then all digits, by a JSON integer.
   */
  public static final Format<byte[]> INTEGER_IDS = event -> encode(event, true);

  private static final byte[] NOTHING = {};

  private ClassicCodec() {}

  /**
   * Reads a frame that came as bytes.
   *
   * @throws BadFrameException if it is not UTF-8, or as of a text
   */
  public static ClassicFrame decode(byte[] utf8) throws BadFrameException {
    return decode(FrameReader.text(utf8));
  }

  /**
   * Reads a frame.
   *
   * @throws BadFrameException if it is not a frame of the protocol, or names no users
   */
  public static ClassicFrame decode(String frame) throws BadFrameException {
    String user = null;
    String target = null;
    String message = null;
    boolean userIsNumber = false;
    boolean targetIsNumber = false;
    try (FrameReader reader = new FrameReader(frame)) {
      for (String name; (name = reader.nextName()) != null; ) {
        switch (name) {
          case "userId" -> {
            userIsNumber = reader.isNumber();
            user = reader.stringOrInteger(name);
          }
          case "targetId" -> {
            targetIsNumber = reader.isNumber();
            target = reader.stringOrInteger(name);
          }
          case "message" -> message = reader.string(name);
          default -> reader.skip();
        }
      }
    }
    return new ClassicFrame(
        userId("userId", user), userIsNumber, userId("targetId", target), targetIsNumber, message);
  }

  private static UserId userId(String name, @Nullable String value) throws BadFrameException {
    if (value == null) {
      throw BadFrameException.of("'" + name + "' is missing");
    }
    return Fields.user(name, value);
  }

  private static byte[] encode(Event event, boolean integerIds) {
    if (event instanceof Event.Appended appended && appended.entry().kind() == Kind.MESSAGE) {
      return encode(appended.entry(), integerIds);
    }
    if (event instanceof Event.Rejected rejected) {
      return encode(rejected);
    }
    return NOTHING;
  }

  private static byte[] encode(Entry entry, boolean integerId) {
    return FrameWriter.object(
        json -> {
          json.writeFieldName("id");
          if (integerId) {
            json.writeNumber(entry.from().value());
          } else {
            json.writeString(entry.from().value());
          }
          json.writeStringField("msg", entry.body() == null ? "" : entry.body());
        });
  }

  private static byte[] encode(Event.Rejected rejected) {
    return FrameWriter.object(
        json -> {
          json.writeNullField("id");
          json.writeStringField("msg", rejected.reason());
          json.writeStringField("error", rejected.code().code());
        });
  }
}
