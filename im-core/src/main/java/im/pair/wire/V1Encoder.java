package im.pair.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Format;
import im.pair.core.Limits;
import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Summary;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the frames of im.v1, without state. Source: wire.md, im.v1. */
public final class V1Encoder {
  /**
   * The events that are the same for every session that is told them. The others make an empty
   * frame: {@link Event.Welcome} and {@link Event.Truncated} are written for one session.
   */
  public static final Format<byte[]> SHARED = V1Encoder::encode;

  private static final byte[] NOTHING = {};

  private V1Encoder() {}

  private static byte[] encode(Event event) {
    if (event instanceof Event.Appended appended) {
      return frame("entry", null, json -> entry(json, appended.entry()));
    } else if (event instanceof Event.Marked marked) {
      return frame("mark", null, json -> marked(json, marked));
    } else if (event instanceof Event.Typing typing) {
      return frame("typing", null, json -> typing(json, typing));
    } else if (event instanceof Event.Presence presence) {
      return frame("presence", null, json -> presence(json, presence));
    } else if (event instanceof Event.Accepted accepted) {
      return frame("accepted", accepted.ref(), json -> accepted(json, accepted));
    } else if (event instanceof Event.Rejected rejected) {
      return frame("rejected", rejected.ref(), json -> rejected(json, rejected));
    } else if (event instanceof Event.Page page) {
      return frame("page", page.ref(), json -> page(json, page.peer(), page.page()));
    } else if (event instanceof Event.Conversations list) {
      return frame("conversations", list.ref(), json -> listing(json, list.listing()));
    } else if (event instanceof Event.Synced) {
      return frame("synced", null, json -> {});
    }
    return NOTHING;
  }

  /** A frame: its type, what it answers, and the rest. */
  static byte[] frame(String type, @Nullable String ref, FrameWriter.Content content) {
    return FrameWriter.object(
        json -> {
          json.writeStringField("type", type);
          if (ref != null) {
            json.writeFieldName("ref");
            json.writeRawValue(ref);
          }
          content.write(json);
        });
  }

  /** The first frame to a client that was let in. */
  static byte[] welcome(
      @Nullable String ref,
      Identity identity,
      String session,
      long now,
      Limits limits,
      int frameBytes,
      Event.Welcome welcome) {
    return frame(
        "welcome",
        ref,
        json -> {
          json.writeStringField("user", identity.user().value());
          json.writeStringField("session", session);
          json.writeStringField("epoch", welcome.epoch());
          json.writeNumberField("now", now);
          expires(json, identity);
          json.writeObjectFieldStart("limits");
          json.writeNumberField("bodyBytes", limits.bodyBytes());
          json.writeNumberField("frameBytes", frameBytes);
          json.writeNumberField("dataBytes", limits.dataBytes());
          json.writeEndObject();
          json.writeBooleanField("resumed", welcome.resumed());
        });
  }

  static byte[] renewed(@Nullable String ref, Identity identity) {
    return frame("renewed", ref, json -> expires(json, identity));
  }

  private static void expires(JsonGenerator json, Identity identity) throws IOException {
    if (identity.expires() != Identity.NEVER) {
      json.writeNumberField("expires", identity.expires());
    }
  }

  static byte[] truncated(Event.Truncated truncated, UserId user) {
    return frame(
        "truncated",
        null,
        json -> {
          json.writeStringField("peer", truncated.pair().other(user).value());
          json.writeNumberField("before", truncated.before());
        });
  }

  static byte[] error(String reason) {
    return frame(
        "error",
        null,
        json -> {
          json.writeStringField("code", Rejection.BAD_FRAME.code());
          json.writeStringField("reason", reason);
        });
  }

