package im.pair.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The frames between a page and its server, of which a test may stop some. */
final class Wire {
  private static final Pattern URL = Pattern.compile("/ws$");

  private final Page page;
  private final List<Runnable> waiting = new ArrayList<>();
  private Predicate<String> stopped = frame -> false;
  private WebSocketRoute last;

  private Wire(Page page) {
    this.page = page;
  }

  /** It is there from the next document on. */
  static Wire of(Page page) {
    Wire wire = new Wire(page);
    page.routeWebSocket(URL, wire::join);
    return wire;
  }

  /** From now on frames that have all these parts wait, whoever sends them. */
  void stop(String... parts) {
    stopped = frame -> List.of(parts).stream().allMatch(frame::contains);
  }

  /** Returns when so many wait. */
  void isHolding(int frames) {
    page.waitForCondition(() -> waiting.size() >= frames);
  }

  /** Those that wait go on, in their order, and no more are stopped. */
  void go() {
    stopped = frame -> false;
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }

  /** Those that wait are lost, and no more are stopped. */
  void lose() {
    waiting.clear();
    go();
  }

  /** Gives the page a frame as if it came from the server. */
  void tell(String frame) {
    last.send(frame);
  }

  private void join(WebSocketRoute route) {
    last = route;
    WebSocketRoute server = route.connectToServer();
    route.onMessage(frame -> pass(frame.text(), server));
    server.onMessage(frame -> pass(frame.text(), route));
  }

  private void pass(String frame, WebSocketRoute to) {
    if (stopped.test(frame)) {
      waiting.add(() -> to.send(frame));
    } else {
      to.send(frame);
    }
  }
}
