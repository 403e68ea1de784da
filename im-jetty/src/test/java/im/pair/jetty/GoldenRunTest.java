package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.protocol.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a golden case fails where the server does otherwise. In cases {@code '} is {@code "}. */
@Timeout(60)
class GoldenRunTest {
  private static final String ENTERS = "{'client':'alice-1','enters':'alice'},";
  private static final String PING = "{'client':'alice-1','send':{'type':'ping','ref':1}},";
  private static final String SEND =
      "{'client':'alice-1','send':{'type':'send','to':'bob','id':'c','body':'hi'}},";

  @TempDir Path directory;

  private static String entry(String seq, String at) {
    return "{'client':'alice-1','receives':{'type':'entry','from':'alice','to':'bob','seq':"
        + seq
        + ",'id':'c','at':"
        + at
        + ",'kind':'message','body':'hi'}},";
  }

  private void run(String steps) throws IOException {
    Path file = directory.resolve("a.json");
    String list = steps.substring(0, steps.length() - 1); // without the last comma
    Files.writeString(file, ("{'about':'.','steps':[" + list + "]}").replace('\'', '"'));
    new GoldenRun(GoldenCase.of(file)).run();
  }

  @Test
  void whatIsAsExpectedPasses() {
    assertThatCode(
            () ->
                run(
                    ENTERS
                        + SEND
                        + entry("1", "'$at1'")
                        + PING
                        + "{'client':'alice-1','receivesInterleaved':[[{'type':'pong','ref':1}]]},"))
        .doesNotThrowAnyException();
  }

  @Test
  void aFrameThatNobodyExpectsFails() {
    assertThatThrownBy(() -> run(ENTERS + SEND))
        .hasMessageContaining("at the end, alice-1")
        .hasStackTraceContaining("instead of nothing");
  }

  @Test
  void anotherFrameThanTheExpectedFails() {
    assertThatThrownBy(() -> run(ENTERS + SEND + entry("2", "'$any'")))
        .hasMessageContaining("step 3")
        .hasStackTraceContaining("but was");
    assertThatThrownBy(
            () ->
                run(
                    ENTERS
                        + PING
                        + "{'client':'alice-1','receivesInterleaved':[[{'type':'pong'}]]},"))
        .hasMessageContaining("step 3");
  }

  @Test
  void aPlaceholderThatMeetsTwoValuesFails() {
    assertThatThrownBy(() -> run(ENTERS + SEND + entry("'$at1'", "'$at1'")))
        .hasStackTraceContaining("but was");
  }

  @Test
  void anotherEndThanTheExpectedFails() {
    assertThatThrownBy(
            () ->
                run(
                    ENTERS
                        + "{'client':'alice-1','binary':'00'},{'client':'alice-1','closes':1009},"))
        .hasStackTraceContaining("close code");
    assertThatThrownBy(() -> run(ENTERS + PING + "{'client':'alice-1','closes':1009},"))
        .hasStackTraceContaining("pong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'client':'alice-1','recieves':{'type':'pong'}},",
        "{'client':'alice-1','send':{'type':'ping'},'receives':{'type':'pong'}},",
        "{'send':{'type':'ping'}},",
        "{'server':'explode'},",
        "{'server':'close','now':true},",
        "{'advance':1,'client':'alice-1'},",
      })
  void aStepThatIsNoneIsNotPassedOver(String step) {
    assertThatIllegalStateException().isThrownBy(() -> run(ENTERS + step));
  }
}
