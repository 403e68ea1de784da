package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.CloseReason;
import im.pair.jetty.IncomingText.BreachException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pieces become texts, or an end. */
class IncomingTextTest {
  private static final int MOST = 1_000;

  private final IncomingText incoming = new IncomingText(MOST, new SharedMemory(1 << 20));

  @Test
  void oneSeesWhichMessageIsIncomplete() throws BreachException {
    assertThat(incoming.unfinished()).isZero();
    text("h", false);
    assertThat(incoming.unfinished()).isEqualTo(1);
    text("i", false);
    assertThat(incoming.unfinished()).isEqualTo(1);
    assertThat(text("!", true)).isEqualTo("hi!");
    assertThat(incoming.unfinished()).isZero();
    assertThat(text("whole", true)).isEqualTo("whole");
    assertThat(incoming.unfinished()).isZero();
    text("h", false);
    assertThat(incoming.unfinished()).isEqualTo(3);
  }

  @Test
  void emptyPiecesAreBoundedForEachMessage() throws BreachException {
    for (int message = 0; message < 3; message++) {
      for (int i = 0; i < IncomingText.MAX_EMPTY_PIECES; i++) {
        text("", false);
      }
      assertThat(text("hi", true)).isEqualTo("hi");
    }
    for (int i = 0; i < IncomingText.MAX_EMPTY_PIECES; i++) {
      text("", false);
    }
    ends(CloseReason.TOO_LARGE, () -> text("", false));
  }

  @Test
  void emptyPiecesOfAMessageThatIsDroppedAreBoundedToo() throws BreachException {
    text("x".repeat(MOST + 1), false);
    for (int i = 0; i < IncomingText.MAX_EMPTY_PIECES; i++) {
      text("", false);
    }
    ends(CloseReason.TOO_LARGE, () -> text("", false));
  }

  @Test
  void aMessageOfTheLargestSizeMayBeDeflated() throws BreachException {
    String largest = "é".repeat(MOST / 2);

    assertThat(deflated(Deflated.text(largest))).isEqualTo(largest);
    ends(CloseReason.TOO_LARGE, () -> deflated(Deflated.text(largest + "x")));
  }

  @Test
  void aBombIsNotInflated() {
    byte[] bomb = Deflated.repeated(new byte[10_000], 20);

    assertThat(bomb.length).as("small enough to be taken").isLessThan(MOST);
    ends(CloseReason.TOO_LARGE, () -> deflated(bomb));
  }

  @Test
  void whatIsTooLargeBeforeItIsInflatedIsNotKept() {
    ends(CloseReason.TOO_LARGE, () -> deflated(new byte[MOST + 100]));
  }

  @Test
  void rubbishIsNotInflated() {
    ends(CloseReason.NOT_UTF8, () -> deflated(new byte[] {-1, -1, -1}));
  }

  private @Nullable String text(String piece, boolean last) throws BreachException {
    ByteBuffer bytes = ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8));
    return incoming.take(bytes, false, false, last);
  }

  private @Nullable String deflated(byte[] bytes) throws BreachException {
    return incoming.take(ByteBuffer.wrap(bytes), false, true, true);
  }

  private static void ends(CloseReason reason, Deed deed) {
    assertThatThrownBy(deed::done)
        .isInstanceOfSatisfying(
            BreachException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private interface Deed {
    void done() throws BreachException;
  }
}
