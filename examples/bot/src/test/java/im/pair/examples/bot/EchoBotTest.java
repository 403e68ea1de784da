package im.pair.examples.bot;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.AccessPolicy;
import im.pair.core.Command;
import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.Kind;
import im.pair.core.Limits;
import im.pair.core.MessageStore;
import im.pair.core.PairRouter;
import im.pair.core.Rejection;
import im.pair.core.RouterListener;
import im.pair.core.Session;
import im.pair.core.UserId;
import im.pair.jetty.ImServer;
import im.pair.testkit.InMemoryConnection;
import im.pair.testkit.RecordingListener;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the echo bot does, among users of the same program and over a WebSocket. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EchoBotTest {
  private static final UserId ALICE = new UserId("alice");
  private static final UserId CAROL = new UserId("carol");
  private static final Limits NO_RATE = Limits.DEFAULTS.withSendsPerSecond(0);

  private final RecordingListener listener = new RecordingListener();
  private final InMemoryConnection screen = new InMemoryConnection();
  private PairRouter router;
  private EchoBot bot;
  private Session alice;

  private void start(PairRouter.Builder builder) {
    router = builder.build();
    bot = EchoBot.attach(router);
    alice = router.attach(ALICE, screen);
    alice.live();
  }

  private void start(Limits limits) {
    start(PairRouter.builder().limits(limits).listener(listener));
  }

  @AfterEach
  void end() {
    bot.close();
    router.close();
  }

  @Test
  void aMessageIsAnsweredWithTheSameTextOnce() {
    start(NO_RATE);

    says("a1", "Hello, 你好!");

    assertThat(hears(2)).containsExactly("alice: Hello, 你好!", "echo: Hello, 你好!");
    says("a1", "Hello, 你好!");
    assertThat(screen.next()).isInstanceOf(Event.Accepted.class);
    says("a2", "and");
    assertThat(hears(2)).containsExactly("alice: and", "echo: and");
  }

  @Test
  void aClientOverAWebSocketGetsItsEcho() throws Exception {
    start(NO_RATE);
    try (ImServer server = ImServer.builder().router(router).port(0).build()) {
      server.start();
      try (Client client = new Client(server.port())) {
        client.says("carol", "echo", "Anybody there?");

        assertThat(client.hears()).isEqualTo("{\"id\":\"carol\",\"msg\":\"Anybody there?\"}");
        assertThat(client.hears()).isEqualTo("{\"id\":\"echo\",\"msg\":\"Anybody there?\"}");
      }
    }
  }

  @Test
  void editsReactionsDeletionsDataAloneAndItsOwnWordsAreNotAnswered() {
    start(NO_RATE);
    says("a1", "frist");
    hears(2);

    sends(Draft.edit("a2", 1, "first"));
    sends(Draft.react("a3", 2, "👍"));
    sends(Draft.delete("a4", 1));
    sends(new Draft("a5", Kind.MESSAGE, 0, null, "{}"));
    says("a6", "last");

    assertThat(IntStream.range(0, 6).mapToObj(i -> next().id()))
        .containsExactly("a2", "a3", "a4", "a5", "a6", "echo-7");
    assertThat(listener.takeLines()).as("tried in vain").noneMatch(l -> l.startsWith("rejected"));
  }

  @Test
  void aBurstThatOverflowsItsInboxIsAnsweredInFullAndInOrder() {
    CountDownLatch burstIsOver = new CountDownLatch(1);
    AccessPolicy busyMeanwhile =
        (from, to) -> {
          if (from.equals(EchoBot.ECHO)) {
            await(burstIsOver);
          }
          return true;
        };
    start(PairRouter.builder().limits(NO_RATE).policy(busyMeanwhile).listener(listener));

    List<String> said = saysAtOnce(20 * Inbox.MOST_EVENTS);
    burstIsOver.countDown();

    assertThat(echoes(said.size())).isEqualTo(said);
    assertThat(listener.takeLines()).contains("paused echo");
  }

  @Test
  void whatComesTooFastIsAnsweredWhenTheRateAllows() {
    // Time begins with the first rejection, so there is one however slow this machine is.
    AtomicLong since = new AtomicLong();
    RouterListener starter =
        new RouterListener() {
          @Override
          public void rejected(UserId user, Rejection code) {
            since.compareAndSet(0, System.nanoTime());
            listener.rejected(user, code);
          }
        };
    start(
        PairRouter.builder()
            .limits(Limits.DEFAULTS.withSendsPerSecond(50)) // so 250 at once
            .nanoTime(() -> since.get() == 0 ? 0 : System.nanoTime() - since.get())
            .listener(starter));

    List<String> said = saysAtOnce(265);

    assertThat(echoes(said.size())).isEqualTo(said);
    long rejections = listener.takeLines().stream().filter("rejected echo rate"::equals).count();
    assertThat(rejections).as("each waits once at most").isBetween(1L, 15L);
  }

  @Test
  void itWaitsWhereNoFurtherCommandIsWelcome() {
    Limits all = NO_RATE;
    start(
        new Limits(
            all.bodyBytes(),
            all.dataBytes(),
            all.reactionBytes(),
            1, // command at a time
            all.pendingAppends(),
            all.sendsPerSecond(),
            all.sessionsPerUser(),
            all.resumedPairs(),
            all.watchedPeers(),
            all.joinedPairs(),
            all.recentBytes(),
            all.recentBytesInAll(),
            all.pageEntries(),
            all.pageBytes(),
            all.storeTimeout(),
            all.idle()));

    List<String> said = saysAtOnce(100);

    assertThat(echoes(said.size())).isEqualTo(said);
  }

  @Test
  void anAnswerThatTheStoreDidNotTakeIsSentAgain() {
    AtomicInteger failures = new AtomicInteger(2);
    start(PairRouter.builder().limits(NO_RATE).store(failingForEcho(failures)));

    says("a1", "Hello");

    assertThat(hears(2)).containsExactly("alice: Hello", "echo: Hello");
    assertThat(failures).hasValue(0);
  }

  @Test
  void whoDoesNotTakeItsAnswersHoldsUpNobody() {
    AccessPolicy notToCarol = (from, to) -> !(from.equals(EchoBot.ECHO) && to.equals(CAROL));
    start(PairRouter.builder().limits(NO_RATE).policy(notToCarol).listener(listener));
    router.append(CAROL, EchoBot.ECHO, Draft.message("c1", "Hello"));

    says("a1", "Hello");

    assertThat(hears(2)).containsExactly("alice: Hello", "echo: Hello");
    assertThat(listener.takeLines()).contains("rejected echo blocked");
  }

  @Test
  void itIsOnlineWhileItIsAttached() {
    start(NO_RATE);
    alice.receive(new Command.Watch(null, Set.of(EchoBot.ECHO)));
    assertThat(screen.next()).isEqualTo(new Event.Presence(EchoBot.ECHO, true, 0));

    bot.close();

    assertThat(((Event.Presence) screen.next()).online()).isFalse();
  }

  @Test
  void itLeavesWithTheRouterAlsoInTheMiddleOfABurst() {
    start(Limits.DEFAULTS.withSendsPerSecond(1));
    saysAtOnce(3 * Inbox.MOST_EVENTS);
    echoes(5); // and now it waits for the rate

    router.close();

    bot.close(); // does not come back before its thread has ended
    assertThat(router.isOnline(EchoBot.ECHO)).isFalse();
  }

  private void says(String id, String words) {
    sends(Draft.message(id, words));
  }

  private void sends(Draft draft) {
    alice.receive(new Command.Send(EchoBot.ECHO, draft));
  }

  /** By the host, for which there is no rate. */
  private List<String> saysAtOnce(int count) {
    List<String> said = IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    for (String words : said) {
      assertThat(router.append(ALICE, EchoBot.ECHO, Draft.message(words, words)))
          .succeedsWithin(Duration.ofSeconds(20))
          .isInstanceOf(MessageStore.Appended.class);
    }
    return said;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Entry next() {
    return ((Event.Appended) screen.next()).entry();
  }

  private List<String> hears(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> next())
        .map(entry -> entry.from() + ": " + entry.body())
        .toList();
  }

  private List<String> echoes(int count) {
    List<String> echoes = new ArrayList<>();
    while (echoes.size() < count) {
      Entry entry = next();
      if (entry.from().equals(EchoBot.ECHO)) {
        echoes.add(entry.body());
      }
    }
    return echoes;
  }

  private static MessageStore failingForEcho(AtomicInteger failures) {
    MessageStore store = new InMemoryMessageStore();
    return (MessageStore)
        Proxy.newProxyInstance(
            MessageStore.class.getClassLoader(),
            new Class<?>[] {MessageStore.class},
            (proxy, method, args) ->
                method.getName().equals("append")
                        && args[1].equals(EchoBot.ECHO)
                        && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
                    : method.invoke(store, args));
  }
}
