package im.pair.simulation;

import im.pair.core.Draft;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.Pair;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is committed, in a real store and in the model, each asked the same at the same instant: so
 * the store is held to the model as well. It keeps what was done, to go back to an older state.
 */
final class Durable {
  private final Trace trace;
  private final Plan plan;
  private final List<Runnable> done = new ArrayList<>();
  private InMemoryMessageStore log;
  private Model model = new Model();
  private int history = 1;
  private String epoch = "first";
  private final List<Told> told = new ArrayList<>();

  /** An answer of the store to a question. */
  record Told(String question, Object answer, int step) {}

  Durable(Trace trace, Plan plan) {
    this.trace = trace;
    this.plan = plan;
    log = newStore();
  }

  private InMemoryMessageStore newStore() {
    return new InMemoryMessageStore(plan.bounded() ? plan.storeBytes() : 64 << 20, 100);
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().getNow(null);
  }

  Model model() {
    return model;
  }

  String epoch() {
    return epoch;
  }

  /** Which history it is: another one after going back, whether the epoch says so or not. */
  int history() {
    return history;
  }

  AppendResult append(Pair pair, UserId from, Draft draft, long now, long call) {
    done.add(() -> append(pair, from, draft, now, call));
    AppendResult right = model.log(pair).append(from, draft, now, call, model.erasures());
    AppendResult said = now(log.append(pair, from, draft, now));
    trace.check(right.equals(said), () -> "the store appended " + said + ", not " + right);
    if (said instanceof Refused refused) {
      told.add(
          new Told(
              "refused " + pair + " " + from + " " + draft.id(), refused.code(), trace.step()));
    }
    if (plan.bounded()) {
      model.logs().forEach(this::dropAsTheStoreDid);
    }
    return said;
  }

  private void dropAsTheStoreDid(ModelLog one) {
    Page page = now(log.read(one.pair, Range.after(0, 1, 1)));
    long oldest = page.entries().isEmpty() ? one.head() + 1 : page.entries().get(0).seq();
    trace.check(oldest >= one.oldest(), () -> "the store has dropped entries again");
    if (oldest > one.oldest()) {
      trace.saw("entries dropped by the store");
    }
    one.keepFrom(oldest);
  }

  Page read(Pair pair, Range range) {
    Page said = now(log.read(pair, range));
    String wrong = model.log(pair).wrongIn(said, range, plan.smallPages(), model.erasures());
    trace.check(wrong == null, () -> "the store read " + pair + ": " + wrong);
    told.add(new Told("page " + pair + " " + Words.of(range), said, trace.step()));
    return said;
  }

  Marked mark(Pair pair, UserId user, long delivered, long read) {
    done.add(() -> mark(pair, user, delivered, read));
    ModelLog right = model.log(pair);
    boolean moves = right.mark(user, delivered, read);
    Marked said = now(log.mark(pair, user, delivered, read));
    String wrong = right.wrongIn(said.marks());
    trace.check(wrong == null, () -> "the store marked " + pair + ": " + wrong);
    trace.check(
        said.changed() == moves && said.head() == right.head(),
        () -> "the store marked " + pair + ": " + said);
    return said;
  }

  Listing conversations(UserId user, @Nullable Place after, int limit, int bytes) {
    Listing said = now(log.conversations(user, after, limit, bytes));
    String wrong = model.wrongIn(said, user, after, limit, plan.smallPages());
    trace.check(wrong == null, () -> "the store listed for " + user + ": " + wrong);
    told.add(new Told("list " + user + " " + after + " " + limit, said, trace.step()));
    return said;
  }

  Long seen(UserId user, long at) {
    done.add(() -> seen(user, at));
    Long said = now(log.seen(user, at));
    trace.check(said == model.seen(user, at), () -> "the store has seen " + user + " at " + said);
    return said;
  }

  @Nullable Void erase(UserId user) {
    done.add(() -> erase(user));
    model.erase(user);
    return now(log.erase(user));
  }

  /** Whether the store has told this since a step. */
  boolean hasTold(String question, Object answer, int since) {
    for (int i = told.size() - 1; i >= 0 && told.get(i).step >= since; i--) {
      if (told.get(i).question.equals(question) && told.get(i).answer.equals(answer)) {
        return true;
      }
    }
    return false;
  }

  /** Goes back to an older state, as from a backup. */
  void restore(int forgotten, boolean newEpoch) {
    List<Runnable> kept = List.copyOf(done.subList(0, Math.max(0, done.size() - forgotten)));
    done.clear();
    told.clear();
    log = newStore();
    model = new Model();
    history++;
    epoch = newEpoch ? "epoch " + history : epoch;
    kept.forEach(Runnable::run);
  }

  int size() {
    return done.size();
  }
}
