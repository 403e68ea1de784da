package im.pair.simulation;

import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.Kind;
import im.pair.core.MessageStore.Place;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What happens next, by chance: one small thing at a time. */
final class Schedule {
  private final World world;
  private final Dice dice;
  private final Plan plan;
  final List<Device> devices = new ArrayList<>();
  final Host host;
  private int refs;
  private int ids;

  Schedule(World world) {
    this.world = world;
    dice = world.dice;
    plan = world.plan;
    host = new Host(world);
    for (UserId user : plan.users()) {
      for (int i = 1; i <= plan.devices(); i++) {
        Device.Sort sort =
            dice.oneOf(
                Device.Sort.RESUMING, Device.Sort.RESUMING, Device.Sort.LIVE, Device.Sort.JOINING);
        devices.add(new Device(world, user, user + "" + i, sort));
      }
    }
  }

  void step() {
    rare();
    int what = dice.below(100);
    if (what < 34) {
      command(dice.pick(devices));
    } else if (what < 52) {
      client(dice.pick(devices));
    } else if (what < 80) {
      world.store.stepOne();
    } else if (what < 88) {
      connection(dice.pick(devices));
    } else if (what < 96) {
      time();
    } else {
      host.append(dice.pick(plan.pairs()), ids++);
    }
  }

  private void rare() {
    int thousand = dice.below(1_000);
    if (thousand < plan.crashes()) {
      world.crash();
      host.crashed();
    } else if (thousand < plan.crashes() + plan.restores()) {
      world.restore();
      host.crashed();
    } else if (thousand < plan.crashes() + plan.restores() + plan.erasures()) {
      UserId user = dice.pick(plan.users());
      host.erase(user);
    }
    if (dice.chance(plan.others())) {
      other();
    }
  }

  /** Another node does something to the same store. */
  private void other() {
    Device device = dice.pick(devices);
    Device.Unsent again = device.again();
    if (again != null && dice.chance(30) && !host.erases(device.user)) {
      world.trace.saw("another node's repeated send");
      host.elsewhere(Pair.of(device.user, again.to()), device.user, again.draft());
    } else if (!host.erases(device.user)) {
      UserId peer = device.peer();
      host.elsewhere(Pair.of(device.user, peer), device.user, draft(device, peer, "o"));
    }
  }

  private void connection(Device device) {
    if (device.link() != null && dice.chance(50)) {
      device.disconnect();
    } else if (!host.erases(device.user)) {
      device.connect();
    }
  }

  private void client(Device device) {
    Link link = device.link();
    for (int left = dice.between(1, 4); left > 0 && device.take(); left--) {}
    if (link != null && link.writable() && dice.chance(70)) {
      link.onWritable();
    }
  }

  private void time() {
    world.pass(Duration.ofMillis(dice.oneOf(1, 20, 300, 1_000, 4_000)));
    if (dice.chance(10)) {
      world.clock.set(world.clock.instant().minusMillis(dice.between(1, 2_000)));
    }
    if (dice.chance(80)) {
      world.tick();
    }
  }

  private void command(Device device) {
    Link link = device.link();
    if (link == null) {
      if (!host.erases(device.user)) {
        device.connect();
      }
      return;
    }
    if (device.joins() && dice.chance(25)) {
      device.join();
    }
    if (!link.reads() || (device.joins() && link.witness.lines.isEmpty())) {
      return;
    }
    UserId peer = device.peer();
    int what = dice.below(100);
    String ref = "r" + refs++;
    if (what < 55) {
      send(device, ref, peer);
    } else if (what < 75) {
      long place = device.place(peer);
      long to = dice.chance(50) ? place : dice.between(0, (int) place + 3);
      link.ask(new Command.Mark(ref, peer, to, dice.chance(50) ? 0 : dice.between(0, (int) to)));
    } else if (what < 82) {
      link.ask(new Command.Typing(ref, peer, dice.chance(50)));
    } else if (what < 88) {
      link.ask(new Command.Watch(ref, some(device)));
    } else if (what < 95) {
      link.ask(history(ref, peer));
    } else {
      Place after = dice.chance(50) ? null : new Place(world.clock.millis(), peer);
      link.ask(new Command.Conversations(ref, after, dice.oneOf(1, 2, 50)));
    }
  }

  private Command history(String ref, UserId peer) {
    int limit = dice.oneOf(0, 1, 3, 100);
    return dice.chance(50)
        ? new Command.History(ref, peer, dice.between(0, 20), true, limit)
        : new Command.History(
            ref, peer, dice.chance(50) ? Long.MAX_VALUE : dice.between(1, 20), false, limit);
  }

  private Set<UserId> some(Device device) {
    Set<UserId> some = new LinkedHashSet<>();
    for (int left = dice.below(3); left > 0; left--) {
      some.add(device.peer());
    }
    return some;
  }

  private void send(Device device, String ref, UserId peer) {
    Device.Unsent again = dice.chance(plan.repeats()) ? device.again() : null;
    if (again != null) {
      device.send(ref, again.to(), again.draft());
    } else {
      UserId to = dice.chance(1) ? device.user : peer;
      device.send(ref, to, draft(device, peer, device.name));
    }
  }

  private Draft draft(Device device, UserId peer, String prefix) {
    String id = prefix + "-" + ids++;
    int what = dice.below(100);
    long of = target(device, peer, what < 80);
    if (what < 60 || of == 0) {
      String body = "text " + id + (dice.chance(20) ? " and more of it" : "");
      String data = dice.chance(10) ? "data " + id : null;
      return new Draft(id, Kind.MESSAGE, 0, dice.chance(2) ? body + "!".repeat(50) : body, data);
    }
    if (what < 72) {
      return Draft.edit(id, of, "new " + id);
    }
    return what < 85
        ? Draft.delete(id, of)
        : Draft.react(id, of, dice.chance(20) ? "" : "re" + ids % 10);
  }

  /** A message to change: mostly one of the user's own, now and then whatever there is. */
  private long target(Device device, UserId peer, boolean own) {
    ModelLog log = world.model().log(Pair.of(device.user, peer));
    List<Long> choices = new ArrayList<>();
    for (ModelEntry entry : log.entries) {
      boolean message = entry.draft.kind() == Kind.MESSAGE;
      if (message && (!own || entry.from.equals(device.user))) {
        choices.add(entry.seq);
      }
    }
    return choices.isEmpty() || dice.chance(8)
        ? dice.below((int) log.head() + 3)
        : dice.pick(choices);
  }
}
