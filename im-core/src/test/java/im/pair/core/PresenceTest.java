package im.pair.core;

import static im.pair.core.Bench.ALICE;
import static im.pair.core.Bench.BOB;
import static im.pair.core.Bench.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is told that a user is here, was here, or types. */
class PresenceTest {
  private final Bench bench = new Bench();
  private final Bench.User alice = bench.live(ALICE);

  private static Event here(UserId user) {
    return new Event.Presence(user, true, 0);
  }

  private static Event away(UserId user, long lastSeen) {
    return new Event.Presence(user, false, lastSeen);
  }

  private static boolean watch(Bench.User user, UserId... peers) {
    return user.session.receive(new Command.Watch(null, Set.of(peers)));
  }

  @Test
  void whoIsWatchedIsToldAtOnceAndAtEachChange() {
    watch(alice, BOB);
    assertThat(alice.client.takeAll()).containsExactly(away(BOB, 0));

    Bench.User bob = bench.live(BOB);
    Bench.User tablet = bench.live(BOB);
    assertThat(alice.client.takeAll()).containsExactly(here(BOB));

    bob.session.detach();
    assertThat(alice.client.takeAll()).isEmpty();
    bench.clock.advance(Duration.ofMinutes(1));
    long left = bench.clock.millis();
    tablet.session.detach();

    assertThat(alice.client.takeAll()).containsExactly(away(BOB, left));
    bench.clock.advance(Duration.ofMinutes(1));
    watch(alice, BOB);
    assertThat(alice.client.takeAll()).containsExactly(away(BOB, left));
  }

  @Test
  void aListAsksTheStoreForOneUserAfterTheOther() {
    Queue<CompletableFuture<Long>> asked = new ArrayDeque<>();
    Bench slow =
        new Bench(
            new ForwardingStore(new InMemoryMessageStore()) {
              @Override
              public CompletionStage<Long> seen(UserId user, long at) {
                if (at > 0) {
                  return log.seen(user, at);
                }
                CompletableFuture<Long> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
              }
            });
    Bench.User watcher = slow.live(ALICE);

    assertThat(watch(watcher, BOB, CAROL)).isFalse();
    assertThat(asked).hasSize(1);
    asked.remove().complete(1L);
    assertThat(watcher.client.takeAll()).hasSize(1);
    assertThat(asked).hasSize(1);
    asked.remove().completeExceptionally(new IllegalStateException());

    assertThat(watcher.client.takeAll()).hasSize(1);
    assertThat(watcher.client.resumes()).isEqualTo(1);
  }

  @Test
  void aListReplacesTheOneBefore() {
    watch(alice, BOB);
    watch(alice, CAROL);
    alice.client.takeAll();

    bench.live(BOB);
    bench.live(CAROL);

    assertThat(alice.client.takeAll()).containsExactly(here(CAROL));
  }

  @Test
  void whoMayNotBeSeenLooksAsIfUnknown() {
    Bench strict = new Bench(new InMemoryMessageStore(), Bench.FREE, (from, to) -> !to.equals(BOB));
    Bench.User watcher = strict.live(ALICE);
    strict.live(BOB).session.detach();

    watch(watcher, BOB);
    Bench.User bob = strict.live(BOB);
    bob.session.detach();

    assertThat(watcher.client.takeAll()).isNotEmpty().containsOnly(away(BOB, 0));
  }

  @Test
  void aPolicyThatThrowsHidesAndNobodyStaysBehind() {
    boolean[] broken = new boolean[1];
    AccessPolicy policy =
        (from, to) -> {
          if (broken[0]) {
            throw new IllegalStateException("a host's mistake");
          }
          return true;
        };
    Bench host = new Bench(new InMemoryMessageStore(), Bench.FREE, policy);
    Bench.User watcher = host.live(ALICE);
    watch(watcher, BOB);
    watcher.client.takeAll();
    broken[0] = true;

    Bench.User bob = host.live(BOB);
    bob.session.detach();

    assertThat(watcher.client.takeAll()).containsExactly(away(BOB, 0));
    watcher.session.detach();
    assertThat(host.router.size()).isZero();
  }

