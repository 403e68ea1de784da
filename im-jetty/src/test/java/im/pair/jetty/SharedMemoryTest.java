package im.pair.jetty;

import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.OutgoingBuffer.Batch;
import im.pair.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many clients at their bounds do not fill the heap, and a client with nothing queued is served.
 */
@Timeout(60)
class SharedMemoryTest {
  private static final int IN_ALL = 1 << 20;

  @Test
  void halfMessagesBeyondTheBoundAreSentAwayAndOthersAreServed() throws IOException {
    List<RawWebSocket> rude = new ArrayList<>();
    try (ImServer server =
        ImServer.builder().port(0).limits(ServerLimits.DEFAULTS.withBytesInAll(IN_ALL)).build()) {
      server.start();
      for (int i = 0; i < 30; i++) {
        RawWebSocket client = RawWebSocket.open(server.port());
        client.frame(RawWebSocket.TEXT, false, new byte[60_000]);
        rude.add(client);
      }
      Await.until("what is too much has gone", () -> server.clients() < 18);
      assertThat(server.handler().memoryUsed()).isLessThanOrEqualTo(IN_ALL);
      assertThat(rude.get(29).readToClose()).isEqualTo(1013);
      try (TextClient alice = TextClient.joined(server, "alice", "bob")) {
        alice.say(message("alice", "bob", "still here"));
        assertThat(alice.next()).isEqualTo(told("alice", "still here"));
      }

      for (RawWebSocket client : rude) {
        client.close();
      }
      Await.until("all have gone", () -> server.clients() == 0);
      assertThat(server.handler().memoryUsed()).isZero();
    }
  }

  @Test
  void aBufferTakesOneFrameAtATimeWhenTheMemoryOfAllIsUsedUp() {
    SharedMemory memory = new SharedMemory(250);
    OutgoingBuffer slow = new OutgoingBuffer(1_000, 100, memory);
    OutgoingBuffer quick = new OutgoingBuffer(1_000, 100, memory);
    byte[] frame = new byte[98]; // 100 with its header
    assertThat(slow.offer(frame)).isTrue();
    assertThat(slow.offer(frame)).isTrue();
    assertThat(slow.offer(frame)).isFalse();

    assertThat(quick.offer(frame)).as("it has none yet").isTrue();
    assertThat(quick.offer(frame)).isFalse();
    assertThat(quick.callsWriter()).isTrue();
    assertThat(quick.nextBatch().frames()).hasSize(1);
    assertThat(quick.settle()).as("it is told that there is room").isTrue();
    assertThat(quick.offer(frame)).isTrue();
    assertThat(quick.nextBatch()).isNotEqualTo(Batch.NOTHING);
    quick.end();
    assertThat(quick.settle()).isFalse();
    assertThat(memory.used()).isEqualTo(200);
    slow.end();
    slow.end();

    assertThat(memory.used()).isZero();
  }
}