  private static void entry(JsonGenerator json, Entry entry) throws IOException {
    json.writeStringField("from", entry.from().value());
    json.writeStringField("to", entry.to().value());
    json.writeNumberField("seq", entry.seq());
    json.writeStringField("id", entry.id());
    json.writeNumberField("at", entry.at());
    json.writeStringField("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    if (entry.of() > 0) {
      json.writeNumberField("of", entry.of());
    }
    if (entry.body() != null) {
      json.writeStringField("body", entry.body());
    }
    if (entry.data() != null) {
      data(json, entry.data());
    }
    flag(json, "edited", entry.edited());
    flag(json, "deleted", entry.deleted());
    if (!entry.reactions().isEmpty()) {
      json.writeObjectFieldStart("reactions");
      for (Map.Entry<UserId, String> reaction : new TreeMap<>(entry.reactions()).entrySet()) {
        json.writeStringField(reaction.getKey().value(), reaction.getValue());
      }
      json.writeEndObject();
    }
  }

  /** A client's data is an object's JSON text; a host's may be any text. */
  private static void data(JsonGenerator json, String data) throws IOException {
    if (FrameReader.isObject(data)) {
      json.writeFieldName("data");
      json.writeRawValue(data);
    } else {
      json.writeStringField("data", data);
    }
  }

  private static void flag(JsonGenerator json, String name, boolean on) throws IOException {
    if (on) {
      json.writeBooleanField(name, true);
    }
  }

  private static void marked(JsonGenerator json, Event.Marked marked) throws IOException {
    json.writeStringField("from", marked.user().value());
    json.writeStringField("to", marked.pair().other(marked.user()).value());
    json.writeNumberField("delivered", marked.marks().delivered());
    json.writeNumberField("read", marked.marks().read());
  }

  private static void typing(JsonGenerator json, Event.Typing typing) throws IOException {
    json.writeStringField("from", typing.from().value());
    json.writeStringField("to", typing.to().value());
    json.writeBooleanField("on", typing.on());
  }

  private static void presence(JsonGenerator json, Event.Presence presence) throws IOException {
    json.writeStringField("user", presence.user().value());
    json.writeBooleanField("online", presence.online());
    if (!presence.online() && presence.lastSeen() > 0) {
      json.writeNumberField("lastSeen", presence.lastSeen());
    }
  }

  private static void accepted(JsonGenerator json, Event.Accepted accepted) throws IOException {
    json.writeStringField("id", accepted.id());
    json.writeStringField("to", accepted.to().value());
    json.writeNumberField("seq", accepted.seq());
    json.writeNumberField("at", accepted.at());
  }

  private static void rejected(JsonGenerator json, Event.Rejected rejected) throws IOException {
    if (rejected.id() != null) {
      json.writeStringField("id", rejected.id());
    }
    if (rejected.to() != null) {
      json.writeStringField("to", rejected.to().value());
    }
    json.writeStringField("code", rejected.code().code());
    json.writeStringField("reason", rejected.reason());
    if (rejected.retryAfterMs() > 0) {
      json.writeNumberField("retryAfterMs", rejected.retryAfterMs());
    }
  }

  private static void page(JsonGenerator json, UserId peer, Page page) throws IOException {
    json.writeStringField("peer", peer.value());
    json.writeArrayFieldStart("entries");
    for (Entry entry : page.entries()) {
      json.writeStartObject();
      entry(json, entry);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("head", page.head());
    json.writeBooleanField("more", page.more());
  }

  private static void listing(JsonGenerator json, Listing listing) throws IOException {
    json.writeArrayFieldStart("items");
    for (Summary item : listing.items()) {
      json.writeStartObject();
      summary(json, item);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (listing.next() != null) {
      json.writeStringField("next", V1Decoder.cursor(listing.next()));
    }
  }

  private static void summary(JsonGenerator json, Summary item) throws IOException {
    json.writeStringField("peer", item.peer().value());
    json.writeNumberField("head", item.head());
    json.writeNumberField("delivered", item.own().delivered());
    json.writeNumberField("read", item.own().read());
    json.writeNumberField("peerDelivered", item.peers().delivered());
    json.writeNumberField("peerRead", item.peers().read());
    json.writeNumberField("unread", item.unread());
    if (item.last() != null) {
      json.writeObjectFieldStart("last");
      entry(json, item.last());
      json.writeEndObject();
    }
  }
}
