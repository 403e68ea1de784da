package im.pair.testkit;

import static java.lang.System.Logger.Level.INFO;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;

/** How much memory is in use. */
public final class Heap {
  private static final System.Logger LOG = System.getLogger(Heap.class.getName());

  private Heap() {}

  /** Writes a figure to the log, from where the README's are copied. */
  public static void report(String what, long bytes) {
    LOG.log(INFO, "measured: " + what + ": " + bytes / 1_000 + " kB");
  }

  /** The bytes in use after garbage collections, the least of some. */
  public static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      WeakReference<Object> garbage = new WeakReference<>(new Object());
      Await.until(
          "garbage is collected",
          () -> {
            System.gc();
            return garbage.get() == null;
          });
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      least = Math.min(least, used);
    }
    return least;
  }
}
