package im.pair.simulation;

import im.pair.core.Command;
import im.pair.core.Event;
import im.pair.core.Marks;
import im.pair.core.MessageStore.Range;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The commands of one session, each of which must be answered once, and rightly. */
final class Ledger {
  /**
   * A command without an answer.
   *
   * @param step at which it was given
   * @param instant at which it was given
   * @param nanos at which it was given, by the router's clock
   * @param rejection how it must be rejected; absent if that is up to the store
   * @param retryAfterMs what a rejection for its rate must say
   */
  private record Open(
      Command command,
      int step,
      long instant,
      long nanos,
      @Nullable Rejection rejection,
      long retryAfterMs) {}

  private final World world;
  private final UserId user;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final List<Command.Send> sends = new ArrayList<>(); // all, in order

  Ledger(World world, UserId user) {
    this.world = world;
    this.user = user;
  }

  private void check(boolean held, Supplier<String> words) {
    if (!held) {
      world.trace.fail(user + ": " + words.get());
    }
  }

  void opened(Command command) {
    Rejection rejection = null;
    long wait = 0;
    if (command instanceof Command.Send send) {
      world.sends(user, send);
      sends.add(send);
      if (send.to().equals(user)) {
        rejection = Rejection.SELF;
      } else if (send.draft().body() != null
          && send.draft().body().length() > world.plan.limits().bodyBytes()) {
        rejection = Rejection.TOO_LARGE;
      } else {
        wait = world.allowance(user).take(world.clock.nanoTime());
        rejection =
            wait > 0
                ? Rejection.RATE
                : world.plan.mayWrite(user, send.to()) ? null : Rejection.BLOCKED;
      }
    } else if (command instanceof Command.Mark mark) {
      rejection =
          mark.peer().equals(user)
              ? Rejection.SELF
              : world.plan.mayWrite(user, mark.peer()) ? null : Rejection.NOT_FOUND;
    } else if (command instanceof Command.Watch watch) {
      rejection =
          watch.peers().size() > world.plan.limits().watchedPeers() ? Rejection.TOO_LARGE : null;
    }
    open.put(
        command.ref(),
        new Open(
            command, world.trace.step(), world.order(), world.clock.nanoTime(), rejection, wait));
    if (rejection != null) {
      world.trace.saw("rejected " + rejection);
    }
  }

  /** How many sends of this session, at least, the store has not answered. */
  long sendsInTheStore() {
    return open.values().stream().filter(this::isInTheStore).count();
  }

  /** Only of an id that was sent once: others may be answered by another's answer. */
  private boolean isInTheStore(Open one) {
    return one.rejection == null
        && one.command instanceof Command.Send send
        && world.sentOnce(user, send)
        && world.store.waits(Pair.of(user, send.to()), user, send.draft().id());
  }

  private boolean isOverdue(Open one) {
    return world.clock.nanoTime() - one.nanos >= world.plan.limits().storeTimeout().toNanos();
  }

  /** After a tick, with room for answers. */
  void checkOverdue() {
    for (Open one : open.values()) {
      check(!isOverdue(one) || !isInTheStore(one), () -> "still waits for " + one.command);
    }
  }

  private @Nullable Open close(@Nullable String ref, String answer) {
    Open closed = open.remove(ref);
    check(closed != null, () -> answer + " for " + ref + ", which waits for none");
    return closed;
  }

  void accepted(Event.Accepted answer) {
    Open closed = close(answer.ref(), "accepted");
    if (closed == null || !(closed.command instanceof Command.Send send)) {
      return;
    }
    check(closed.rejection == null, () -> "accepted, not " + closed.rejection);
    check(
        send.to().equals(answer.to()) && send.draft().id().equals(answer.id()),
        () -> "accepted is " + answer.id());
    ModelEntry first = world.model().log(Pair.of(user, answer.to())).get(answer.seq());
    check(
        first != null
            && first.from.equals(user)
            && first.draft.id().equals(answer.id())
            && first.at == answer.at(),
        () -> "is told " + answer);
    world.trace.saw("a repeated send accepted");
  }

