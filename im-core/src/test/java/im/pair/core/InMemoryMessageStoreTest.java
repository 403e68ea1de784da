package im.pair.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.pair.core.MessageStore.AppendResult;
import im.pair.core.MessageStore.Page;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.testkit.MessageStoreContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryMessageStoreTest extends MessageStoreContract {
  private static final UserId ALICE = new UserId("alice");

  @Override
  protected MessageStore open() {
    return new InMemoryMessageStore();
  }

  @Test
  void theOldestEntriesOfAllPairsGoFirstAndHeadsStay() {
    InMemoryMessageStore store = new InMemoryMessageStore(10 * 420, 10);
    append(store, "bob", "first", "x");
    for (int i = 0; i < 20; i++) {
      append(store, "carol", "id" + i, "x");
    }

    Page bobs = read(store, "bob");
    Page carols = read(store, "carol");

    assertThat(bobs).isEqualTo(new Page(List.of(), 1, false, Map.of()));
    assertThat(carols.head()).isEqualTo(20);
    assertThat(carols.entries().size()).isBetween(5, 10);
    assertThat(carols.entries()).last().extracting(Entry::seq).isEqualTo(20L);
    assertThat(append(store, "bob", "second", "x"))
        .isInstanceOfSatisfying(
            MessageStore.Appended.class, it -> assertThat(it.entry().seq()).isEqualTo(2));
  }

  @Test
  void deduplicationLastsAsLongAsTheEntry() {
    InMemoryMessageStore store = new InMemoryMessageStore(1, 10);
    append(store, "bob", "a", "x");
    assertThat(append(store, "bob", "a", "x")).isEqualTo(new MessageStore.Duplicate(1, 0));
    append(store, "bob", "b", "x");

    assertThat(append(store, "bob", "a", "x")).isInstanceOf(MessageStore.Appended.class);
  }

  @Test
  void pairsBeyondTheMostAreRefused() {
    InMemoryMessageStore store = new InMemoryMessageStore(1_000_000, 1);
    append(store, "bob", "a", "x");

    assertThat(append(store, "carol", "a", "x")).isEqualTo(new Refused(Rejection.STORE));
    assertThat(append(store, "bob", "b", "x")).isInstanceOf(MessageStore.Appended.class);
  }

  @Test
  void aChangeOfAnEntryThatIsNoLongerKeptIsRefused() {
    InMemoryMessageStore store = new InMemoryMessageStore(1, 10);
    append(store, "bob", "a", "x");
    append(store, "bob", "b", "x");
    Pair pair = Pair.of(ALICE, new UserId("bob"));

    assertThat(store.append(pair, ALICE, Draft.delete("c", 1), 0).toCompletableFuture().join())
        .isEqualTo(new Refused(Rejection.NOT_FOUND));
  }

  @Test
  void everyInstanceHasAnEpochOfItsOwn() {
    assertThat(new InMemoryMessageStore().epoch()).isNotEqualTo(new InMemoryMessageStore().epoch());
  }

  @Test
  void boundsAreAtLeastOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryMessageStore(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryMessageStore(1, 0));
  }

  private static AppendResult append(MessageStore store, String to, String id, String body) {
    Pair pair = Pair.of(ALICE, new UserId(to));
    return store.append(pair, ALICE, Draft.message(id, body), 0).toCompletableFuture().join();
  }

  private static Page read(MessageStore store, String peer) {
    return store
        .read(Pair.of(ALICE, new UserId(peer)), Range.after(0, 100, Integer.MAX_VALUE))
        .toCompletableFuture()
        .join();
  }
}
