package im.pair.wire;

import im.pair.core.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transport whose client is the test; bounded by frames. For tests of one thread. */
final class InMemoryTransport implements Transport {
  private final List<String> frames = new ArrayList<>();
  int capacity = Integer.MAX_VALUE;
  int resumes;
  @Nullable CloseReason closeReason;

  @Override
  public boolean send(byte[] utf8) {
    if (closeReason != null || frames.size() >= capacity) {
      return false;
    }
    return frames.add(new String(utf8, StandardCharsets.UTF_8));
  }

  @Override
  public void resumeReading() {
    resumes++;
  }

  @Override
  public void close(CloseReason reason) {
    closeReason = closeReason == null ? reason : closeReason;
  }

  List<String> take() {
    List<String> taken = List.copyOf(frames);
    frames.clear();
    return taken;
  }
}
