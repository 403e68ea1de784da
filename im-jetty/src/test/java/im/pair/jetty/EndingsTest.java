package im.pair.jetty;

import static im.pair.jetty.FrameBytes.close;
import static im.pair.jetty.FrameBytes.frame;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.jetty.Endings.Ending;
import im.pair.testkit.Await;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each connection's end is recorded once. The other ends are {@link AttackTest}'s. */
@Timeout(60)
class EndingsTest {
  private final RecordedEndings endings = new RecordedEndings();
  private final ImServer server =
      ImServer.builder().port(0).endings(endings).limits(Siege.PATIENT).build();
  private RawWebSocket client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = RawWebSocket.open(server.port());
    Await.until("it is connected", () -> server.clients() == 1);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aGoodbye() throws IOException {
    client.leave();

    isRecorded(Ending.CLIENT);
  }

  @Test
  void aGoodbyeWithACodeThatIsAnError() throws IOException {
    client.bytes(close(1002, "you are wrong"));

    assertThat(client.readToClose()).isEqualTo(1002);
    isRecorded(Ending.CLIENT);
  }

  @Test
  void theEndOfTheLine() throws IOException {
    client.close();

    isRecorded(Ending.LOST);
  }

  @Test
  void aReset() throws IOException {
    client.vanish();

    isRecorded(Ending.LOST);
  }

  @Test
  void aBreachOfTheRules() throws IOException {
    client.bytes(frame(0x83, ""));

    assertThat(client.readToClose()).isEqualTo(1002);
    isRecorded(Ending.BREACH);
  }

  @Test
  void aMessageThatIsNotTaken() throws IOException {
    client.bytes(frame(0x82, ""));

    assertThat(client.readToClose()).isEqualTo(1003);
    isRecorded(CloseReason.BINARY);
  }

  @Test
  void theEndOfTheServerIfTheClientSaysGoodbyeToo() throws IOException {
    Thread closing = new Thread(server::close);
    closing.start();
    assertThat(client.readToClose()).isEqualTo(4503);
    client.bytes(close(4503, ""));

    isRecorded(CloseReason.DRAINING);
  }

  @Test
  void theEndOfTheServerIfItDoesNot() {
    server.close();

    isRecorded(CloseReason.DRAINING);
  }

  private void isRecorded(Enum<?> how) {
    Await.until("it is recorded", () -> !endings.all().isEmpty());
    server.close();
    assertThat(endings.all()).containsExactly(how);
  }
}
