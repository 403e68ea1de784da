package im.pair.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values refuse what is malformed. */
class ValuesTest {
  private static final UserId ALICE = new UserId("alice");
  private static final UserId BOB = new UserId("bob");

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "alice", "Alice", "a.b_c-d@e:f+g", "user@example.org", "0x"})
  void aUserIdIsLettersDigitsAndAFewSignsBetween(String value) {
    assertThat(new UserId(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".a", "a.", "a b", "a/b", "ä", "用户", "a\n", "a\u0000b", "<b>"})
  void anythingElseIsNoUserId(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserId(value))
        .withMessageContaining("1 to 64");
  }

  @Test
  void aUserIdHasAtMost64Characters() {
    assertThat(new UserId("a".repeat(64)).value()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a".repeat(65)));
  }

  @Test
  void aPairIsTheSameWhoeverNamesIt() {
    assertThat(Pair.of(ALICE, BOB)).isEqualTo(Pair.of(BOB, ALICE));
    assertThat(Pair.of(BOB, ALICE).other(BOB)).isEqualTo(ALICE);
    assertThat(Pair.of(BOB, ALICE).has(new UserId("carol"))).isFalse();
    assertThat(Pair.of(new UserId("b"), new UserId("B")).first().value()).isEqualTo("B");
  }

  @Test
  void aPairIsTwoDifferentUsers() {
    assertThatIllegalArgumentException().isThrownBy(() -> Pair.of(ALICE, new UserId("alice")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pair(BOB, ALICE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pair.of(ALICE, BOB).other(new UserId("carol")));
  }

  @Test
  void aDraftHasTheShapeOfItsKind() {
    List<Runnable> malformed =
        List.of(
            () -> Draft.message("", "x"),
            () -> Draft.message("x".repeat(65), "x"),
            () -> Draft.message("ä", "x"),
            () -> Draft.message("a", "lone \ud800"),
            () -> Draft.message("a", "lone \udc00 \ud83d\ude00"),
            () -> Draft.message("a", "nul \u0000"),
            () -> new Draft("a", Kind.MESSAGE, 1, "x", null),
            () -> new Draft("a", Kind.MESSAGE, 0, null, null),
            () -> new Draft("a", Kind.DELETE, 1, "x", null),
            () -> new Draft("a", Kind.EDIT, 1, "x", "data"),
            () -> new Draft("a", Kind.REACT, 1, null, null),
            () -> Draft.edit("a", 0, "x"));
    for (Runnable draft : malformed) {
      assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(draft::run);
    }
  }

  @Test
  void aMadeUpIdHas128RandomBits() {
    assertThat(Draft.message("x").id())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(Draft.message("x").id());
  }

  @Test
  void marksAndCursorsAreNotNegativeAndWhatIsReadIsDelivered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Command.Mark(null, new UserId("bob"), -1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Command.Mark(null, new UserId("bob"), 0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Marks(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Marks(1, -1));
  }

  @Test
  void aLimitIsAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(0, 0, Duration.ofSeconds(1)))
        .withMessageContaining("pendingCommands");
    assertThatIllegalArgumentException().isThrownBy(() -> limits(1, 0, Duration.ZERO));
  }

  @Test
  void anEventIsEncodedOncePerFormat() {
    int[] calls = new int[1];
    Format<String> format = event -> "made " + ++calls[0];
    Format<Integer> another = event -> 7;
    Outgoing outgoing = new Outgoing(new Event.Truncated(Pair.of(ALICE, BOB), 1));

    assertThat(outgoing.as(format)).isEqualTo("made 1");
    assertThat(outgoing.as(another)).isEqualTo(7);
    assertThat(outgoing.as(format)).isEqualTo("made 1");
  }

  @Test
  void closeReasonsAndRejectionsHaveStableCodes() {
    assertThat(CloseReason.values())
        .extracting(CloseReason::code)
        .containsExactly(1003, 1007, 1009, 1011, 1013, 4400, 4401, 4408, 4429, 4503, 4508);
    assertThat(CloseReason.DRAINING.comeBack()).isTrue();
    assertThat(CloseReason.BINARY.comeBack()).isFalse();
    assertThat(Rejection.NOT_YOURS.code()).isEqualTo("not_yours");
  }

  private static Limits limits(int pendingCommands, int sendsPerSecond, Duration storeTimeout) {
    return new Limits(
        1,
        1,
        1,
        pendingCommands,
        1,
        sendsPerSecond,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        storeTimeout,
        Duration.ofSeconds(1));
  }
}
