package im.pair.testkit;

import im.pair.core.Entry;
import im.pair.core.Rejection;
import im.pair.core.RouterListener;
import im.pair.core.UserId;
import java.util.ArrayList;
import java.util.List;

/** Notes every call as a line such as {@code "attached alice"}. Thread-safe. */
public final class RecordingListener implements RouterListener {
  private final List<String> lines = new ArrayList<>(); // guarded by this

  @Override
  public void attached(UserId user) {
    note("attached " + user);
  }

  @Override
  public void detached(UserId user) {
    note("detached " + user);
  }

  @Override
  public void appended(Entry entry) {
    note("appended " + entry.pair() + " " + entry.seq());
  }

  @Override
  public void storedForOfflineUser(UserId user, Entry entry) {
    note("stored for " + user + " " + entry.seq());
  }

  @Override
  public void rejected(UserId user, Rejection code) {
    note("rejected " + user + " " + code.code());
  }

  @Override
  public void paused(UserId user) {
    note("paused " + user);
  }

  private synchronized void note(String line) {
    lines.add(line);
  }

  /** What was noted since the last call, in order. */
  public synchronized List<String> takeLines() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }
}
