package im.pair.simulation;

import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.Pair;
import java.time.Duration;

/**
 * The end of a schedule: the store answers, the clients take all there is, and everything must be
 * as promised; then all go, and nothing may be left.
 */
final class Ending {
  private static final int MOST_ROUNDS = 20_000;

  private final World world;
  private final Schedule schedule;
  private int refs;

  Ending(World world, Schedule schedule) {
    this.world = world;
    this.schedule = schedule;
  }

  void run() {
    world.store.quiet();
    rest("as it is", false);
    schedule.devices.stream().filter(d -> d.link() == null).forEach(Device::connect);
    rest("all have come", false);
    for (Pair pair : world.plan.pairs()) {
      schedule.host.appendSurely(pair, Draft.message("last", "the last"));
    }
    rest("one more entry in each", true);
    schedule.devices.stream().filter(d -> !d.joins()).forEach(Device::connectFresh);
    rest("all from the start", true);
    schedule.devices.forEach(this::askForAll);
    rest("all once more", true);
    schedule.devices.forEach(Device::disconnect);
    rest("all have gone", true);
    world.pass(world.plan.limits().idle().plusSeconds(10));
    world.tick();
    world.tick();
    int left = world.router.size();
    world.trace.check(left == 0, () -> "the router holds " + left + " things of nobody");
  }

  private void askForAll(Device device) {
    for (Pair pair : world.plan.pairsOf(device.user)) {
      Link link = device.link();
      if (link != null && link.reads()) {
        link.ask(
            new Command.History(
                "last" + refs++, pair.other(device.user), Long.MAX_VALUE, false, 100));
        come();
      }
    }
  }

  private void rest(String what, boolean toTheEnd) {
    world.trace.note("rest: " + what);
    if (world.trace.failed()) {
      return;
    }
    come();
    world.checkListener();
    schedule.host.checkRest();
    for (Device device : schedule.devices) {
      Link link = device.link();
      if (link != null) {
        link.checkRest(toTheEnd);
      }
    }
  }

  /** Goes on until nothing has happened for some seconds. */
  private void come() {
    int still = 0;
    for (int round = 0; still < 3 && !world.trace.failed(); round++) {
      if (round > MOST_ROUNDS) {
        world.trace.fail("it does not come to rest");
      }
      if (!anythingHappens()) {
        world.pass(Duration.ofSeconds(1));
        world.tick();
        still = world.store.pending() == 0 ? still + 1 : 0;
      } else {
        still = 0;
      }
    }
  }

  private boolean anythingHappens() {
    boolean happens = false;
    for (Device device : schedule.devices) {
      while (device.take()) {
        happens = true;
      }
      Link link = device.link();
      if (link != null && link.writable()) {
        link.onWritable();
        happens = true;
      }
    }
    if (world.store.ripe()) {
      world.store.stepOne();
      happens = true;
    }
    return happens;
  }
}
