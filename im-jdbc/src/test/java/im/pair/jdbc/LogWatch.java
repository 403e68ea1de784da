package im.pair.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** What the store logs while this is open, and nobody else is told. */
final class LogWatch implements AutoCloseable {
  private final Logger logger = Logger.getLogger("im.pair.jdbc"); // held: it would be forgotten
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final StreamHandler handler =
      new StreamHandler() {
        @Override
        public synchronized void publish(LogRecord line) {
          lines.add(line.getMessage());
        }
      };

  LogWatch() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }
}
