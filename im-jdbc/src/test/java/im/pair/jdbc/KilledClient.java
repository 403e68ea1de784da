package im.pair.jdbc;

import im.pair.core.Command;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Kind;
import im.pair.core.Pair;
import im.pair.core.PairRouter;
import im.pair.core.Session;
import im.pair.core.UserId;
import im.pair.testkit.InMemoryConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One session in {@link KilledProgram}, with a thread that sends and one that takes events. */
final class KilledClient {
  private static final int BUFFER = 200; // events; little, so that it also catches up from the log
  private static final int UNANSWERED = 16; // sends; less than the router's bound
  private static final int KNOWN = 32;

  private final UserId user;
  private final String prefix;
  private final List<UserId> peers;
  private final Random random;
  private final InMemoryConnection connection = new InMemoryConnection(BUFFER);
  private final Session session;
  private final Semaphore room = new Semaphore(UNANSWERED);
  private final Set<String> awaited = ConcurrentHashMap.newKeySet();
  private final AtomicReferenceArray<@Nullable Entry> known = new AtomicReferenceArray<>(KNOWN);
  private final Map<Pair, Long> last = new HashMap<>(); // of the thread that takes events

  // Of the thread that sends.
  private int sent;
  private @Nullable Intent previous;

  KilledClient(PairRouter router, UserId user, String prefix) {
    this.user = user;
    this.prefix = prefix;
    peers = KilledProgram.USERS.stream().filter(other -> !other.equals(user)).toList();
    random = new Random(prefix.hashCode());
    session = router.attach(user, connection);
    connection.of(session);
    session.live();
  }

  /** Starts, and first sends again what an earlier run does not know the fate of. */
  void start(List<Intent> unknown) {
    new Thread(this::takeAll, prefix + "takes").start();
    new Thread(() -> sendAll(unknown), prefix + "sends").start();
  }

  private void sendAll(List<Intent> unknown) {
    unknown.forEach(this::send);
    while (true) {
      int dice = random.nextInt(20);
      if (dice == 0) {
        mark();
      } else if (dice == 1 && previous != null) {
        send(previous);
      } else {
        previous = next(dice);
        send(previous);
      }
    }
  }

  private Intent next(int dice) {
    String id = prefix + sent++;
    Entry of = known.get(random.nextInt(KNOWN));
    if (dice < 8 && of != null) {
      boolean own = of.from().equals(user);
      Kind kind = !own || dice < 4 ? Kind.REACT : dice == 4 ? Kind.DELETE : Kind.EDIT;
      return new Intent(user, of.pair().other(user), id, kind, of.seq());
    }
    return new Intent(user, peers.get(random.nextInt(peers.size())), id, Kind.MESSAGE, 0);
  }

  private void send(Intent intent) {
    room.acquireUninterruptibly();
    awaited.add(intent.key());
    KilledProgram.say("sent " + intent.line());
    session.receive(new Command.Send(intent.to(), intent.draft()));
  }

  private void mark() {
    Entry upTo = known.get(random.nextInt(KNOWN));
    if (upTo != null) {
      UserId peer = upTo.pair().other(user);
      session.receive(new Command.Mark(null, peer, upTo.seq(), upTo.seq() / 2));
    }
  }

  private void takeAll() {
    while (true) {
      Event event = connection.next();
      if (event instanceof Event.Appended appended) {
        take(appended.entry());
      } else if (event instanceof Event.Accepted accepted) {
        echo(Intent.key(user, accepted.to(), accepted.id()), accepted.seq());
        room.release();
      } else if (event instanceof Event.Rejected rejected) {
        KilledProgram.say("rejected " + user + " " + rejected.to() + " " + rejected.id());
        room.release();
      } else if (event instanceof Event.Marked marked && marked.user().equals(user)) {
        long delivered = marked.marks().delivered();
        long read = marked.marks().read();
        UserId peer = marked.pair().other(user);
        KilledProgram.say("marked " + user + " " + peer + " " + delivered + " " + read);
      }
    }
  }

  private void take(Entry entry) {
    Long before = last.put(entry.pair(), entry.seq());
    if (before != null && before != entry.seq() - 1) {
      KilledProgram.say("wrong: " + entry.seq() + " after " + before + " of " + entry.pair());
    }
    if (entry.from().equals(user)) {
      String key = Intent.key(user, entry.to(), entry.id());
      echo(key, entry.seq());
      if (awaited.remove(key)) {
        room.release();
      }
    }
    if (entry.kind() == Kind.MESSAGE) {
      known.set((int) (entry.seq() % KNOWN), entry);
    }
  }

  private static void echo(String key, long seq) {
    KilledProgram.say("echo " + key + " " + seq);
  }
}