  void rejected(Event.Rejected answer) {
    Open closed = close(answer.ref(), "rejected");
    if (closed == null) {
      return;
    }
    check(
        closed.rejection == null || closed.rejection == answer.code(),
        () -> answer.code() + ", not " + closed.rejection);
    check(
        answer.retryAfterMs() == closed.retryAfterMs, () -> "retry after " + answer.retryAfterMs());
    if (closed.rejection == null) {
      check(isTrue(answer.code(), closed), () -> closed.command + " is rejected " + answer.code());
      world.trace.saw("rejected " + answer.code());
    }
  }

  private boolean isTrue(Rejection code, Open closed) {
    if (code == Rejection.STORE) {
      return !world.plan.sound()
          || world.plan.limits().pendingAppends() < 100
          || isOverdue(closed)
          || (hasText(closed) && world.lastErasure >= closed.step);
    }
    if (closed.command instanceof Command.Mark) {
      return code == Rejection.NOT_FOUND;
    }
    return closed.command instanceof Command.Send send
        && world.durable.hasTold(
            "refused " + Pair.of(user, send.to()) + " " + user + " " + send.draft().id(), code, 0);
  }

  /** What was read before an erasure is not given after it: it is to be asked for again. */
  private static boolean hasText(Open closed) {
    return closed.command instanceof Command.History
        || closed.command instanceof Command.Conversations;
  }

  void page(Event.Page answer) {
    Open closed = close(answer.ref(), "a page");
    if (closed == null || !(closed.command instanceof Command.History history)) {
      return;
    }
    int limit = Math.max(1, Math.min(history.limit(), world.plan.limits().pageEntries()));
    Range range =
        new Range(history.from(), history.ascending(), limit, world.plan.limits().pageBytes());
    Pair pair = Pair.of(user, history.peer());
    check(
        answer.peer().equals(history.peer())
            && world.durable.hasTold(
                "page " + pair + " " + Words.of(range), answer.page(), closed.step),
        () -> "a page that the store has not told for " + history);
    world.trace.saw("a page");
  }

  void list(Event.Conversations answer) {
    Open closed = close(answer.ref(), "a list");
    if (closed == null || !(closed.command instanceof Command.Conversations asked)) {
      return;
    }
    int limit = Math.max(1, Math.min(asked.limit(), world.plan.limits().pageEntries()));
    check(
        world.durable.hasTold(
            "list " + user + " " + asked.after() + " " + limit, answer.listing(), closed.step),
        () -> "a list that the store has not told for " + asked);
    world.trace.saw("a list");
  }

  /** All has come to rest: whatever waits was answered by an entry, by marks or in silence. */
  void checkRest(Map<Pair, Line> lines) {
    checkOrder();
    List<String> byEntry = new ArrayList<>();
    for (Open left : open.values()) {
      check(left.rejection == null, () -> left.command + " was not rejected " + left.rejection);
      if (left.command instanceof Command.Send send) {
        Line line = lines.get(Pair.of(user, send.to()));
        String id = send.draft().id();
        check(
            line == null
                || line.wasGiven(user, id, left.instant)
                || line.hasLost(user, id)
                || line.since > left.instant,
            () -> "no answer to " + send);
        check(
            world.plan.bounded() || !byEntry.contains(send.to() + " " + id),
            () -> "one answer to two of " + send);
        byEntry.add(send.to() + " " + id);
      } else if (left.command instanceof Command.Mark mark) {
        checkMark(mark, lines.get(Pair.of(user, mark.peer())), left.instant);
      } else {
        check(
            left.command instanceof Command.Typing || left.command instanceof Command.Watch,
            () -> "no answer to " + left.command);
      }
    }
  }

  /** What was sent earlier has the lower number, if it was sent once. */
  private void checkOrder() {
    Map<UserId, Long> last = new HashMap<>();
    for (Command.Send send : sends) {
      boolean once = world.sentOnce(user, send) && !send.to().equals(user);
      ModelEntry entry =
          once ? world.model().log(Pair.of(user, send.to())).find(user, send.draft().id()) : null;
      if (entry != null && entry.call > 0) {
        long before = last.getOrDefault(send.to(), 0L);
        check(entry.seq > before, () -> entry.seq + " was sent after " + before);
        last.put(send.to(), entry.seq);
      }
    }
  }

  private void checkMark(Command.Mark mark, @Nullable Line line, long instant) {
    if (line != null && line.since < instant) {
      check(line.wasTold(user, Marks.NONE, instant), () -> "no answer to " + mark);
    }
  }
}
