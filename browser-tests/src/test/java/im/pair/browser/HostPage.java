package im.pair.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A page of another site, which has our element in it. */
final class HostPage {
  static final String ORIGIN = "http://localhost:8123";

  final Page page;

  /** All that it has opened. */
  final List<WebSocket> sockets = new ArrayList<>();

  private final ChatPage chat;

  /**
   * Opens it.
   *
   * @param headers of its response
   * @param html has {@code SERVER} where the origin of our server should be
   */
  HostPage(BrowserContext context, int port, Map<String, String> headers, String html) {
    // It comes from no server, so Chromium takes it for one of the internet.
    context.grantPermissions(List.of("local-network-access"));
    page = context.newPage();
    chat = new ChatPage(page, ORIGIN);
    page.onWebSocket(sockets::add);
    String body = "<!doctype html><title>shop</title>" + html.replace("SERVER", server(port));
    page.route(
        ORIGIN + "/",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setHeaders(headers)
                    .setContentType("text/html; charset=utf-8")
                    .setBody(body)));
    page.navigate(ORIGIN + "/");
  }

  HostPage(BrowserContext context, int port, String html) {
    this(context, port, Map.of(), html);
  }

  static String server(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** Another file of the same site. */
  void serve(String name, String type, String text) {
    page.route(
        ORIGIN + "/" + name,
        route -> route.fulfill(new Route.FulfillOptions().setContentType(type).setBody(text)));
  }

  List<String> troubles() {
    return chat.troubles;
  }

  Locator element(String selector) {
    return page.locator(selector);
  }

  Locator line(String selector) {
    return element(selector).getByRole(AriaRole.TEXTBOX);
  }

  Locator texts(String selector) {
    return element(selector).locator(".text > :first-child");
  }

  void write(String selector, String text) {
    line(selector).fill(text);
    line(selector).press("Enter");
  }
}
