package im.pair.jetty;

import static im.pair.jetty.FrameBytes.emptyPieces;
import static im.pair.jetty.FrameBytes.frame;
import static im.pair.jetty.Siege.PATIENT;
import static im.pair.jetty.Siege.PONG;
import static im.pair.jetty.Siege.SHORT;
import static im.pair.jetty.Siege.SMALL;
import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.CloseReason;
import im.pair.core.Draft;
import im.pair.core.UserId;
import im.pair.jetty.Endings.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Those that let the server wait, once they are connected. Each comes to its documented end by the
 * server's own record, while a pair beside it talks on.
 */
@Timeout(60)
class AttackTest {
  private static final int ATTACKERS = 20;
  private static final int PINGERS = 5; // each pings some 2,000 times until it is full
  private static final String BULK = "x".repeat(16_000);

  private final List<RawWebSocket> attackers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void leave() throws IOException {
    threads.shutdownNow();
    for (RawWebSocket attacker : attackers) {
      attacker.close();
    }
  }

  @Test
  void whoTakesNothingIsTooSlow() throws IOException {
    try (Siege siege = new Siege(PATIENT.withProgress(SHORT))) {
      UserId alice = new UserId("alice");
      UserId mallory = new UserId("mallory");
      comeTo(siege);
      for (RawWebSocket attacker : attackers) {
        attacker.text(join("mallory", "alice"));
        attacker.text(join("mallory", "mallory")); // answered, after the join
        assertThat(attacker.nextText()).contains("\"error\":\"self\"");
      }
      for (int i = 0; i < 50; i++) {
        siege.router.append(alice, mallory, Draft.message("m" + i, BULK));
      }

      siege.lastsUntil(CloseReason.TOO_SLOW, ATTACKERS);
      siege.costsNoMemory("silent slow readers");
    }
  }

  @Test
  void whoSendsAndTakesNothingIsTooSlow() throws IOException {
    try (Siege siege = new Siege(PATIENT.withProgress(SHORT))) {
      comeTo(siege);
      for (int i = 0; i < ATTACKERS; i++) {
        byte[] text = frame(0x81, message("mallory" + i, "sink", BULK));
        sendWithoutEnd(attackers.get(i), text);
      }

      siege.lastsUntil(CloseReason.TOO_SLOW, ATTACKERS);
      siege.costsNoMemory("chatty slow readers");
    }
  }

  @Test
  void whoPingsAndTakesNothingIsCutOff() throws IOException {
    try (Siege siege = new Siege(PATIENT.withPing(SHORT, PONG))) {
      comeTo(siege, PINGERS);
      for (RawWebSocket attacker : attackers) {
        sendWithoutEnd(attacker, frame(0x89, "x".repeat(125)));
      }

      siege.lastsUntil(Ending.NO_PONG, PINGERS);
      siege.costsNoMemory("pinging slow readers");
    }
  }

  @Test
  void whoIsSilentAfterTheUpgradeIsCutOff() throws IOException {
    try (Siege siege = new Siege(PATIENT.withPing(SHORT, PONG))) {
      comeTo(siege);

      siege.lastsUntil(Ending.NO_PONG, ATTACKERS);
      siege.costsNoMemory("silence after the upgrade");
    }
  }

  @Test
  void whoSaysNoHelloIsSentAway() throws IOException {
    try (Siege siege = new Siege(PATIENT.withHello(SHORT))) {
      for (int i = 0; i < ATTACKERS; i++) {
        String offer = "Sec-WebSocket-Protocol: im.v1\r\n";
        attackers.add(RawWebSocket.open(siege.port(), "/ws", 0, offer));
      }
      for (RawWebSocket attacker : attackers) {
        assertThat(attacker.readToClose()).isEqualTo(4408);
      }

      siege.lastsUntil(CloseReason.NO_HELLO, ATTACKERS);
    }
  }

