package im.pair.browser;

import static java.util.stream.Collectors.joining;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Stands between a browser's pages and the server, and refuses in its name. */
final class Obstacle {
  private static final Pattern FIELDS = Pattern.compile("\"(?:to|id)\":\"[^\"]*\"");

  private final List<WebSocketRoute> routes = new ArrayList<>();
  private String refused = "";
  private String code = "";
  private boolean cut;

  Obstacle(BrowserContext browser) {
    browser.routeWebSocket(Pattern.compile(".*/ws$"), this::stand);
  }

  /** From now on frames with this in them are rejected; none, if it is "". */
  void refuse(String part, String why) {
    refused = part;
    code = why;
  }

  /** There is no connection any more. */
  void cut() {
    cut = true;
    routes.forEach(WebSocketRoute::close);
    routes.clear();
  }

  private void stand(WebSocketRoute page) {
    if (cut) {
      page.close();
      return;
    }
    routes.add(page);
    WebSocketRoute server = page.connectToServer();
    page.onMessage(frame -> pass(frame, page, server));
  }

  private void pass(WebSocketFrame frame, WebSocketRoute page, WebSocketRoute server) {
    if (refused.isEmpty() || !frame.text().contains(refused)) {
      server.send(frame.text());
      return;
    }
    String fields =
        FIELDS.matcher(frame.text()).results().map(MatchResult::group).collect(joining(","));
    page.send("{\"type\":\"rejected\"," + fields + ",\"code\":\"" + code + "\",\"reason\":\"\"}");
  }
}
