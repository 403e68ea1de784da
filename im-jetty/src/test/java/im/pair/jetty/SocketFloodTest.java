package im.pair.jetty;

import static im.pair.jetty.Siege.PATIENT;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.Endings.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Those that come in crowds, and do not even ask for an upgrade. */
@Timeout(60)
@EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is this machine
class SocketFloodTest {
  private static final System.Logger LOG = System.getLogger(SocketFloodTest.class.getName());
  private static final String ATTACKERS_ADDRESS = "127.0.2.1"; // not the pair's
  private static final int SLOW_SENDERS = 500;
  private static final int CROWD = 5_000;
  private static final int CAP = 100;
  private static final int SPARE = 1_000; // descriptors, for all that is not of the crowd

  private final List<RawWebSocket> attackers = new ArrayList<>();

  @AfterEach
  void leave() throws IOException {
    for (RawWebSocket attacker : attackers) {
      attacker.close();
    }
    attackers.clear(); // their buffers must not count as the server's
  }

  @Test
  void fiveHundredThatDribbleTheirHeadersAreCutOff() throws IOException {
    try (Siege siege = new Siege(PATIENT.withHeader(Duration.ofMillis(500)))) {
      byte[] head =
          (RawWebSocket.upgrade(siege.port(), "/") + "Cookie: " + "x".repeat(8_000))
              .getBytes(US_ASCII);
      for (int i = 0; i < SLOW_SENDERS; i++) {
        attackers.add(RawWebSocket.connect(siege.port(), ATTACKERS_ADDRESS, 0));
      }
      AtomicInteger sent = new AtomicInteger();
      siege.lastsUntil(
          "all are cut off",
          () -> {
            byte[] next = {head[sent.getAndIncrement()]};
            attackers.forEach(attacker -> send(attacker, next));
            return siege.endings.count(Ending.NO_REQUEST) == SLOW_SENDERS;
          });

      for (RawWebSocket attacker : attackers) {
        assertThat(attacker.next()).as("unanswered").isNull();
      }
      leave();
      siege.costsNoMemory("500 headers that dribble");
    }
  }

  @Test
  void fiveThousandSocketsFromOneAddressMeetTheCap() throws IOException {
    int crowd = crowd();
    try (Siege siege = new Siege(PATIENT.withConnections(10_000, CAP))) {
      long descriptors = Descriptors.open();
      siege.lastsUntil("all have come", () -> comeTo(siege, crowd));

      siege.lastsUntil(Ending.REFUSED, crowd - CAP);
      assertThat(Descriptors.open())
          .as("the refused have none at the server")
          .isLessThan(descriptors + crowd + CAP + 20);
      for (RawWebSocket attacker : attackers.subList(CAP, crowd)) {
        assertThat(attacker.readAll())
            .startsWith("HTTP/1.1 503 ")
            .contains("\r\nConnection: close\r\n", "\r\nRetry-After: ")
            .endsWith("\r\n\r\n");
      }
      leave();
      siege.lastsUntil("their descriptors are free", () -> Descriptors.open() <= descriptors + 5);
      siege.costsNoMemory(crowd + " sockets from one address");
      RawWebSocket.openFrom(ATTACKERS_ADDRESS, siege.port()).close();
    }
  }

  /** As many as there are descriptors for, both ends counted. */
  private int crowd() {
    long free = Descriptors.most() - Descriptors.open() - SPARE - CAP;
    if (free < CROWD) {
      LOG.log(WARNING, "ONLY {0} SOCKETS INSTEAD OF {1}: see ulimit -n", free, CROWD);
    }
    assertThat(free).as("descriptors, see ulimit -n").isGreaterThan(2 * CAP);
    return (int) Math.min(CROWD, free);
  }

  /** Some more come; every other sends a request at once. Whether all have come. */
  private boolean comeTo(Siege siege, int crowd) {
    try {
      for (int i = 0; i < 250 && attackers.size() < crowd; i++) {
        RawWebSocket attacker = RawWebSocket.connect(siege.port(), ATTACKERS_ADDRESS, 0);
        attackers.add(attacker);
        if (attackers.size() > CAP && i % 2 == 0) {
          send(attacker, (RawWebSocket.upgrade(siege.port(), "/") + "\r\n").getBytes(US_ASCII));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return attackers.size() == crowd;
  }

  private static void send(RawWebSocket attacker, byte[] bytes) {
    try {
      attacker.bytes(bytes);
    } catch (IOException e) {
      // It has been cut off, which is for the server to say.
    }
  }
}
