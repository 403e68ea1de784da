package im.pair.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What reading costs in bytes, which is the same on every machine; time is not. */
@SuppressForbidden // com.sun.management: no other class counts allocated bytes
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** How many bytes this thread has allocated so far, those that were collected included. */
  public static long soFar() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
