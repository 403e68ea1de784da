package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client's connection alone, with sockets, a clock and dice that are the test's. */
class ReconnectingTest extends BrowserTest {
  private static final String STAGE =
      """
      async () => {
        const {Connection} = await import("/im/connection.js");
        const stage = {sockets: [], states: [], timer: null, waits: [], dice: 1};
        stage.connection = new Connection({
          open: () => {
            const socket = {close() { this.closed = true; }, send() {}};
            stage.sockets.push(socket);
            return socket;
          },
          onState: (state) => stage.states.push(state),
          onFrame: () => {},
          clock: {
            setTimeout: (action, ms) => { stage.waits.push(ms); return stage.timer = action; },
            clearTimeout: (timer) => { if (timer === stage.timer) stage.timer = null; },
          },
          random: () => stage.dice,
        });
        stage.socket = () => stage.sockets.at(-1);
        stage.ring = () => { const action = stage.timer; stage.timer = null; action(); };
        stage.fail = (code) => { stage.socket().onclose({code}); return stage.waits.at(-1); };
        stage.connection.hurry();
        window.stage = stage;
      }
      """;

  private ChatPage page;

  @BeforeEach
  void setStage() {
    page = blank(someone());
    page.open("/");
    page.page.evaluate(STAGE);
  }

  @Test
  void theLongestWaitDoublesUpToThirtySeconds() {
    assertThat(
            run(
                "Array.from({length: 7}, () => { const ms = stage.fail(1006); stage.ring(); return"
                    + " ms; })"))
        .isEqualTo(List.of(1000, 2000, 4000, 8000, 16000, 30000, 30000));
  }

  @Test
  void theWaitIsRandomFromZeroOn() {
    assertThat(run("stage.dice = 0, stage.fail(1006)")).isEqualTo(0);
    assertThat(run("stage.ring(), stage.dice = 0.25, stage.fail(1006)")).isEqualTo(500);
  }

  @Test
  void onlyAConnectionThatHoldsMakesTheWaitsShortAgain() {
    run("for (let i = 0; i < 3; i++) { stage.fail(1006); stage.ring(); }");
    assertThat(run("stage.socket().onopen(), stage.fail(1001)")).isEqualTo(8000);
    run("stage.ring(), stage.socket().onopen(), stage.ring()");
    assertThat(run("stage.fail(1001)")).isEqualTo(1000);
  }

  @Test
  void aHurryCutsTheWaitShortAndOpensOnlyOne() {
    run("stage.fail(1006), stage.connection.hurry(), stage.connection.hurry()");
    assertThat(run("stage.sockets.length")).isEqualTo(2);
    run("stage.socket().onopen(), stage.connection.hurry()");
    assertThat(run("stage.sockets.length")).isEqualTo(2);
    assertThat(run("stage.states"))
        .isEqualTo(List.of("connecting", "waiting", "connecting", "open"));
  }

  @Test
  void anAttemptThatHangsIsGivenUp() {
    assertThat(run("stage.waits.at(-1)")).isEqualTo(10_000);
    run("stage.ring()");
    assertThat(run("stage.sockets[0].closed")).isEqualTo(true);
    assertThat(run("stage.states")).isEqualTo(List.of("connecting", "waiting"));
  }

  @Test
  void someCloseCodesEndItForGoodAndAllOthersDoNot() {
    for (int code : new int[] {1000, 1001, 1006, 1011, 4401, 4429, 4503, 4508}) {
      assertThat(run("stage.fail(" + code + "), stage.connection.state"))
          .as("after " + code)
          .isEqualTo("waiting");
      run("stage.ring()");
    }
    for (int code : new int[] {1003, 1007, 1009, 4400}) {
      assertThat(run("stage.fail(" + code + "), stage.connection.hurry(), stage.connection.state"))
          .as("after " + code)
          .isEqualTo("stopped");
      assertThat(run("stage.timer")).isNull();
      page.page.evaluate(STAGE);
    }
  }

  private Object run(String script) {
    return page.page.evaluate(
        "() => " + (script.startsWith("for") ? "{ " + script + " }" : "(" + script + ")"));
  }
}
