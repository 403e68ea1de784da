package im.pair.jetty;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Somebody who asks a second time for the end does not want to wait for a good one. The JVM would:
 * it takes no notice of a signal while it obeys the first.
 */
final class SecondSignal {
  private static final List<String> ENDING = List.of("TERM", "INT");

  private SecondSignal() {}

  /**
   * From now on SIGTERM and SIGINT end the process at once. The JDK's way to hear of signals is in
   * a module of its own, and javac warns of each use; so it is looked up. Without it all is as it
   * was.
   */
  static void endsAtOnce() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object halt =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, heard) -> {
                Runtime.getRuntime().halt(128 + (Integer) number.invoke(heard[0]));
                return null;
              });
      for (String name : ENDING) {
        Object ending = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, ending, halt);
      }
    } catch (ReflectiveOperationException e) {
      // It waits then, as any JVM does.
    }
  }
}
