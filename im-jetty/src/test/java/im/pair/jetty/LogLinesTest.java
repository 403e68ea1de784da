package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher logs is one line each, whoever wrote the words. */
class LogLinesTest {
  private static final String ROOT = "ROOT";
  private static final String BRIEF = "org.eclipse.jetty.server.AbstractConnector";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogLinesTest.class.getResource("/logback.xml"));
  }

  /** What the one appender of a logger writes. */
  private String logged(String logger, String message, @Nullable Throwable thrown) {
    var appender =
        (OutputStreamAppender<ILoggingEvent>)
            context.getLogger(logger).iteratorForAppenders().next();
    Logger source = context.getLogger("some.Speaker");
    var event = new LoggingEvent("caller", source, Level.ERROR, message, thrown, null);
    return new String(appender.getEncoder().encode(event), UTF_8);
  }

  private static Throwable failure() {
    IllegalStateException cause = new IllegalStateException("the cause\r\nof it");
    cause.addSuppressed(new IOException("and another"));
    return new IllegalArgumentException("went wrong\n2026-01-01 ERROR forged", cause);
  }

  @Test
  void anExceptionIsOneLineWithItsCauses() {
    String text = logged(ROOT, "it failed", failure());

    assertThat(text.lines()).hasSize(1);
    assertThat(text)
        .endsWith("\n")
        .contains(" ERROR some.Speaker - it failed java.lang.IllegalArgumentException: went wrong")
        .contains("Caused by: java.lang.IllegalStateException: the cause of it")
        .contains("Suppressed: java.io.IOException: and another")
        .contains("at im.pair.jetty.LogLinesTest.failure(LogLinesTest.java:");
  }

  @Test
  void aDeepStackIsNotAllOfIt() {
    StackOverflowError deep = new StackOverflowError("deep");
    StackTraceElement[] trace = new StackTraceElement[1_024];
    Arrays.fill(trace, new StackTraceElement("a.Class", "method", "Class.java", 1));
    deep.setStackTrace(trace);

    assertThat(logged(ROOT, "it failed", deep))
        .hasSizeLessThan(5_000)
        .contains("at a.Class.method");
  }

  @ParameterizedTest
  @ValueSource(strings = {ROOT, BRIEF})
  void withoutAnExceptionNothingFollowsTheWords(String logger) {
    assertThat(logged(logger, "as it is: ünï 世界 {0} %msg", null))
        .containsPattern(
            "^\\d{4}-\\d\\d-\\d\\dT\\S+ ERROR some\\.Speaker - as it is: ünï 世界 \\{0} %msg\n$");
  }

  @Test
  void whereOneLineIsEnoughTheExceptionIsLeftOut() {
    String text = logged(BRIEF, "it failed", failure());

    assertThat(text).endsWith("it failed\n").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {ROOT, BRIEF})
  void nobodysWordsBreakALineOrSteerATerminal(String logger) {
    String rubbish =
        "a\nb\rc\r\nd\u000be\ff\u0085g\u2028h\u2029i\u001b[2Jj\u0000k\u009bl\tm\u007fn";

    String text = logged(logger, rubbish, new IOException(rubbish));

    assertThat(text).endsWith("\n");
    String line = text.substring(0, text.length() - 1);
    assertThat(line).contains("a b c d e f g h i [2Jj k l m n");
    assertThat(line.codePoints()).noneMatch(Character::isISOControl);
    assertThat(line).doesNotContain("\u2028", "\u2029");
  }
}
