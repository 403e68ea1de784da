package im.pair.simulation;

import im.pair.core.Draft;
import im.pair.core.MessageStore;
import im.pair.core.Pair;
import im.pair.core.UserId;
import im.pair.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose every call waits until the schedule decides it and tells its answer, in whatever
 * order, or fails it. What was committed outlives the router; {@link Durable} keeps it.
 */
final class SimulatedStore implements MessageStore {
  private final Dice dice;
  private final Plan plan;
  private final Trace trace;
  private final ManualClock clock;
  private final Durable durable;
  private final Published published;
  private final List<Operation<?>> pending = new ArrayList<>(); // in the order of the calls
  private long calls;
  private boolean quiet;
  private boolean loseTheNext;

  SimulatedStore(
      Dice dice, Plan plan, Trace trace, ManualClock clock, Durable durable, Published published) {
    this.dice = dice;
    this.plan = plan;
    this.trace = trace;
    this.clock = clock;
    this.durable = durable;
    this.published = published;
  }

  @Override
  public CompletionStage<AppendResult> append(Pair pair, UserId from, Draft draft, long now) {
    long call = ++calls;
    String name = "append " + pair + " " + from + " " + draft.id();
    long deadline = clock.nanoTime() + plan.limits().storeTimeout().toNanos();
    return call(
        name,
        pair,
        () -> durable.append(pair, from, draft, now, call),
        result -> published.appended(result, clock.nanoTime() < deadline));
  }

  @Override
  public CompletionStage<Page> read(Pair pair, Range range) {
    return call(
        "read " + pair + (range.ascending() ? " after " : " before ") + range.from(),
        () -> durable.read(pair, range));
  }

  @Override
  public CompletionStage<Marked> mark(Pair pair, UserId user, long delivered, long read) {
    return call(
        "mark " + pair + " " + user + " " + delivered + " " + read,
        null,
        () -> durable.mark(pair, user, delivered, read),
        result -> published.marked(pair, user, result));
  }

  @Override
  public CompletionStage<Listing> conversations(
      UserId user, @Nullable Place after, int limit, int bytes) {
    return call("conversations " + user, () -> durable.conversations(user, after, limit, bytes));
  }

  @Override
  public CompletionStage<Long> seen(UserId user, long at) {
    return call("seen " + user + " " + at, () -> durable.seen(user, at));
  }

  @Override
  public CompletionStage<@Nullable Void> erase(UserId user) {
    return call("erase " + user, () -> durable.erase(user));
  }

  @Override
  public String epoch() {
    return durable.epoch();
  }

  private <T> CompletionStage<T> call(String name, Supplier<T> commit) {
    return call(name, null, commit, result -> {});
  }

  private <T> CompletionStage<T> call(
      String name, @Nullable Pair line, Supplier<T> commit, Consumer<T> told) {
    trace.spend();
    if (!quiet && plan.faults() > 0 && dice.below(400) == 0) {
      trace.saw("a call of the store that throws");
      trace.note(name + " throws");
      throw new IllegalStateException("the store made a mistake");
    }
    boolean late = !quiet && dice.chance(plan.late());
    long notBefore = late ? clock.nanoTime() + dice.between(9, 14) * 1_000_000_000L : 0;
    Operation<T> operation = new Operation<>(trace, name, line, notBefore, commit, told);
    pending.add(operation);
    trace.note("asked " + name + (late ? ", late" : ""));
    if (!late && dice.chance(plan.inline())) {
      tell(operation);
    }
    return operation;
  }

  /** Decides what comes of a call, after those before it in its line. */
  private void decide(Operation<?> operation) {
    for (Operation<?> other : List.copyOf(pending)) {
      boolean first = operation.line != null && operation.line.equals(other.line);
      if ((first || other == operation) && !other.decided()) {
        boolean before = !quiet && dice.chance(plan.faults());
        boolean lose = loseTheNext && other.line != null;
        boolean after = lose || (!quiet && !before && dice.chance(plan.faults()));
        loseTheNext &= !lose;
        other.decide(before, after);
        trace.note((before ? "failed " : after ? "lost " : "decided ") + other.name);
        trace.saw(before ? "a failure before the commit" : "a decision");
        if (after) {
          trace.saw("a failure after the commit");
        }
      }
      if (other == operation) {
        return;
      }
    }
  }

  private void tell(Operation<?> operation) {
    if (!operation.decided()) {
      decide(operation);
    }
    Operation<?> first = pending.get(0);
    if (first != operation && operation.line != null && operation.line.equals(first.line)) {
      trace.saw("answers out of order");
    }
    if (operation.notBefore > 0) {
      trace.saw("a late answer");
    }
    pending.remove(operation);
    trace.note("told " + operation.name);
    operation.tell();
  }

  /** Decides a call, or tells an answer, if one waits. */
  void stepOne() {
    List<Operation<?>> ripe =
        pending.stream().filter(o -> o.notBefore <= clock.nanoTime()).toList();
    if (!pending.isEmpty() && dice.chance(40)) {
      Operation<?> operation = dice.pick(pending);
      if (!operation.decided()) {
        decide(operation);
        return;
      }
    }
    if (!ripe.isEmpty()) {
      tell(dice.pick(ripe));
    }
  }

  /** Whether an answer can be told now. */
  boolean ripe() {
    return pending.stream().anyMatch(o -> o.notBefore <= clock.nanoTime());
  }

  int pending() {
    return pending.size();
  }

  /** Whether an append waits for its answer. */
  boolean waits(Pair pair, UserId from, String id) {
    String name = "append " + pair + " " + from + " " + id;
    return pending.stream().anyMatch(o -> o.name.equals(name));
  }

  /** How often appends were called. */
  long calls() {
    return calls;
  }

  /** From now on nothing fails and nothing is late. */
  void quiet() {
    quiet = true;
  }

  /** The answer of the next append that is decided is lost. */
  void loseTheNext() {
    loseTheNext = true;
  }

  /** The process ends: what is not decided is stored or not, and nobody is told. */
  void crash() {
    for (Operation<?> operation : pending) {
      if (!operation.decided() && dice.chance(50)) {
        operation.decide(false, false);
        trace.note("in the crash decided " + operation.name);
      }
    }
    pending.clear();
  }
}
