package im.pair.fuzz;

import static im.pair.fuzz.Oracle.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.Event;
import im.pair.core.Kind;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.wire.BadFrameException;
import im.pair.wire.ClassicCodec;
import im.pair.wire.V1Decoder;
import im.pair.wire.V1Encoder;
import im.pair.wire.V1Frame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the codec of im.v1 to what its frames are, read by other means. For any fuzzer. */
public final class V1Target {
  private static final UserId ALICE = new UserId("alice");
  private static final UserId BOB = new UserId("bob");

  /** What a command knows beside its type and its ref. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "hello", List.of("token", "user", "epoch", "cursors"),
          "ping", List.of(),
          "send", List.of("to", "id", "kind", "of", "body", "data"),
          "mark", List.of("peer", "delivered", "read"),
          "typing", List.of("to", "on"),
          "watch", List.of("peers"),
          "history", List.of("peer", "before", "after", "limit"),
          "conversations", List.of("cursor", "limit"));

  private static final JsonNode DEFAULTS =
      StrictJson.read(
          "{\"kind\":\"message\",\"of\":0,\"delivered\":0,\"read\":0,\"limit\":50,\"cursors\":{}}");

  private V1Target() {}

  /**
   * Tries one input.
   *
   * @throws AssertionError if the codec is wrong about it
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Oracle.text(input);
    JsonNode tree = StrictJson.frame(text);
    V1Frame frame;
    try {
      frame = Oracle.read(V1Decoder::decode, text);
    } catch (BadFrameException e) {
      Oracle.refused(e);
      check(e.code() == Rejection.BAD_FRAME, "has no answer for", e.code());
      check(tree == null || !isPing(tree), "is refused because", e.getMessage());
      check(tree == null || !isOfUnreadable(String.valueOf(e.getMessage())), "is unreadable");
      return;
    }
    check(tree != null, "is read although it is none");
    check(value(tree, "ref").equals(ref(frame)), "has another ref");
    if (frame instanceof V1Frame.Refused refused) {
      refused(tree, refused.rejected());
    } else {
      read(tree, frame);
    }
    if (frame instanceof V1Frame.Ask ask && ask.command() instanceof Command.Send send) {
      check(send.draft().data() == null || text.contains(send.draft().data()), "has other data");
      written(tree, send);
    }
  }

  private static boolean isPing(JsonNode tree) {
    return "ping".equals(tree.path("type").textValue())
        && (!tree.has("ref") || tree.get("ref").isNull());
  }

  private static boolean isOfUnreadable(String reason) {
    return Stream.of("a frame is", "a text has", "there is").anyMatch(reason::startsWith);
  }

  private static JsonNode ref(V1Frame frame) {
    if (frame instanceof V1Frame.Hello hello) {
      return ref(hello.ref());
    } else if (frame instanceof V1Frame.Ping ping) {
      return ref(ping.ref());
    } else if (frame instanceof V1Frame.Ask ask) {
      return ref(ask.command().ref());
    }
    return ref(((V1Frame.Refused) frame).rejected().ref());
  }

  private static JsonNode ref(@Nullable String json) {
    return json == null ? MissingNode.getInstance() : StrictJson.read(json);
  }

  private static void refused(JsonNode tree, Event.Rejected rejected) {
    check(
        rejected.ref() != null || rejected.id() != null || rejected.code() == Rejection.BAD_USER,
        "is rejected with nothing to know it by");
    check(
        rejected.id() == null || (rejected.to() != null) == isUser(tree.path("to")),
        "is rejected to nobody");
    JsonNode told = StrictJson.read(V1Encoder.SHARED.encode(rejected));
    check(value(tree, "ref").equals(told.path("ref")), "is rejected by another ref");
    check(
        rejected.id() == null || told.get("id").equals(tree.get("id")),
        "is rejected by another id");
    check(rejected.to() == null || told.get("to").equals(tree.get("to")), "is rejected to another");
    check("rejected".equals(told.get("type").textValue()), "is told as", told);
  }

  private static boolean isUser(JsonNode node) {
    return node.isTextual() && UserId.isValid(node.textValue());
  }

  /** What was read, written again, must be read the same and have the fields that were sent. */
  private static void read(JsonNode tree, V1Frame frame) {
    String json = V1Writer.write(frame);
    try {
      check(V1Decoder.decode(json).equals(frame), "is not what is written of it:", json);
    } catch (BadFrameException e) {
      throw new AssertionError("what is written of this frame is refused: " + json, e);
    }
    JsonNode again = StrictJson.read(json);
    check(again.get("type").equals(tree.get("type")), "is of another type");
    for (String name : FIELDS.get(again.get("type").textValue())) {
      check(Objects.equals(value(tree, name), value(again, name)), "has another " + name, json);
      check(name.equals("data") || areIntegers(tree.path(name)), "has no such " + name, json);
    }
    check(areIntegers(tree.path("ref")), "has no such ref");
  }

  /** Whether all numbers that the protocol knows are integers from 0 to 2^53-1. */
  private static boolean areIntegers(JsonNode node) {
    if (node.isNumber()) {
      return StrictJson.isInteger(node);
    }
    for (JsonNode inner : node) {
      if (!areIntegers(inner)) {
        return false;
      }
    }
    return true;
  }

  private static Object value(JsonNode tree, String name) {
    JsonNode value = tree.path(name).isNull() ? DEFAULTS.path(name) : tree.path(name);
    value = value.isMissingNode() ? DEFAULTS.path(name) : value;
    return switch (name) {
      case "limit" -> Math.min(value.longValue(), Integer.MAX_VALUE);
      case "cursor" -> value.asText().replaceFirst("^0+(?=[0-9])", "");
      case "peers" -> distinct(value);
      default -> value;
    };
  }

  private static List<JsonNode> distinct(JsonNode array) {
    Set<JsonNode> items = new LinkedHashSet<>();
    array.forEach(items::add);
    return List.copyOf(items);
  }

  /** Whatever can be sent can be told. */
  private static void written(JsonNode tree, Command.Send send) {
    Draft draft = send.draft();
    Event event = Oracle.appended(send.to().equals(ALICE) ? BOB : ALICE, send.to(), draft);
    JsonNode told = StrictJson.read(V1Encoder.SHARED.encode(event));
    for (String name : List.of("to", "id", "kind", "of", "body", "data")) {
      check(
          Objects.equals(value(tree, name), value(told, name)),
          "is told with another " + name,
          told);
    }
    check(
        told.get("kind").textValue().equals(draft.kind().name().toLowerCase(Locale.ROOT)),
        "is told of another kind");
    byte[] classic = ClassicCodec.STRING_IDS.encode(event);
    if (draft.kind() == Kind.MESSAGE) {
      String body = draft.body() == null ? "" : draft.body();
      check(body.equals(StrictJson.read(classic).get("msg").textValue()), "is told otherwise");
    } else {
      check(classic.length == 0, "is told to classic clients");
    }
  }
}