  @Test
  void whoStopsBeforeAFrameIsSeenIsCutOff() throws IOException {
    try (Siege siege = new Siege(PATIENT.withPing(SHORT, PONG))) {
      comeTo(siege);
      byte[] text = frame(0x81, "x".repeat(100));
      byte[] ping = frame(0x89, "x".repeat(100));
      List<byte[]> beginnings =
          List.of(
              Arrays.copyOf(text, 1),
              Arrays.copyOf(text, 5), // its header but for a byte
              Arrays.copyOf(ping, 6),
              Arrays.copyOf(ping, 60));
      for (int i = 0; i < ATTACKERS; i++) {
        attackers.get(i).bytes(beginnings.get(i % beginnings.size()));
      }

      siege.lastsUntil(Ending.NO_PONG, ATTACKERS);
    }
  }

  @Test
  void whoDribblesAFrameIsTooSlow() throws IOException {
    try (Siege siege = new Siege(PATIENT.withFrame(SHORT))) {
      comeTo(siege);
      byte[] text = frame(0x81, "x".repeat(65_000));
      dribble(siege, text, 1);

      siege.costsNoMemory("dribbled frames");
      assertThat(attackers.get(0).readToClose()).isEqualTo(4508);
    }
  }

  @Test
  void whoDribblesPiecesOfAMessageIsTooSlow() throws IOException {
    try (Siege siege = new Siege(PATIENT.withFrame(SHORT))) {
      comeTo(siege);
      byte[] pieces = FrameBytes.join(frame(0x01, "x"), emptyPieces(900));
      dribble(siege, pieces, 6);

      assertThat(attackers.get(0).readToClose()).isEqualTo(4508);
    }
  }

  @Test
  void a100_000EmptyPiecesAreTooLarge() throws IOException {
    try (Siege siege = new Siege(PATIENT)) {
      comeTo(siege);
      byte[] pieces = FrameBytes.join(frame(0x01, ""), emptyPieces(100_000));
      for (RawWebSocket attacker : attackers) {
        sendOnce(attacker, pieces);
      }

      siege.lastsUntil(CloseReason.TOO_LARGE, ATTACKERS);
      siege.costsNoMemory("100,000 empty pieces");
    }
  }

  @Test
  void soAreThoseOfAMessageThatIsRefusedAnyway() throws IOException {
    try (Siege siege = new Siege(PATIENT)) {
      comeTo(siege);
      byte[] pieces = FrameBytes.join(frame(0x02, ""), emptyPieces(100_000));
      for (RawWebSocket attacker : attackers) {
        sendOnce(attacker, pieces);
      }

      siege.lastsUntil(CloseReason.BINARY, ATTACKERS);
    }
  }

  @Test
  void aDeflateBombIsTooLarge() throws IOException {
    try (Siege siege = new Siege(PATIENT.withCompression(true))) {
      byte[] bomb = frame(0xC1, Deflated.repeated(new byte[1 << 20], 256));
      String offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
      for (int i = 0; i < ATTACKERS; i++) {
        attackers.add(RawWebSocket.open(siege.port(), "/", SMALL, offer));
        sendOnce(attackers.get(i), bomb);
      }

      siege.lastsUntil(CloseReason.TOO_LARGE, ATTACKERS);
      siege.costsNoMemory("20 bombs of 256 MiB");
    }
  }

  private void comeTo(Siege siege) throws IOException {
    comeTo(siege, ATTACKERS);
  }

  private void comeTo(Siege siege, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      attackers.add(RawWebSocket.openSmall(siege.port(), SMALL));
    }
  }

  /** Each sends a little more each time that the pair has talked. */
  private void dribble(Siege siege, byte[] bytes, int size) {
    AtomicInteger sent = new AtomicInteger();
    siege.lastsUntil(
        "all are found too slow",
        () -> {
          int from = sent.getAndAdd(size);
          for (RawWebSocket attacker : attackers) {
            send(attacker, Arrays.copyOfRange(bytes, from, from + size));
          }
          return siege.endings.count(CloseReason.TOO_SLOW) == ATTACKERS;
        });
    assertThat(sent.get()).as("it has not run out").isLessThan(bytes.length);
  }

  private void sendOnce(RawWebSocket attacker, byte[] bytes) {
    threads.execute(() -> send(attacker, bytes));
  }

  private void sendWithoutEnd(RawWebSocket attacker, byte[] bytes) {
    threads.execute(
        () -> {
          while (send(attacker, bytes)) {
            // until it is cut off
          }
        });
  }

  /** Whether it could be sent. */
  private static boolean send(RawWebSocket attacker, byte[] bytes) {
    try {
      attacker.bytes(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
