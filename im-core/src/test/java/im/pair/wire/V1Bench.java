package im.pair.wire;

import im.pair.core.CloseReason;
import im.pair.core.InMemoryMessageStore;
import im.pair.core.MessageStore;
import im.pair.core.PairRouter;
import im.pair.core.Rejection;
import im.pair.core.UserId;
import im.pair.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A router, its clock, and clients of im.v1 on transports in memory. For tests of one thread. */
abstract class V1Bench {
  static final UserId ALICE = new UserId("alice");

  final ManualClock clock = new ManualClock();
  final MessageStore store = new InMemoryMessageStore();
  final PairRouter router =
      PairRouter.builder().store(store).clock(clock).nanoTime(clock::nanoTime).build();
  final List<String> counted = new ArrayList<>();
  Authenticator authenticator = Authenticator.CLAIMED;

  final class Client {
    final InMemoryTransport transport = new InMemoryTransport();
    final V1Protocol protocol =
        new V1Protocol(
            new V1Protocol.Setup(
                router,
                credentials -> authenticator.authenticate(credentials),
                new WireListener() {
                  @Override
                  public void delivered() {
                    counted.add("delivered");
                  }

                  @Override
                  public void rejected(Rejection code) {
                    counted.add(code.code());
                  }
                },
                clock,
                clock::nanoTime,
                Duration.ofSeconds(10),
                65_536),
            transport);

    boolean says(String frame) {
      return protocol.receive(frame.replace('\'', '"'));
    }

    List<String> hears() {
      return transport.take().stream().map(frame -> frame.replace('"', '\'')).toList();
    }

    void ticksAfter(Duration time) {
      clock.advance(time);
      protocol.tick(clock.nanoTime());
    }

    @Nullable CloseReason closeReason() {
      return transport.closeReason;
    }
  }

  Client client(String user) {
    Client client = new Client();
    client.says("{'type':'hello','user':'" + user + "'}");
    client.hears();
    return client;
  }
}
