package im.pair.jetty;

import im.pair.core.CloseReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records how connections ended: the close reason where the server had one. */
final class RecordedEndings implements Endings {
  private final List<Enum<?>> all = new CopyOnWriteArrayList<>();

  @Override
  public void ended(Ending how, @Nullable CloseReason reason) {
    all.add(how == Ending.SENT_AWAY && reason != null ? reason : how);
  }

  /** In their order. */
  List<Enum<?>> all() {
    return all;
  }

  long count(Enum<?> how) {
    return all.stream().filter(how::equals).count();
  }
}
