package im.pair.simulation;

import im.pair.core.Command;
import im.pair.core.Cursor;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Marks;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.UserId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a trace, in a few words. They are the same in every run, while a map of a record
 * prints in any order; and a record's own words take their time.
 */
final class Words {
  private Words() {}

  static String of(Event event) {
    if (event instanceof Event.Appended appended) {
      return of(appended.entry());
    }
    if (event instanceof Event.Page answer) {
      Page page = answer.page();
      return "page " + page.entries().stream().map(Words::of).toList() + " of " + page.head();
    }
    if (event instanceof Event.Conversations list) {
      return "list of " + list.listing().items().size();
    }
    if (event instanceof Event.Marked marked) {
      return marked.pair() + " marked " + marked.user() + " " + of(marked.marks());
    }
    return event.toString();
  }

  static String of(Command command) {
    if (command instanceof Command.Send send) {
      return "send " + send.ref() + " to " + send.to() + " " + of(send.draft());
    }
    if (command instanceof Command.Mark mark) {
      String to = mark.delivered() + "/" + mark.read();
      return "mark " + mark.ref() + " " + mark.peer() + " " + to;
    }
    return command instanceof Command.Watch watch
        ? "watch " + watch.ref() + " " + watch.peers().stream().sorted().toList()
        : command.toString();
  }

  static String of(Range range) {
    String from = (range.ascending() ? "after " : "before ") + range.from();
    return from + " at most " + range.limit() + ", " + range.bytes() + " bytes";
  }

  static String of(Marks marks) {
    return marks.delivered() + "/" + marks.read();
  }

  static String of(Map<UserId, Cursor> cursors) {
    StringBuilder words = new StringBuilder();
    cursors.forEach(
        (peer, cursor) ->
            words.append(peer).append(' ').append(cursor.seq()).append('@').append(cursor.at()));
    return words.toString();
  }

  private static String of(Draft draft) {
    String of = draft.of() == 0 ? "" : " of " + draft.of();
    return draft.id() + " " + draft.kind().name() + of + " '" + draft.body() + "'";
  }

  private static String of(Entry entry) {
    String what = entry.id() + " " + entry.kind().name();
    String of = entry.of() == 0 ? "" : " of " + entry.of();
    String body = entry.deleted() ? " deleted" : " '" + entry.body() + "'";
    String edited = entry.edited() ? " edited" : "";
    String reactions = entry.reactions().isEmpty() ? "" : " " + new TreeMap<>(entry.reactions());
    return entry.pair()
        + " "
        + entry.seq()
        + " "
        + entry.from()
        + " "
        + what
        + of
        + body
        + edited
        + reactions;
  }
}
