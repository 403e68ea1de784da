package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The bounds of a server, and the bounds of those. */
class ServerLimitsTest {
  private static final ServerLimits DEFAULTS = ServerLimits.DEFAULTS;

  @Test
  void eachCanBeSetByItself() {
    Duration other = Duration.ofSeconds(99);

    assertThat(DEFAULTS.withHeader(other).header()).isEqualTo(other);
    assertThat(DEFAULTS.withHello(other).hello()).isEqualTo(other);
    assertThat(DEFAULTS.withFrame(other).frame()).isEqualTo(other);
    assertThat(DEFAULTS.withProgress(other).progress()).isEqualTo(other);
    assertThat(DEFAULTS.withPing(other, Duration.ofSeconds(98)))
        .isEqualTo(
            DEFAULTS.withPing(other, DEFAULTS.pong()).withPing(other, Duration.ofSeconds(98)))
        .extracting(ServerLimits::ping, ServerLimits::pong)
        .containsExactly(other, Duration.ofSeconds(98));
    assertThat(DEFAULTS.withGoodbye(other).goodbye()).isEqualTo(other);
    assertThat(DEFAULTS.withConnections(7, 0))
        .extracting(ServerLimits::connections, ServerLimits::connectionsPerAddress)
        .containsExactly(7, 0);
    assertThat(DEFAULTS.withBufferBytes(7).bufferBytes()).isEqualTo(7);
    assertThat(DEFAULTS.withCompression(true).compression()).isTrue();
    assertThat(
            DEFAULTS
                .withHeader(other)
                .withHello(other)
                .withFrame(other)
                .withProgress(other)
                .withPing(other, other)
                .withGoodbye(other)
                .withConnections(7, 7)
                .withBufferBytes(7)
                .withBytesInAll(7)
                .withCompression(true))
        .isEqualTo(
            new ServerLimits(
                other, other, other, other, other, other, other, 7, 7, 65_536, 7, 7, true));
  }

  @Test
  void whatMakesNoSenseIsRefusedByName() {
    refuses("header", () -> DEFAULTS.withHeader(Duration.ZERO));
    refuses("hello", () -> DEFAULTS.withHello(Duration.ofSeconds(-1)));
    refuses("frame", () -> DEFAULTS.withFrame(Duration.ofMillis(9)));
    refuses("progress", () -> DEFAULTS.withProgress(Duration.ofDays(2)));
    refuses("ping", () -> DEFAULTS.withPing(Duration.ZERO, DEFAULTS.pong()));
    refuses("pong", () -> DEFAULTS.withPing(DEFAULTS.ping(), Duration.ZERO));
    refuses("goodbye", () -> DEFAULTS.withGoodbye(Duration.ofSeconds(Long.MAX_VALUE)));
    refuses("connections", () -> DEFAULTS.withConnections(0, 0));
    refuses("connectionsPerAddress", () -> DEFAULTS.withConnections(1, -1));
    refuses("bufferBytes", () -> DEFAULTS.withBufferBytes(0));
  }

  @Test
  void aServerLooksAboutOnceASecondAndOftenerIfADeadlineIsShort() {
    assertThat(DEFAULTS.tick()).isEqualTo(Duration.ofSeconds(1));
    assertThat(DEFAULTS.withFrame(Duration.ofMillis(400)).tick()).isEqualTo(Duration.ofMillis(100));
  }

  private static void refuses(String name, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be ");
  }
}
