package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.ScriptedStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the store did although its answer was lost, or came too late. */
class LostAnswersTest {
  private final ScriptedStore store = new ScriptedStore();
  private final Bench bench = new Bench(store);

  @Test
  void anEntryIsToldToTheHostOnceThoughAFailedSendAndItsRepetitionBothFindIt() {
    Bench.User alice = bench.live(ALICE);
    store.holdAppends = true;
    store.faults.add(Fault.BEFORE_COMMIT);
    alice.send(BOB, "a", "x");
    alice.send(BOB, "a", "x");
    bench.listener.takeLines();

    store.complete(0);
    store.complete(1);

    assertThat(alice.client.takeAll())
        .hasSize(2)
        .anyMatch(event -> event instanceof Event.Appended)
        .anyMatch(event -> event instanceof Event.Accepted);
    assertThat(bench.listener.takeLines()).containsOnlyOnce("appended alice~bob 1");
  }

  @Test
  void aLateEntryIsNotGivenToWhoCameAfterIt() {
    Bench.User alice = bench.live(ALICE);
    store.holdAppends = true;
    alice.send(BOB, "a", "late");
    alice.session.detach();
    bench.tickAfter(Duration.ofSeconds(10));
    Bench.User bob = bench.live(BOB);

    store.complete(0);

    assertThat(bob.client.takeAll()).isEmpty();
  }

  @Test
  void aLostEntryIsGivenToWhoIsHereThoughTheLogCannotBeReadForAWhile() {
    Bench.User bob = bench.live(BOB);
    bench.router.append(ALICE, BOB, Draft.message("first", "first"));
    Bench.User alice = bench.live(ALICE);
    store.faults.add(Fault.AFTER_COMMIT);
    store.failReads = true;
    bench.router.append(BOB, ALICE, Draft.message("lost", "lost"));
    bob.session.detach();
    store.failReads = false;

    bench.tickAfter(Duration.ofSeconds(1));

    assertThat(alice.client.takeBodies()).containsExactly("lost");
  }

  @Test
  void aMarkWhoseAnswerWasLostIsToldToAllWhenItIsAskedForAgain() {
    boolean[] lost = {true};
    Bench forgetful =
        new Bench(
            new ForwardingStore(store) {
              @Override
              public CompletionStage<Marked> mark(
                  Pair pair, UserId user, long delivered, long read) {
                CompletionStage<Marked> answer = super.mark(pair, user, delivered, read);
                return lost[0]
                    ? CompletableFuture.failedFuture(new IllegalStateException("lost"))
                    : answer;
              }
            });
    Bench.User alice = forgetful.live(ALICE);
    Bench.User bob = forgetful.live(BOB);
    alice.send(BOB, "a", "x");
    alice.client.takeAll();
    bob.mark(ALICE, 1, 1);
    lost[0] = false;

    bob.mark(ALICE, 1, 1);

    assertThat(alice.client.takeAll())
        .containsExactly(new Event.Marked(Pair.of(ALICE, BOB), BOB, new Marks(1, 1)));
  }

  @Test
  void aLateEntryIsGivenToWhoCameBeforeItWasStored() {
    List<Runnable> commits = new ArrayList<>();
    MessageStore slow =
        new ForwardingStore(new InMemoryMessageStore()) {
          @Override
          public CompletionStage<AppendResult> append(
              Pair pair, UserId from, Draft draft, long now) {
            CompletableFuture<AppendResult> answer = new CompletableFuture<>();
            commits.add(() -> log.append(pair, from, draft, now).thenAccept(answer::complete));
            return answer;
          }
        };
    Bench late = new Bench(slow);
    late.router.append(ALICE, BOB, Draft.message("a", "late"));
    late.tickAfter(Duration.ofSeconds(10));
    Bench.User bob = late.live(BOB);
    late.tickAfter(Duration.ofSeconds(1));

    commits.get(0).run();
    late.tickAfter(Duration.ofSeconds(1));

    assertThat(bob.client.takeBodies()).containsExactly("late");
    bob.session.detach();
    assertThat(late.router.size()).isZero();
  }

  @Test
  void theHostIsToldOfALateEntryThoughOthersCameMeanwhile() {
    ScriptedStore held = new ScriptedStore();
    Bench late = new Bench(held);
    held.holdAppends = true;
    late.router.append(ALICE, BOB, Draft.message("a", "late"));
    held.holdAppends = false;
    late.tickAfter(Duration.ofSeconds(10));
    late.live(ALICE).send(BOB, "b", "next");

    held.complete(0);

    assertThat(late.listener.takeLines()).contains("stored for bob 1");
  }
}
