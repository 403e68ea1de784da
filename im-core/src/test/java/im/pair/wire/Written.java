package im.pair.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.pair.core.Draft;
import im.pair.core.Entry;
import im.pair.core.Event;
import im.pair.core.Pair;
import im.pair.core.UserId;

/** What is written of a draft of alice's to bob that was stored as entry 1. */
final class Written {
  private static final UserId ALICE = new UserId("alice");
  private static final Pair PAIR = Pair.of(ALICE, new UserId("bob"));

  private Written() {}

  static Event appended(Draft draft) {
    return new Event.Appended(Entry.of(PAIR, 1, ALICE, 0, draft));
  }

  static String entry(Draft draft) {
    return new String(V1Encoder.SHARED.encode(appended(draft)), UTF_8);
  }
}
