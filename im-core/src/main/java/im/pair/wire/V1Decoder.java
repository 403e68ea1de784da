package im.pair.wire;

import com.fasterxml.jackson.core.JsonToken;
import im.pair.core.Command;
import im.pair.core.Cursor;
import im.pair.core.Draft;
import im.pair.core.Event;
import im.pair.core.Kind;
import im.pair.core.MessageStore.Place;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.wire.FrameReader.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the frames of im.v1 clients, without state. Source: wire.md, im.v1. */
public final class V1Decoder {
  /** The longest {@code ref}, in characters. */
  public static final int MAX_REF = 64;

  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "ref",
          "token",
          "user",
          "epoch",
          "cursors",
          "to",
          "id",
          "kind",
          "of",
          "body",
          "data",
          "peer",
          "delivered",
          "read",
          "on",
          "peers",
          "before",
          "after",
          "limit",
          "cursor");

  private final Fields fields;
  private final @Nullable String ref;

  private V1Decoder(Fields fields) throws BadFrameException {
    this.fields = fields;
    ref = fields.reference("ref", MAX_REF);
  }

  /**
   * Reads a frame.
   *
   * @throws BadFrameException if it is none of the protocol, and nothing in it says which command
   *     an answer would be to
   */
  public static V1Frame decode(String frame) throws BadFrameException {
    return new V1Decoder(new Fields(frame, KNOWN)).decode();
  }

  private V1Frame decode() throws BadFrameException {
    try {
      String type = String.valueOf(fields.string("type"));
      return switch (type) {
        case "hello" -> hello();
        case "ping" -> new V1Frame.Ping(ref);
        case "send" -> send();
        case "mark" -> new V1Frame.Ask(mark());
        case "typing" ->
            new V1Frame.Ask(new Command.Typing(ref, fields.user("to"), fields.flag("on")));
        case "watch" -> new V1Frame.Ask(new Command.Watch(ref, peers()));
        case "history" -> new V1Frame.Ask(history());
        case "conversations" -> new V1Frame.Ask(conversations());
        default -> throw BadFrameException.of("'type' must be one of the protocol's");
      };
    } catch (BadFrameException e) {
      return refused(e, null, null);
    }
  }

  private V1Frame refused(BadFrameException e, @Nullable UserId to, @Nullable String id)
      throws BadFrameException {
    if (e.code() == Rejection.BAD_FRAME && ref == null && id == null) {
      throw e;
    }
    String reason = String.valueOf(e.getMessage());
    return new V1Frame.Refused(new Event.Rejected(ref, to, id, e.code(), reason, 0));
  }

  private V1Frame hello() throws BadFrameException {
    String user = fields.string("user");
    Credentials credentials =
        new Credentials(fields.string("token"), user == null ? null : Fields.user("user", user));
    return new V1Frame.Hello(ref, credentials, fields.string("epoch"), cursors());
  }

  private Map<UserId, Cursor> cursors() throws BadFrameException {
    Map<UserId, Cursor> cursors = new HashMap<>();
    String object = fields.object("cursors");
    if (object != null) {
      try (FrameReader reader = new FrameReader(object)) {
        for (String peer; (peer = reader.nextName()) != null; ) {
          long[] cursor = reader.integers("cursors", 2);
          cursors.put(Fields.user("cursors", peer), new Cursor(cursor[0], cursor[1]));
        }
      }
    }
    return cursors;
  }

  private V1Frame send() throws BadFrameException {
    String id = fields.string("id");
    if (id == null || id.isEmpty() || id.length() > 64 || !id.matches("[ -~]*")) {
      throw BadFrameException.of("'id' must be 1 to 64 printable ASCII characters");
    }
    UserId to = null;
    try {
      to = fields.user("to");
      return new V1Frame.Ask(new Command.Send(ref, to, draft(id)));
    } catch (BadFrameException e) {
      return refused(e, to, id);
    }
  }

  private Draft draft(String id) throws BadFrameException {
    Kind kind = kind();
    String body = fields.string("body");
    String data = fields.object("data");
    if (kind == Kind.MESSAGE
        ? data == null && (body == null || body.isEmpty())
        : kind == Kind.EDIT && body != null && body.isEmpty()) {
      throw BadFrameException.of("'body' must not be empty");
    }
    try {
      return new Draft(id, kind, fields.integer("of", 0), body, data);
    } catch (IllegalArgumentException e) {
      throw BadFrameException.of(String.valueOf(e.getMessage()));
    }
  }

  private Kind kind() throws BadFrameException {
    String kind = fields.string("kind");
    return switch (kind == null ? "message" : kind) {
      case "message" -> Kind.MESSAGE;
      case "edit" -> Kind.EDIT;
      case "delete" -> Kind.DELETE;
      case "react" -> Kind.REACT;
      default -> throw BadFrameException.of("'kind' must be message, edit, delete or react");
    };
  }

  private Command mark() throws BadFrameException {
    UserId peer = fields.user("peer");
    if (!fields.has("delivered") && !fields.has("read")) {
      throw BadFrameException.of("a mark has 'delivered' or 'read'");
    }
    return new Command.Mark(ref, peer, fields.integer("delivered", 0), fields.integer("read", 0));
  }

  private Set<UserId> peers() throws BadFrameException {
    Value array = fields.value("peers", JsonToken.START_ARRAY, "an array of users");
    if (array == null) {
      throw BadFrameException.of("'peers' is missing");
    }
    Set<UserId> peers = new LinkedHashSet<>();
    for (String peer : FrameReader.strings("peers", array)) {
      peers.add(Fields.user("peers", peer));
    }
    return peers;
  }

  private Command history() throws BadFrameException {
    requireRef();
    UserId peer = fields.user("peer");
    if (fields.has("before") && fields.has("after")) {
      throw BadFrameException.of("a history goes on 'before' or 'after', not both");
    }
    boolean ascending = fields.has("after");
    long from = ascending ? fields.integer("after", 0) : fields.integer("before", Long.MAX_VALUE);
    return new Command.History(ref, peer, from, ascending, limit());
  }

  private Command conversations() throws BadFrameException {
    requireRef();
    String cursor = fields.string("cursor");
    return new Command.Conversations(ref, cursor == null ? null : place(cursor), limit());
  }

  private void requireRef() throws BadFrameException {
    if (ref == null) {
      throw BadFrameException.of("'ref' is missing");
    }
  }

  private int limit() throws BadFrameException {
    return (int) Math.min(fields.integer("limit", 50), Integer.MAX_VALUE);
  }

  /** The place that a list gave as its {@code next}, which is opaque to clients. */
  private static Place place(String cursor) throws BadFrameException {
    int dot = cursor.indexOf('.');
    if (dot < 1) {
      throw BadFrameException.of("'cursor' must be the 'next' of a list");
    }
    long at = Long.parseLong(FrameReader.integer("cursor", cursor.substring(0, dot)));
    return new Place(at, Fields.user("cursor", cursor.substring(dot + 1)));
  }

  /** The text that {@link #place} reads. */
  static String cursor(Place place) {
    return place.at() + "." + place.peer();
  }
}