  @Test
  void whatASlowWatcherMissedItIsToldOnceAsItIsThen() {
    Bench.User slow = bench.live(CAROL, 1);
    watch(slow, ALICE, BOB);
    for (int i = 0; i < 10; i++) {
      bench.live(BOB).session.detach();
    }
    bench.live(BOB);

    List<Event> told = slow.client.takeAll();

    assertThat(told).hasSizeLessThanOrEqualTo(4).contains(here(ALICE), here(BOB));
    assertThat(told.lastIndexOf(here(BOB))).isGreaterThan(told.lastIndexOf(away(BOB, 0)));
  }

  @Test
  void moreThanALimitIsNotWatched() {
    Set<UserId> many =
        IntStream.rangeClosed(1, 201)
            .mapToObj(i -> new UserId("u" + i))
            .collect(Collectors.toSet());

    alice.session.receive(new Command.Watch("w", many));

    assertThat(alice.client.takeAll())
        .containsExactly(
            new Event.Rejected("w", null, null, Rejection.TOO_LARGE, "too many users to watch", 0));
  }

  @Test
  void aWatcherThatLeavesLeavesNothing() {
    watch(alice, BOB, CAROL);

    alice.session.detach();

    assertThat(bench.router.size()).isZero();
  }

  @Test
  void aUserWhoNeverLeftWasSeenWhenItCame() {
    long came = bench.clock.millis();
    bench.live(BOB);
    bench.clock.advance(Duration.ofHours(1));

    Bench afterACrash = new Bench(bench.store);
    Bench.User watcher = afterACrash.live(CAROL);
    watch(watcher, BOB);

    assertThat(watcher.client.takeAll()).containsExactly(away(BOB, came));
  }

  @Test
  void typingReachesThePeersSessionsThatHearThePairAndIsNotStored() {
    Bench.User bob = bench.live(BOB);
    Bench.User other = bench.joined(BOB, CAROL);

    alice.session.receive(new Command.Typing(null, BOB, true));

    assertThat(bob.client.takeAll()).containsExactly(new Event.Typing(ALICE, BOB, true));
    assertThat(other.client.takeAll()).isEmpty();
    assertThat(alice.client.takeAll()).isEmpty();
    assertThat(alice.session.receive(new Command.Typing(null, ALICE, true))).isTrue();
    assertThat(alice.client.takeAll())
        .extracting(event -> ((Event.Rejected) event).code())
        .containsExactly(Rejection.SELF);
  }

  @Test
  void typingIsDroppedWhereThereIsNoRoomAndWhereOneMayNotWrite() {
    Bench strict = new Bench(new InMemoryMessageStore(), Bench.FREE, (from, to) -> !to.equals(BOB));
    Bench.User blocked = strict.live(BOB);
    Bench.User slow = strict.live(CAROL, 1);
    Bench.User sender = strict.live(ALICE);

    for (int i = 0; i < 3; i++) {
      sender.session.receive(new Command.Typing(null, BOB, true));
      sender.session.receive(new Command.Typing(null, CAROL, i == 0));
    }

    assertThat(blocked.client.takeAll()).isEmpty();
    assertThat(slow.client.takeAll()).containsExactly(new Event.Typing(ALICE, CAROL, true));
    sender.send(CAROL, "a", "x");
    assertThat(slow.client.takeBodies()).containsExactly("x");
  }

  @Test
  void comingAndGoingOfOneWhoMayNotBeSeenIsNotTold() {
    Bench strict = new Bench(new InMemoryMessageStore(), Bench.FREE, (from, to) -> !to.equals(BOB));
    Bench.User watcher = strict.live(ALICE);
    watch(watcher, BOB);
    assertThat(watcher.client.takeAll()).containsExactly(away(BOB, 0));

    strict.live(BOB).session.detach();

    assertThat(watcher.client.takeAll()).isEmpty();
  }
}
