package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import im.pair.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Records what is logged, by anybody, while it is open. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private @Nullable Logger detailed;
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  LogWatch() {
    start();
    root.addAppender(this);
  }

  /** Records also what one class says at level DEBUG. */
  LogWatch(Class<?> of) {
    this();
    detailed = (Logger) LoggerFactory.getLogger(of);
    detailed.setLevel(Level.DEBUG);
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** Asserts that nothing was logged that would wake somebody up. */
  void assertQuiet() {
    assertThat(warnings()).isEmpty();
    assertThat(events).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
  }

  List<String> warnings() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
        .toList();
  }

  /** Waits until something is logged by the server that has these words in it. */
  void await(String words) {
    Await.until(
        words + " in the log",
        () -> events.stream().anyMatch(event -> event.getFormattedMessage().contains(words)));
  }

  /** All that was logged, a line each, with the exceptions. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : events) {
      text.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
    if (detailed != null) {
      detailed.setLevel(null);
    }
  }
}
