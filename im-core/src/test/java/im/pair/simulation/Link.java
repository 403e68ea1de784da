package im.pair.simulation;

import im.pair.core.CloseReason;
import im.pair.core.Command;
import im.pair.core.Connection;
import im.pair.core.Cursor;
import im.pair.core.Event;
import im.pair.core.Outgoing;
import im.pair.core.Pair;
import im.pair.core.Session;
import im.pair.core.UserId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its session: a bounded buffer that refuses when it is full, and now and then
 * without a cause, and that stops to read commands when it is told to.
 */
final class Link implements Connection {
  private final World world;
  private final UserId user;
  private final String name;
  private final int capacity;
  final Witness witness;
  private final ArrayDeque<Event> buffer = new ArrayDeque<>();
  private final Session session;
  private boolean refused;
  private boolean kept; // what was refused is still owed
  private int offers;
  private int pauses; // asked for by receive
  private int resumes;
  private boolean closed;
  private boolean detached;

  Link(World world, UserId user, String name) {
    this.world = world;
    this.user = user;
    this.name = name;
    capacity = world.plan.capacity();
    witness = new Witness(world, user, name);
    if (!world.isOnline(user)) {
      world.cameOrWent(user);
    }
    world.links.add(this);
    world.trace.note(name + " attaches");
    session = world.router.attach(user, this);
  }

  UserId user() {
    return user;
  }

  void resume(@Nullable String epoch, Map<UserId, Cursor> cursors) {
    Map<Pair, Cursor> places = new LinkedHashMap<>();
    cursors.forEach((peer, cursor) -> places.put(Pair.of(user, peer), cursor));
    world.trace.note(name + " resumes " + epoch + ": " + Words.of(cursors));
    witness.resumes(epoch, places);
    pauses++;
    session.resume(epoch, cursors);
  }

  void live() {
    world.trace.note(name + " live");
    witness.hearsAll();
    session.live();
  }

  void join(UserId peer) {
    if (closed) {
      return;
    }
    boolean room =
        witness.lines.containsKey(Pair.of(user, peer))
            || witness.lines.size() < world.plan.limits().joinedPairs();
    world.trace.note(name + " joins " + peer);
    if (room) {
      witness.hears(Pair.of(user, peer));
    }
    world.trace.check(session.join(peer) == room, () -> name + " could join, or not, " + peer);
  }

  /** Whether the transport reads commands. */
  boolean reads() {
    return !closed && pauses == resumes;
  }

  boolean closed() {
    return closed;
  }

  void ask(Command command) {
    world.trace.note(name + " asks " + Words.of(command));
    boolean heavy =
        command instanceof Command.Watch
            || command instanceof Command.History
            || command instanceof Command.Conversations;
    long under = witness.ledger.sendsInTheStore();
    int before = resumes;
    witness.asked(command);
    boolean on = session.receive(command);
    if (closed) {
      return;
    }
    pauses += on ? 0 : 1;
    world.trace.check(
        !on || (!heavy && under + 1 < world.plan.limits().pendingCommands()),
        () -> name + " may have any number of commands pending");
    world.trace.check(on ? resumes == before : resumes <= pauses, () -> name + " resumes unasked");
    if (!on) {
      world.trace.saw("reading paused");
    }
  }

  @Override
  public boolean send(Outgoing outgoing) {
    world.trace.spend();
    if (closed) {
      return false;
    }
    offers++;
    Event event = outgoing.event();
    if (buffer.size() >= capacity || world.dice.chance(world.plan.refusals())) {
      refused = true;
      // Typing is dropped, and who came or went may not be watched any more.
      kept |= !(event instanceof Event.Typing || event instanceof Event.Presence);
      world.trace.note(name + " refuses");
      world.trace.saw("a refusal");
      return false;
    }
    world.trace.note(name + " < " + Words.of(event));
    buffer.add(event);
    witness.told(event);
    return true;
  }

  @Override
  public void resumeReading() {
    if (!closed) {
      resumes++;
      world.trace.note(name + " reads on");
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (!closed) {
      world.trace.note(name + " is closed: " + reason);
      world.trace.saw("closed " + reason);
      end();
    }
  }

  private void end() {
    closed = true;
    world.links.remove(this);
    if (!world.isOnline(user)) {
      world.cameOrWent(user);
    }
  }

  /** The client takes an event, if one waits. */
  @Nullable Event take() {
    return buffer.poll();
  }

  /** Whether it owes its session a call, now that there is room. */
  boolean writable() {
    return refused && !closed && buffer.size() <= capacity / 2;
  }

  void onWritable() {
    world.trace.note(name + " is writable");
    boolean follows = kept && world.plan.sound(); // at once, or when the store has answered
    int before = offers;
    refused = false;
    kept = false;
    session.onWritable();
    world.trace.check(
        !follows || offers > before || world.store.pending() > 0,
        () -> name + " is not given what it refused");
  }

  /** The connection ends, from the client's side. */
  void detach() {
    if (!closed) {
      end();
    }
    if (!detached) {
      detached = true;
      world.trace.note(name + " detaches");
      session.detach();
    }
  }

  /** The router is no more. */
  void cut() {
    closed = true;
    detached = true;
  }

  boolean isEmpty() {
    return buffer.isEmpty();
  }

  void checkOverdue() {
    if (!refused) {
      witness.ledger.checkOverdue();
    }
  }

  void checkRest(boolean toTheEnd) {
    world.trace.check(pauses == resumes, () -> name + " is not told to read on");
    witness.checkRest(toTheEnd);
  }
}
