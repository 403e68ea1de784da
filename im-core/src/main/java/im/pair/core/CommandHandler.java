package im.pair.core;

import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What comes of the commands of one session. Each is answered once, by an event or by its effect,
 * and then counts no more. Under no lock.
 */
final class CommandHandler {
  private final PairRouter router;
  private final Session session;
  private final UserId user;

  CommandHandler(PairRouter router, Session session) {
    this.router = router;
    this.session = session;
    user = session.user();
  }

  /** How much of the pending commands it takes: reading the store for long takes all. */
  int weight(Command command) {
    boolean heavy =
        command instanceof Command.History
            || command instanceof Command.Conversations
            || command instanceof Command.Watch;
    return heavy ? router.limits.pendingCommands() : 1;
  }

  void handle(Command command) {
    if (command instanceof Command.Send send) {
      send(send);
    } else if (command instanceof Command.Mark mark) {
      mark(mark);
    } else if (command instanceof Command.Typing typing) {
      typing(typing);
    } else if (command instanceof Command.Watch watch) {
      watch(watch);
    } else if (command instanceof Command.History history) {
      history(history);
    } else if (command instanceof Command.Conversations conversations) {
      conversations(conversations);
    }
  }

  private void send(Command.Send send) {
    if (send.to().equals(user)) {
      reject(send, Rejection.SELF, "one cannot write to oneself", 0);
      return;
    }
    if (router.limits.exceededBy(send.draft())) {
      reject(send, Rejection.TOO_LARGE, "the message is too large", 0);
      return;
    }
    long wait = router.rates.take(user, router.nanos());
    if (wait > 0) {
      long millis = TimeUnit.NANOSECONDS.toMillis(wait + TimeUnit.MILLISECONDS.toNanos(1) - 1);
      reject(send, Rejection.RATE, "too many messages at once", millis);
    } else if (!router.policy.mayWrite(user, send.to())) {
      reject(send, Rejection.BLOCKED, "this user does not take your messages", 0);
    } else {
      router.append(Pair.of(user, send.to()), user, send.draft(), result -> answer(send, result));
    }
  }

  private void answer(Command.Send send, @Nullable AppendResult result) {
    if (result instanceof Appended) {
      session.answered(1); // by the entry itself
    } else if (result instanceof Duplicate earlier) {
      session
          .outbox()
          .answer(
              new Event.Accepted(
                  send.ref(), send.to(), send.draft().id(), earlier.seq(), earlier.at()),
              1);
    } else if (result instanceof Refused refused) {
      reject(send, refused.code(), "the log does not take it: " + refused.code().code(), 0);
    } else {
      reject(send, Rejection.STORE, "not known to be stored, send it again", 0);
    }
  }

  private void mark(Command.Mark mark) {
    if (mark.peer().equals(user)) {
      reject(mark, Rejection.SELF, "one has no conversation with oneself");
    } else if (!router.policy.mayWrite(user, mark.peer())) {
      reject(mark, Rejection.NOT_FOUND, "there is no such entry");
    } else {
      Pair pair = Pair.of(user, mark.peer());
      Conversation conversation = router.live.enter(pair);
      router
          .ask(store -> store.mark(pair, user, mark.delivered(), mark.read()))
          .whenComplete(
              (marked, failure) -> {
                marked(mark, conversation, marked);
                router.live.leave(conversation);
              });
    }
  }

  private void marked(Command.Mark mark, Conversation conversation, @Nullable Marked marked) {
    if (marked == null) {
      reject(mark, Rejection.STORE, "not known to be stored, mark it again");
    } else if (marked.head() == 0) {
      reject(mark, Rejection.NOT_FOUND, "there is no such entry");
    } else {
      conversation.marked(user, marked, session);
      session.answered(1); // by the marks themselves
    }
  }

  private void typing(Command.Typing typing) {
    if (typing.to().equals(user)) {
      reject(typing, Rejection.SELF, "one cannot write to oneself");
      return;
    }
    if (router.policy.mayWrite(user, typing.to())) {
      Pair pair = Pair.of(user, typing.to());
      Outgoing event = new Outgoing(new Event.Typing(user, typing.to(), typing.on()));
      for (Session peer : router.roster.of(typing.to())) {
        if (peer.hears(pair)) {
          peer.outbox().offer(event);
        }
      }
    }
    session.answered(1);
  }

  private void watch(Command.Watch watch) {
    if (watch.peers().size() > router.limits.watchedPeers()) {
      reject(watch, Rejection.TOO_LARGE, "too many users to watch");
      return;
    }
    session.watch(watch.peers());
    CompletionStage<?> last = CompletableFuture.completedFuture(null);
    for (UserId peer : watch.peers()) { // one read after the other: others read too
      boolean visible = router.policy.maySee(user, peer);
      last = last.thenCompose(before -> tellPresence(peer, visible));
    }
    last.whenComplete((all, failure) -> session.answered(weight(watch)));
  }

  private CompletionStage<?> tellPresence(UserId peer, boolean visible) {
    boolean asks = visible && !router.isOnline(peer);
    // A time is asked for in any case: how long the answer takes tells nothing.
    return router
        .ask(store -> store.seen(peer, 0))
        .handle(
            (at, failure) -> {
              session.outbox().presence(peer, visible, asks && at != null ? at : 0);
              return true;
            });
  }

  private void history(Command.History history) {
    if (history.peer().equals(user)) {
      reject(history, Rejection.SELF, "one has no conversation with oneself");
      return;
    }
    int limit = router.limits.clamp(history.limit());
    Range range = new Range(history.from(), history.ascending(), limit, router.limits.pageBytes());
    long erasures = router.erasures();
    router
        .ask(store -> store.read(Pair.of(user, history.peer()), range))
        .whenComplete(
            (page, failure) -> {
              if (page == null) {
                reject(history, unreadable(history));
              } else {
                Event answer = new Event.Page(history.ref(), history.peer(), page);
                session.outbox().answer(answer, erasures, unreadable(history), weight(history));
              }
            });
  }

  private void conversations(Command.Conversations command) {
    int limit = router.limits.clamp(command.limit());
    long erasures = router.erasures();
    router
        .ask(store -> store.conversations(user, command.after(), limit, router.limits.pageBytes()))
        .whenComplete(
            (listing, failure) -> {
              if (listing == null) {
                reject(command, unreadable(command));
              } else {
                Event answer = new Event.Conversations(command.ref(), listing);
                session.outbox().answer(answer, erasures, unreadable(command), weight(command));
              }
            });
  }

  private static Event.Rejected unreadable(Command command) {
    String reason = "it cannot be read now, ask again";
    return new Event.Rejected(command.ref(), null, null, Rejection.STORE, reason, 0);
  }

  private void reject(Command.Send send, Rejection code, String reason, long retryAfterMs) {
    reject(
        send,
        new Event.Rejected(send.ref(), send.to(), send.draft().id(), code, reason, retryAfterMs));
  }

  private void reject(Command command, Rejection code, String reason) {
    reject(command, new Event.Rejected(command.ref(), null, null, code, reason, 0));
  }

  private void reject(Command command, Event.Rejected rejected) {
    router.tell(watcher -> watcher.rejected(user, rejected.code()));
    session.outbox().answer(rejected, weight(command));
  }
}
