package im.pair.core;

import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Appended;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live pair's appends under way: called one after the other, since their numbers follow the order
 * of the calls, and settled in whatever order the store completes them. The log's head is learned
 * before the first is called, so that the conversation sees each gap. What failed may have been
 * stored: then a look at the log decides.
 *
 * <p>Its lock, which is this object, guards what waits. The conversation's is taken inside it, to
 * ask for the head; nothing else is called under it.
 */
final class Appends {
  private final PairRouter router;
  private final Conversation conversation;

  // All guarded by this.
  private final ArrayDeque<Append> uncalled = new ArrayDeque<>();
  private final Set<Append> pending = new LinkedHashSet<>(); // in the order of the calls
  private final Set<Append> late = new LinkedHashSet<>(); // no more pending, but still in the store
  private boolean calling;
  private boolean looking;
  private boolean lookAgain; // at the next tick

  Appends(PairRouter router, Conversation conversation) {
    this.router = router;
    this.conversation = conversation;
  }

  /** Appends, on a stay in the conversation that ends when the append is settled. */
  void add(Append append) {
    boolean full;
    synchronized (this) {
      full = pending.size() + late.size() >= router.limits.pendingAppends();
      if (!full) {
        pending.add(append);
        uncalled.add(append);
      }
    }
    if (full) {
      answer(append, new Refused(Rejection.STORE));
    } else {
      callStore();
      look(false);
    }
  }

  /** One thread at a time calls the store, so in one order. */
  private void callStore() {
    synchronized (this) {
      if (calling) {
        return;
      }
      calling = true;
    }
    for (Append next; (next = nextToCall()) != null; ) {
      Append append = next;
      router
          .ask(store -> store.append(conversation.pair, append.from, append.draft, router.now()))
          .whenComplete((result, failure) -> completed(append, result));
    }
  }

  private synchronized @Nullable Append nextToCall() {
    long head = conversation.head();
    Append next = head == Conversation.UNKNOWN ? null : uncalled.poll();
    if (next != null) {
      next.head = head;
    }
    calling = next != null;
    return next;
  }

  private void completed(Append append, @Nullable AppendResult answer) {
    AppendResult result;
    boolean inTime;
    synchronized (this) {
      inTime = !late.remove(append);
      result = answer instanceof Appended made ? onceFor(append, made.entry()) : answer;
      append.failed = inTime && result == null;
      lookAgain |= !inTime && result == null; // nobody waits, yet it may have been stored
      if (inTime && result != null) {
        pending.remove(append);
      }
    }
    if (inTime && result != null) {
      answer(append, result);
    } else if (!inTime) {
      if (result instanceof Appended appended) {
        conversation.publish(appended.entry(), append.erasures);
        router.appended(appended.entry());
      }
      router.live.leave(conversation);
    }
    look(false);
  }

  /**
   * Of several appends with one id one made the entry, but which one is not known of those that
   * failed: the first that can say so tells of it, and the others are repetitions.
   */
  private AppendResult onceFor(Append append, Entry entry) {
    Duplicate repeated = new Duplicate(entry.seq(), entry.at());
    if (append.told.contains(entry.seq()) || entry.seq() <= append.head) {
      return repeated;
    }
    for (Set<Append> others : List.of(pending, late)) {
      others.stream().filter(o -> o.isMadeOf(entry)).forEach(o -> o.told.add(entry.seq()));
    }
    return new Appended(entry);
  }

  /** Publishes what was appended, then tells its asker and ends its stay. Under no lock. */
  private void answer(Append append, @Nullable AppendResult result) {
    if (result instanceof Appended appended) {
      conversation.publish(appended.entry(), append.erasures);
    }
    append.asker.answer(result);
    if (result instanceof Appended appended) {
      router.appended(appended.entry());
    }
    router.live.leave(conversation);
  }

  /** Tells the senders of appends that take too long, and looks at the log again if need be. */
  void tick(long nanos) {
    List<Append> overdue = new ArrayList<>(0);
    int stays = 0; // of those that the store has still to answer
    synchronized (this) {
      for (Append append : pending) {
        if (nanos - append.since >= router.limits.storeTimeout().toNanos()) {
          overdue.add(append);
        }
      }
      for (Append append : overdue) {
        pending.remove(append);
        if (!uncalled.remove(append) && !append.failed) {
          late.add(append);
          stays++;
        }
      }
      lookAgain |= !overdue.isEmpty();
    }
    for (; stays > 0; stays--) {
      router.live.enter(conversation.pair);
    }
    overdue.forEach(append -> answer(append, null));
    look(true);
  }

  /**
   * Looks at the log: for its head before the first append, and after a failure, since what failed
   * may have been stored. One look at a time.
   */
  private void look(boolean again) {
    List<Append> doubtful;
    Range range;
    synchronized (this) {
      long head = conversation.head();
      doubtful = pending.stream().filter(append -> append.failed).toList();
      boolean blind = head == Conversation.UNKNOWN && !uncalled.isEmpty();
      if (looking || (doubtful.isEmpty() && !blind && !(again && lookAgain))) {
        return;
      }
      looking = true;
      lookAgain = false;
      range =
          head == Conversation.UNKNOWN
              ? Range.before(Long.MAX_VALUE, 1, 1)
              : router.limits.pageAfter(head);
    }
    router.live.enter(conversation.pair);
    router
        .ask(store -> store.read(conversation.pair, range))
        .whenComplete((page, failure) -> looked(doubtful, page));
  }

  private void looked(List<Append> doubtful, @Nullable Page page) {
    Map<Append, @Nullable AppendResult> settled = new LinkedHashMap<>();
    synchronized (this) {
      looking = false;
      if (page != null) {
        page.entries().forEach(entry -> find(entry, settled));
      } else if (conversation.head() == Conversation.UNKNOWN) {
        uncalled.forEach(append -> settled.put(append, null));
        uncalled.clear();
      } else {
        lookAgain = true;
      }
      for (Append append : doubtful) {
        if (pending.contains(append) && !settled.containsKey(append)) {
          settled.put(append, null);
        }
      }
      pending.removeAll(settled.keySet());
    }
    settled.forEach(this::answer);
    if (page != null) {
      conversation.saw(page);
    }
    callStore();
    router.live.leave(conversation);
    look(false);
  }

  /**
   * Whether something may be stored, now or later, that nobody was given yet. Those who are here
   * need the conversation for that: it alone knows the head from which they were to be given it.
   */
  synchronized boolean unfinished() {
    return lookAgain;
  }

  /** Settles what failed and yet was stored. */
  private void find(Entry entry, Map<Append, @Nullable AppendResult> settled) {
    for (Append append : pending) {
      if (append.failed && append.isMadeOf(entry)) {
        settled.put(append, onceFor(append, entry));
      }
    }
  }
}
