package im.pair.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Kind;
import im.pair.core.Marks;
import im.pair.core.MessageStore;
import im.pair.core.MessageStore.Duplicate;
import im.pair.core.MessageStore.Listing;
import im.pair.core.MessageStore.Marked;
import im.pair.core.MessageStore.Place;
import im.pair.core.MessageStore.Range;
import im.pair.core.MessageStore.Refused;
import im.pair.core.MessageStore.Summary;
import im.pair.core.Pair;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link MessageStore} must do: its logs, its marks, its lists, and to forget. */
public abstract class MessageStoreContract extends LogContract {
  @Test
  void marksMoveForwardUpToTheHeadAndNeverBack() {
    appendMany(ALICE, 5);

    assertThat(mark(BOB, 3, 2)).isEqualTo(new Marked(5, true, Map.of(BOB, new Marks(3, 2))));
    assertThat(mark(BOB, 1, 1)).isEqualTo(new Marked(5, false, Map.of(BOB, new Marks(3, 2))));
    assertThat(mark(BOB, 1, 3)).isEqualTo(new Marked(5, true, Map.of(BOB, new Marks(3, 3))));
    assertThat(mark(BOB, 0, 4)).isEqualTo(new Marked(5, true, Map.of(BOB, new Marks(4, 4))));
    assertThat(mark(ALICE, 99, 0))
        .isEqualTo(new Marked(5, true, Map.of(BOB, new Marks(4, 4), ALICE, new Marks(5, 0))));
    assertThat(mark(ALICE, 0, Long.MAX_VALUE).marks()).containsEntry(ALICE, new Marks(5, 5));
  }

  @Test
  void aPageBringsTheMarksOfBoth() {
    appendMany(ALICE, 5);
    mark(BOB, 3, 2);
    mark(ALICE, 1, 0);

    Map<UserId, Marks> marks = Map.of(BOB, new Marks(3, 2), ALICE, new Marks(1, 0));

    assertThat(read(Range.after(0, 1, MANY_BYTES)).marks()).isEqualTo(marks);
    assertThat(read(Range.before(1, 1, MANY_BYTES)).marks()).isEqualTo(marks);
    assertThat(mark(BOB, 0, 0)).isEqualTo(new Marked(5, false, marks));
  }

  @Test
  void aPairWithoutEntriesHasNoMarks() {
    assertThat(mark(BOB, 3, 2)).isEqualTo(new Marked(0, false, Map.of()));

    appendMany(ALICE, 3);

    assertThat(mark(BOB, 0, 0).marks().getOrDefault(BOB, Marks.NONE)).isEqualTo(Marks.NONE);
  }

  @Test
  void conversationsAreListedByTheirNewestActivity() {
    appendTo("carol", ALICE, "a", 1_000);
    appendTo("dave", ALICE, "a", 3_000);
    appendTo("bob", ALICE, "a", 2_000);
    appendTo("erin", ALICE, "a", 2_000);

    Listing all = list(ALICE, null, 10);
    assertThat(all.items()).extracting(Summary::peer).containsExactly(users("dave bob erin carol"));
    assertThat(all.next()).isNull();

    appendTo("carol", new UserId("carol"), "b", 4_000);

    assertThat(list(ALICE, null, 10).items())
        .extracting(Summary::peer)
        .containsExactly(users("carol dave bob erin"));
    assertThat(list(new UserId("carol"), null, 10).items())
        .extracting(Summary::peer)
        .containsExactly(ALICE);
    assertThat(list(new UserId("nobody"), null, 10)).isEqualTo(new Listing(List.of(), null));
  }

  @Test
  void conversationsArePagedWithoutHoleOrOverlap() {
    int count = 200;
    for (int i = 0; i < count; i++) {
      appendTo("peer" + i, ALICE, "a", 1_000 + i / 7); // several at one time
    }
    Random random = new Random(11);
    List<Summary> paged = new ArrayList<>();
    Place next = null;
    do {
      Listing part = list(ALICE, next, 1 + random.nextInt(20));
      assertThat(part.items()).isNotEmpty();
      paged.addAll(part.items());
      next = part.next();
    } while (next != null);

    assertThat(paged).isEqualTo(list(ALICE, null, count).items()).hasSize(count);
  }

  @Test
  void aListEndsEarlyByBytesButHasAtLeastOneItem() {
    for (String peer : List.of("bob", "carol", "dave")) {
      Pair pair = Pair.of(ALICE, new UserId(peer));
      await(store.append(pair, ALICE, Draft.message("a", "x".repeat(5_000)), 1_000));
    }

    Listing tiny = await(store.conversations(ALICE, null, 10, 1));
    Listing some = await(store.conversations(ALICE, tiny.next(), 10, 50_000));

    assertThat(tiny.items()).extracting(Summary::peer).containsExactly(users("bob"));
    assertThat(tiny.next()).isEqualTo(new Place(1_000, BOB));
    assertThat(some.items()).extracting(Summary::peer).containsExactly(users("carol dave"));
    assertThat(some.next()).isNull();
  }

