package im.pair.fuzz;

import static im.pair.fuzz.ClassicTarget.quoted;

import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.UserId;
import im.pair.wire.V1Frame;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes im.v1 frames as a client would, the fields in an order of its own. */
final class V1Writer {
  private final StringJoiner fields = new StringJoiner(",", "{", "}");

  private V1Writer() {}

  /** A frame as JSON. Not one that was refused: there is nothing to write of it. */
  static String write(V1Frame frame) {
    V1Writer writer = new V1Writer();
    if (frame instanceof V1Frame.Hello hello) {
      writer.hello(hello);
    } else if (frame instanceof V1Frame.Ping ping) {
      writer.type("ping", ping.ref());
    } else if (frame instanceof V1Frame.Ask ask) {
      writer.command(ask.command());
    }
    return writer.fields.toString();
  }

  private void hello(V1Frame.Hello hello) {
    UserId user = hello.credentials().user();
    string("token", hello.credentials().token());
    string("user", user == null ? null : user.value());
    string("epoch", hello.epoch());
    raw(
        "cursors",
        hello.cursors().entrySet().stream()
            .map(
                e ->
                    quoted(e.getKey().value())
                        + ":"
                        + cursor(e.getValue().seq(), e.getValue().at()))
            .collect(Collectors.joining(",", "{", "}")));
    type("hello", hello.ref());
  }

  private static String cursor(long seq, long at) {
    return "[" + seq + "," + at + "]";
  }

  private void command(Command command) {
    if (command instanceof Command.Send send) {
      string("to", send.to().value());
      draft(send.draft());
      type("send", send.ref());
    } else if (command instanceof Command.Mark mark) {
      string("peer", mark.peer().value());
      raw("read", mark.read());
      raw("delivered", mark.delivered());
      type("mark", mark.ref());
    } else if (command instanceof Command.Typing typing) {
      string("to", typing.to().value());
      raw("on", typing.on());
      type("typing", typing.ref());
    } else if (command instanceof Command.Watch watch) {
      raw(
          "peers",
          watch.peers().stream()
              .map(peer -> quoted(peer.value()))
              .collect(Collectors.joining(",", "[", "]")));
      type("watch", watch.ref());
    } else if (command instanceof Command.History history) {
      string("peer", history.peer().value());
      if (history.ascending()) {
        raw("after", history.from());
      } else if (history.from() != Long.MAX_VALUE) {
        raw("before", history.from());
      }
      raw("limit", history.limit());
      type("history", history.ref());
    } else if (command instanceof Command.Conversations conversations) {
      raw("limit", conversations.limit());
      if (conversations.after() != null) {
        string("cursor", conversations.after().at() + "." + conversations.after().peer());
      }
      type("conversations", conversations.ref());
    }
  }

  private void draft(Draft draft) {
    raw("data", draft.data());
    string("body", draft.body());
    raw("of", draft.of());
    string("kind", draft.kind().name().toLowerCase(Locale.ROOT));
    string("id", draft.id());
  }

  private void type(String type, @Nullable String ref) {
    raw("ref", ref);
    string("type", type);
  }

  private void string(String name, @Nullable String value) {
    raw(name, value == null ? null : quoted(value));
  }

  private void raw(String name, @Nullable Object json) {
    if (json != null) {
      fields.add(quoted(name) + ":" + json);
    }
  }
}
