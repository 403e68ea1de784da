package im.pair.simulation;

import im.pair.core.Command;
import im.pair.core.Cursor;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client and what it keeps between its connections: up to where it has each log, what it has not
 * seen stored, and the epoch. It sends that again, under the same ids, until it has.
 */
final class Device {
  /** How its sessions start. */
  enum Sort {
    RESUMING,
    LIVE,
    JOINING
  }

  /** What it wants to be stored, and for whom. */
  record Unsent(UserId to, Draft draft) {}

  private final World world;
  final UserId user;
  final String name;
  private final Sort sort;
  private final Map<UserId, List<Cursor>> places = new HashMap<>(); // all it has had, newest last
  private final Map<String, Unsent> outbox = new LinkedHashMap<>(); // by peer and id
  private final List<Unsent> stored = new ArrayList<>();
  private @Nullable String epoch;
  private @Nullable Link link;
  private int links;

  Device(World world, UserId user, String name, Sort sort) {
    this.world = world;
    this.user = user;
    this.name = name;
    this.sort = sort;
  }

  /** Its connection, if it has one that lives. */
  @Nullable Link link() {
    return link == null || link.closed() ? null : link;
  }

  boolean joins() {
    return sort == Sort.JOINING;
  }

  /** Takes what was sent before the connection ended, or some of it, and ends it. */
  void disconnect() {
    if (link != null) {
      for (int left = world.dice.below(4); left > 0 && take(); left--) {}
      link.detach();
      link = null;
    }
  }

  void connect() {
    disconnect();
    link = new Link(world, user, name + "#" + ++links);
    switch (sort) {
      case RESUMING -> link.resume(epoch, cursors());
      case LIVE -> link.live();
      case JOINING -> join();
    }
  }

  void join() {
    Link joined = link();
    if (joined != null) {
      joined.join(peer());
    }
  }

  UserId peer() {
    List<UserId> peers = new ArrayList<>(world.plan.users());
    peers.remove(user);
    return world.dice.pick(peers);
  }

  /** What its log is up to; now and then an older state of it, or one that cannot be. */
  private Map<UserId, Cursor> cursors() {
    Map<UserId, Cursor> cursors = new LinkedHashMap<>();
    for (UserId peer : world.plan.users()) {
      List<Cursor> known = places.getOrDefault(peer, List.of());
      if (peer.equals(user) || (known.isEmpty() && world.dice.chance(50))) {
        continue;
      }
      Cursor newest = known.isEmpty() ? new Cursor(0, 0) : known.get(known.size() - 1);
      int chance = world.dice.below(100);
      Cursor cursor = newest;
      if (chance < 15 && !known.isEmpty()) {
        cursor = world.dice.pick(known);
        world.trace.saw("an old cursor");
      } else if (chance < 20) {
        cursor = new Cursor(0, 0);
      } else if (chance < 22) {
        cursor = new Cursor(newest.seq() + world.dice.between(1, 3), newest.at());
        world.trace.saw("a cursor that lies");
      } else if (chance < 24 && newest.at() > 0) {
        cursor = new Cursor(newest.seq(), newest.at() - 1);
        world.trace.saw("a cursor that lies");
      }
      cursors.put(peer, cursor);
      forget(peer, cursor);
    }
    return cursors;
  }

  private void forget(UserId peer, Cursor cursor) {
    List<Cursor> known = places.computeIfAbsent(peer, key -> new ArrayList<>());
    known.removeIf(place -> place.seq() >= cursor.seq());
    known.add(cursor);
  }

  /** Starts at the start of every log. */
  void connectFresh() {
    disconnect();
    places.clear();
    link = new Link(world, user, name + "#" + ++links);
    Map<UserId, Cursor> all = new LinkedHashMap<>();
    for (UserId peer : world.plan.users()) {
      if (!peer.equals(user)) {
        all.put(peer, new Cursor(0, 0));
      }
    }
    link.resume(world.durable.epoch(), all);
  }

  /** Takes an event, if there is one. */
  boolean take() {
    Event event = link == null ? null : link.take();
    if (event == null) {
      return false;
    }
    if (event instanceof Event.Welcome welcome) {
      if (!welcome.resumed()) {
        places.clear();
      }
      epoch = welcome.epoch();
    } else if (event instanceof Event.Appended appended) {
      entry(appended.entry());
    } else if (event instanceof Event.Accepted accepted) {
      settled(accepted.to(), accepted.id());
    } else if (event instanceof Event.Rejected rejected && rejected.id() != null) {
      boolean again = rejected.code() == Rejection.STORE || rejected.code() == Rejection.RATE;
      if (!again) {
        outbox.remove(rejected.to() + " " + rejected.id());
      }
    }
    return true;
  }

  private void entry(Entry entry) {
    UserId peer = entry.pair().other(user);
    forget(peer, new Cursor(entry.seq(), entry.at()));
    if (entry.from().equals(user)) {
      settled(peer, entry.id());
    }
  }

  private void settled(UserId peer, String id) {
    Unsent done = outbox.remove(peer + " " + id);
    if (done != null) {
      stored.add(done);
    }
  }

  /** The number that it has last in a log. */
  long place(UserId peer) {
    List<Cursor> known = places.getOrDefault(peer, List.of());
    return known.isEmpty() ? 0 : known.get(known.size() - 1).seq();
  }

  void send(String ref, UserId to, Draft draft) {
    Link open = link();
    if (open != null) {
      if (!to.equals(user)) {
        outbox.put(to + " " + draft.id(), new Unsent(to, draft));
      }
      open.ask(new Command.Send(ref, to, draft));
    }
  }

  /** What it would send again: mostly what it has not seen stored, now and then what it has. */
  @Nullable Unsent again() {
    List<Unsent> choices =
        outbox.isEmpty() || world.dice.chance(20) ? stored : List.copyOf(outbox.values());
    return choices.isEmpty() ? null : world.dice.pick(choices);
  }
}
