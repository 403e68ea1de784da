package im.pair.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.pair.core.Command;
import im.pair.wire.BadFrameException;
import im.pair.wire.V1Decoder;
import im.pair.wire.V1Frame;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jazzer has found worth keeping, and mutations of it, without Jazzer. */
class CorpusTest {
  /** Of each kept input. */
  private static final int MUTATIONS = 500;

  static Stream<Arguments> targets() {
    Consumer<byte[]> v1 = V1Target::fuzzerTestOneInput;
    Consumer<byte[]> classic = ClassicTarget::fuzzerTestOneInput;
    return Stream.of(arguments(V1Target.class, v1), arguments(ClassicTarget.class, classic));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void theKeptInputsHold(Class<?> target, Consumer<byte[]> fuzzed) throws IOException {
    for (byte[] input : Corpus.of(target).inputs()) {
      run(fuzzed, input);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void mutationsOfThemHold(Class<?> target, Consumer<byte[]> fuzzed) throws IOException {
    Corpus corpus = Corpus.of(target);
    Mutator mutator = new Mutator(1, corpus.inputs(), Corpus.words());
    for (byte[] input : corpus.inputs()) {
      for (int i = 0; i < MUTATIONS; i++) {
        run(fuzzed, mutator.mutate(input));
      }
    }
  }

  private static void run(Consumer<byte[]> fuzzed, byte[] input) {
    try {
      fuzzed.accept(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("fails for " + Corpus.printable(input), e);
    }
  }

  /** The kept inputs are not blind: frames of all sorts are among them. */
  @Test
  void everyCommandIsKept() throws IOException {
    Map<String, Integer> sights = new TreeMap<>();
    for (byte[] input : Corpus.of(V1Target.class).inputs()) {
      sights.merge(sight(input), 1, Integer::sum);
    }

    assertThat(sights)
        .containsKeys(
            "Hello",
            "Ping",
            "MESSAGE",
            "EDIT",
            "DELETE",
            "REACT",
            "Mark",
            "Typing",
            "Watch",
            "History",
            "Conversations",
            "Refused",
            "error");
  }

  private static String sight(byte[] input) {
    try {
      V1Frame frame = V1Decoder.decode(Oracle.text(input));
      if (!(frame instanceof V1Frame.Ask ask)) {
        return frame.getClass().getSimpleName();
      }
      return ask.command() instanceof Command.Send send
          ? send.draft().kind().name()
          : ask.command().getClass().getSimpleName();
    } catch (BadFrameException e) {
      return "error";
    }
  }
}