  @Test
  void aConversationIsSummedUpForEachOfBoth() {
    append(ALICE, Draft.message("a", "one"));
    append(BOB, Draft.message("a", "two"));
    append(ALICE, Draft.message("b", "three"));
    append(ALICE, Draft.edit("c", 3, "III"));
    append(BOB, Draft.react("b", 3, "👍"));
    mark(BOB, 4, 1);

    Summary bobs = list(BOB, null, 10).items().get(0);
    Summary alices = list(ALICE, null, 10).items().get(0);

    assertThat(bobs.peer()).isEqualTo(ALICE);
    assertThat(bobs.head()).isEqualTo(5);
    assertThat(bobs.own()).isEqualTo(new Marks(4, 1));
    assertThat(bobs.peers()).isEqualTo(Marks.NONE);
    assertThat(bobs.unread()).isEqualTo(1);
    assertThat(bobs.last()).isEqualTo(all().get(2));
    assertThat(alices.own()).isEqualTo(Marks.NONE);
    assertThat(alices.peers()).isEqualTo(new Marks(4, 1));
    assertThat(alices.unread()).isEqualTo(1);
  }

  @Test
  void deletedMessagesAreNotUnreadAndTheNewestMessageMayBeADeletedOne() {
    appendMany(ALICE, 3);
    append(ALICE, Draft.delete("d", 3));

    Summary bobs = list(BOB, null, 10).items().get(0);

    assertThat(bobs.unread()).isEqualTo(2);
    assertThat(bobs.last()).isEqualTo(all().get(2));
    assertThat(bobs.last().deleted()).isTrue();
  }

  @Test
  void unreadIsCountedUpToAThousand() {
    appendMany(ALICE, 1_100);
    assertThat(list(BOB, null, 1).items().get(0).unread()).isEqualTo(1_000);

    mark(BOB, 0, 150);

    assertThat(list(BOB, null, 1).items().get(0).unread()).isEqualTo(950);
  }

  @Test
  void aUserIsLastSeenAtTheLatestTimeThatWasNoted() {
    assertThat(await(store.seen(ALICE, 0))).isEqualTo(0);
    assertThat(await(store.seen(ALICE, 2_000))).isEqualTo(2_000);
    assertThat(await(store.seen(ALICE, 1_000))).isEqualTo(2_000);
    assertThat(await(store.seen(ALICE, 0))).isEqualTo(2_000);
    assertThat(await(store.seen(BOB, 0))).isEqualTo(0);
  }

  @Test
  void erasingAUserTakesItsWordsAndLeavesNumbersKindsAndIds() {
    append(ALICE, new Draft("a", Kind.MESSAGE, 0, "secret", "data"));
    append(BOB, Draft.message("a", "bob's own"));
    append(ALICE, Draft.edit("b", 1, "secret too"));
    append(ALICE, Draft.react("c", 2, "🎉"));
    append(BOB, Draft.react("b", 2, "👍"));
    mark(ALICE, 5, 5);
    await(store.seen(ALICE, 9_000));
    List<Entry> before = all();

    await(store.erase(ALICE));

    List<Entry> after = all();
    assertThat(after)
        .usingRecursiveFieldByFieldElementComparatorOnFields(
            "pair", "seq", "from", "id", "at", "kind", "of")
        .isEqualTo(before);
    assertThat(after).extracting(Entry::deleted).containsExactly(true, false, true, false, false);
    assertThat(after).extracting(Entry::body).containsExactly(null, "bob's own", null, "", "👍");
    assertThat(after.get(0).data()).isNull();
    assertThat(after.get(0).edited()).isFalse();
    assertThat(after.get(1).reactions()).isEqualTo(Map.of(BOB, "👍"));
    assertThat(mark(BOB, 0, 0).marks()).containsEntry(ALICE, new Marks(5, 5));
    assertThat(await(store.seen(ALICE, 0))).isEqualTo(0);
    assertThat(append(ALICE, Draft.message("a", "again"))).isEqualTo(new Duplicate(1, 1_000));
    assertThat(append(BOB, Draft.react("c", 1, "x"))).isEqualTo(new Refused(Rejection.DELETED));
    assertThat(list(BOB, null, 1).items().get(0).unread()).isEqualTo(0);
    assertThat(seq(append(ALICE, Draft.message("d", "new")))).isEqualTo(6);
  }

  @Test
  void erasingReachesEveryConversationOfTheUserAndNoOther() {
    appendTo("bob", ALICE, "a", 1_000);
    appendTo("carol", ALICE, "a", 1_000);
    Pair others = Pair.of(BOB, new UserId("carol"));
    await(store.append(others, BOB, Draft.message("a", "kept"), 1_000));

    await(store.erase(ALICE));
    await(store.erase(new UserId("nobody")));

    assertThat(list(ALICE, null, 10).items())
        .hasSize(2)
        .allSatisfy(item -> assertThat(item.last().body()).isNull());
    assertThat(await(store.read(others, Range.after(0, 1, MANY_BYTES))).entries())
        .extracting(Entry::body)
        .containsExactly("kept");
  }

  @Test
  void theEpochIsShortAsciiAndStays() {
    assertThat(store.epoch()).matches("[ -~]{1,64}").isEqualTo(store.epoch());
  }

  private void appendTo(String peer, UserId from, String id, long now) {
    UserId other = new UserId(peer);
    UserId owner = from.equals(other) ? ALICE : from;
    await(store.append(Pair.of(owner, other), from, Draft.message(id, "to " + peer), now));
  }

  private Marked mark(UserId user, long delivered, long read) {
    return await(store.mark(PAIR, user, delivered, read));
  }

  private Listing list(UserId user, @Nullable Place after, int limit) {
    return await(store.conversations(user, after, limit, MANY_BYTES));
  }

  private static UserId[] users(String names) {
    return Stream.of(names.split(" ")).map(UserId::new).toArray(UserId[]::new);
  }
}
