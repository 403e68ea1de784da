package im.pair.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.testkit.Await;
import im.pair.wire.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the transport owes its protocol, over a real socket. */
@Timeout(60)
class JettyTransportTest {

  @Test
  void noFrameIsReadBeforeTheProtocolWantsIt() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    BlockingQueue<Runnable> resumes = new LinkedBlockingQueue<>();
    try (ImServer server =
        ImServer.builder()
            .port(0)
            .classicProtocol(
                transport ->
                    new Recorder() {
                      @Override
                      public boolean receive(String frame) {
                        received.add(frame);
                        if (frame.equals("at once")) {
                          transport.resumeReading(); // before this call has returned
                        } else {
                          resumes.add(transport::resumeReading);
                        }
                        return false;
                      }
                    })
            .build()) {
      server.start();
      try (TextClient client = TextClient.open(server)) {
        client.say("at once").say("one").say("two");

        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("at once");
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
        Runnable resume = resumes.poll(20, TimeUnit.SECONDS);
        assertThat(received).isEmpty();
        resume.run();
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("two");
      }
    }
  }

  @Test
  void theEndIsToldAfterTheFrameThatIsBeingReceived() throws Exception {
    CountDownLatch receiving = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    try (ImServer server =
        ImServer.builder()
            .port(0)
            .limits(Siege.PATIENT.withGoodbye(Duration.ofMillis(300)))
            .classicProtocol(
                transport ->
                    new Recorder() {
                      @Override
                      public boolean receive(String frame) {
                        receiving.countDown();
                        try {
                          goOn.await(20, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        calls.add("received");
                        return true;
                      }

                      @Override
                      public void onClosed() {
                        calls.add("closed");
                      }
                    })
            .build()) {
      server.start();
      RawWebSocket client = RawWebSocket.open(server.port());
      client.text("hi");
      assertThat(receiving.await(20, TimeUnit.SECONDS)).isTrue();
      Thread closing = new Thread(server::close);
      closing.start();
      assertThat(client.readToClose()).isEqualTo(4503);
      client.close();
      goOn.countDown();

      assertThat(calls.poll(20, TimeUnit.SECONDS)).isEqualTo("received");
      assertThat(calls.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
      closing.join(20_000);
    }
  }

  @Test
  void aProtocolThatFailsEndsItsConnectionAlone() throws IOException {
    try (LogWatch log = new LogWatch();
        ImServer server =
            ImServer.builder()
                .port(0)
                .classicProtocol(
                    transport ->
                        new Recorder() {
                          @Override
                          public boolean receive(String frame) {
                            if (frame.equals("fail")) {
                              throw new IllegalStateException("as the test wants it");
                            }
                            return transport.send(frame.getBytes(UTF_8));
                          }
                        })
                .build()) {
      server.start();
      try (RawWebSocket one = RawWebSocket.open(server.port());
          RawWebSocket another = RawWebSocket.open(server.port())) {
        one.text("fail");
        another.text("hello");

        assertThat(one.readToClose()).isEqualTo(1011);
        assertThat(another.nextText()).isEqualTo("hello");
        log.await("a frame could not be handled");
      }
    }
  }

  @Test
  void aProtocolThatFailsAtATickEndsItsConnectionAlone() throws IOException {
    AtomicBoolean first = new AtomicBoolean(true);
    try (LogWatch log = new LogWatch();
        ImServer server =
            ImServer.builder()
                .port(0)
                .limits(ServerLimits.DEFAULTS.withHello(Duration.ofMillis(100)))
                .classicProtocol(
                    transport ->
                        new Recorder() {
                          private final boolean fails = first.getAndSet(false);

                          @Override
                          public boolean receive(String frame) {
                            return transport.send(frame.getBytes(UTF_8));
                          }

                          @Override
                          public void tick(long nanos) {
                            if (fails) {
                              throw new IllegalStateException("as the test wants it");
                            }
                          }
                        })
                .build()) {
      server.start();
      try (RawWebSocket one = RawWebSocket.open(server.port());
          RawWebSocket another = openWhen(() -> !first.get(), server)) {
        assertThat(one.readToClose()).isEqualTo(1011);
        another.text("hello");
        assertThat(another.nextText()).isEqualTo("hello");
        log.await("a client could not be looked after");
      }
    }
  }

  /** A client may read that it is upgraded before the server has made its end. */
  private static RawWebSocket openWhen(BooleanSupplier theFirstIsThere, ImServer server)
      throws IOException {
    Await.until("the first is there", theFirstIsThere);
    return RawWebSocket.open(server.port());
  }

  @Test
  void aFrameLargerThanTheBufferIsSentInOnePiece() throws IOException {
    byte[] large = "x".repeat(200_000).getBytes(US_ASCII);
    try (ImServer server =
        ImServer.builder()
            .port(0)
            .limits(ServerLimits.DEFAULTS.withBufferBytes(1_000))
            .classicProtocol(
                transport ->
                    new Recorder() {
                      @Override
                      public boolean receive(String frame) {
                        return transport.send(large);
                      }
                    })
            .build()) {
      server.start();
      try (RawWebSocket client = RawWebSocket.open(server.port())) {
        client.text("give");

        RawWebSocket.Frame frame = client.next();
        assertThat(frame.last()).isTrue();
        assertThat(frame.payload()).isEqualTo(large);
      }
    }
  }

  @Test
  void manyFramesOfAllSizesArriveWholeAndInOrder() throws IOException {
    int[] sizes = {0, 1, 125, 126, 4_000, 8_191, 8_192, 8_193, 40_000, 65_535, 65_536, 70_000};
    try (ImServer server =
        ImServer.builder()
            .port(0)
            .limits(ServerLimits.DEFAULTS.withBufferBytes(64 << 20))
            .classicProtocol(
                transport ->
                    new Recorder() {
                      @Override
                      public boolean receive(String frame) {
                        for (int i = 0; i < 2_000; i++) {
                          byte[] bytes = new byte[sizes[i * 7 % sizes.length]];
                          Arrays.fill(bytes, (byte) ('a' + i % 26));
                          transport.send(bytes);
                        }
                        return true;
                      }
                    })
            .build()) {
      server.start();
      try (RawWebSocket client = RawWebSocket.open(server.port())) {
        client.text("give");
        for (int i = 0; i < 100; i++) {
          client.frame(RawWebSocket.PING, true, new byte[100]); // pongs go in between
        }
        int pongs = 0;
        for (int i = 0; i < 2_000; ) {
          RawWebSocket.Frame frame = client.next();
          if (frame.opcode() == RawWebSocket.PONG) {
            pongs++;
            assertThat(frame.payload()).isEqualTo(new byte[100]);
          } else {
            assertThat(frame.payload()).hasSize(sizes[i * 7 % sizes.length]);
            byte expected = (byte) ('a' + i % 26);
            for (byte b : frame.payload()) {
              if (b != expected) {
                throw new AssertionError("frame " + i + " is mixed up");
              }
            }
            i++;
          }
        }
        assertThat(pongs).isLessThanOrEqualTo(100);
      }
    }
  }

  private abstract static class Recorder implements Protocol {
    @Override
    public void onWritable() {}

    @Override
    public void tick(long nanos) {}

    @Override
    public void onClosed() {}
  }
}
