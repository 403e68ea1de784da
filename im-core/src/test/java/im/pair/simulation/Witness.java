package im.pair.simulation;

import im.pair.core.Command;
import im.pair.core.Cursor;
import im.pair.core.Event;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks all that one session is told, at the instant at which its connection takes it: against the
 * model, and against what it was told before.
 */
final class Witness {
  private final World world;
  private final UserId user;
  private final String who;
  final Ledger ledger;
  final Map<Pair, Line> lines = new LinkedHashMap<>(); // of the pairs that it hears
  private final Map<UserId, Event.Presence> presences = new LinkedHashMap<>();
  private Set<UserId> watched = Set.of();

  // Of a session that resumes.
  private @Nullable Map<Pair, Cursor> cursors;
  private final Map<Pair, Long> headsAtHello = new LinkedHashMap<>();
  private final Map<Pair, Long> floors = new LinkedHashMap<>(); // what the router knew at hello
  private @Nullable Boolean honest; // what the welcome must say; absent if both may be true
  private boolean welcomed = true;
  private boolean synced = true;
  private boolean syncedNow;

  Witness(World world, UserId user, String who) {
    this.world = world;
    this.user = user;
    this.who = who;
    ledger = new Ledger(world, user);
  }

  private void check(boolean held, Supplier<String> words) {
    if (!held) {
      world.trace.fail(who + " " + words.get());
    }
  }

  /** From now on it hears a pair. */
  void hears(Pair pair) {
    hears(pair, world.published.head(pair));
  }

  private void hears(Pair pair, long floor) {
    lines.computeIfAbsent(pair, p -> new Line(world, p, who, floor, world.store.calls()));
  }

  void hearsAll() {
    world.plan.pairsOf(user).forEach(this::hears);
  }

  /** It says hello with these. */
  void resumes(@Nullable String epoch, Map<Pair, Cursor> from) {
    cursors = from;
    welcomed = false;
    synced = false;
    boolean sameEpoch = world.durable.epoch().equals(epoch);
    boolean stands = sameEpoch;
    boolean mayChange = false;
    world.plan.pairsOf(user).forEach(pair -> floors.put(pair, world.published.head(pair)));
    for (Map.Entry<Pair, Cursor> place : from.entrySet()) {
      ModelLog log = world.model().log(place.getKey());
      headsAtHello.put(place.getKey(), log.head());
      Cursor cursor = place.getValue();
      ModelEntry entry = log.get(cursor.seq());
      // Until the store is asked the log may grow up to the cursor, or drop its entry.
      mayChange |= cursor.seq() > log.head();
      mayChange |= world.plan.bounded() && cursor.seq() > 0;
      boolean standsHere = entry != null && entry.at == cursor.at();
      stands &= cursor.seq() == 0 || standsHere;
    }
    boolean unsure = sameEpoch && mayChange && !stands;
    honest = unsure ? null : Boolean.valueOf(stands);
  }

  void watches(Set<UserId> peers) {
    if (peers.size() <= world.plan.limits().watchedPeers()) {
      watched = peers;
      presences.keySet().retainAll(peers);
    }
  }

  void told(Event event) {
    check(welcomed || event instanceof Event.Welcome, () -> "is told before its welcome: " + event);
    check(!syncedNow || event instanceof Event.Synced, () -> "is not synced at once");
    if (event instanceof Event.Welcome welcome) {
      welcome(welcome);
    } else if (event instanceof Event.Synced) {
      check(!synced, () -> "is synced twice");
      synced = true;
      syncedNow = false;
      lines.values().forEach(Line::synced);
    } else if (event instanceof Event.Appended appended) {
      Line line = line(appended.entry().pair());
      if (line != null) {
        line.entry(appended.entry());
      }
    } else if (event instanceof Event.Truncated truncated) {
      Line line = line(truncated.pair());
      if (line != null) {
        line.truncated(truncated.before());
      }
    } else if (event instanceof Event.Marked marked) {
      Line line = line(marked.pair());
      if (line != null) {
        line.marked(marked.user(), marked.marks());
      }
    } else if (event instanceof Event.Typing typing) {
      typing(typing);
    } else if (event instanceof Event.Presence presence) {
      presence(presence);
    } else if (event instanceof Event.Accepted accepted) {
      ledger.accepted(accepted);
    } else if (event instanceof Event.Rejected rejected) {
      ledger.rejected(rejected);
    } else if (event instanceof Event.Page page) {
      ledger.page(page);
    } else if (event instanceof Event.Conversations list) {
      ledger.list(list);
    }
  }

  private @Nullable Line line(Pair pair) {
    check(pair.has(user), () -> "is told of " + pair);
    Line line = lines.get(pair);
    check(line != null, () -> "does not hear " + pair);
    return line;
  }

  private void welcome(Event.Welcome welcome) {
    check(!welcomed, () -> "is welcomed twice");
    check(
        welcome.epoch().equals(world.durable.epoch()), () -> "is told of epoch " + welcome.epoch());
    check(
        honest == null || honest == welcome.resumed(),
        () -> "is told resumed: " + welcome.resumed());
    welcomed = true;
    // The session started at some instant between its hello and this.
    floors.forEach(this::hears);
    syncedNow = !welcome.resumed();
    if (welcome.resumed() && cursors != null) {
      cursors.forEach(
          (pair, cursor) -> lines.get(pair).resume(cursor.seq(), headsAtHello.get(pair)));
    }
    world.trace.saw("resumed " + welcome.resumed());
  }

  private void typing(Event.Typing typing) {
    Pair pair = Pair.of(typing.from(), typing.to());
    check(typing.to().equals(user) && line(pair) != null, () -> "is told " + typing);
    check(
        world.plan.mayWrite(typing.from(), user), () -> "is told " + typing + ", which is blocked");
    world.trace.saw("typing");
  }

  private void presence(Event.Presence told) {
    boolean visible = world.plan.mayWrite(user, told.user());
    boolean online = world.isOnline(told.user());
    check(
        watched.contains(told.user()),
        () -> "is told of " + told.user() + ", whom it does not watch");
    check(told.online() == (visible && online), () -> "is told " + told);
    check(
        told.lastSeen() == 0
            || (visible
                && !told.online()
                && world.cameOrWent.getOrDefault(told.user(), Set.of()).contains(told.lastSeen())),
        () -> "is told " + told);
    presences.put(told.user(), told);
    world.trace.saw("presence " + told.online());
  }

  /** All has come to rest. */
  void checkRest(boolean toTheEnd) {
    check(welcomed && synced, () -> "is not synced");
    for (Line line : lines.values()) {
      line.checkRest(toTheEnd);
    }
    ledger.checkRest(lines);
    for (UserId peer : watched) {
      Event.Presence last = presences.get(peer);
      boolean online = world.plan.mayWrite(user, peer) && world.isOnline(peer);
      check(
          last != null && last.online() == online, () -> "was told last of " + peer + ": " + last);
    }
  }

  void asked(Command command) {
    ledger.opened(command);
    if (command instanceof Command.Watch watch) {
      watches(watch.peers());
    }
  }
}
