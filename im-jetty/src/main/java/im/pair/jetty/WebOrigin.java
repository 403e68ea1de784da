package im.pair.jetty;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Origins of web pages in the one way in which browsers write them, so that they can be compared as
 * texts: in lower case, and without a port that is the scheme's default. Source: RFC 6454 §6.2.
 */
final class WebOrigin {
  private static final String AUTHORITY =
      "(?<name>[a-z0-9._-]+|\\[[0-9a-f:.]+])(:(?<port>[1-9][0-9]{0,4}))?";
  private static final Pattern HOST = Pattern.compile(AUTHORITY, Pattern.CASE_INSENSITIVE);
  private static final Pattern ORIGIN =
      Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*)://" + AUTHORITY, Pattern.CASE_INSENSITIVE);

  private WebOrigin() {}

  /**
   * The origin of the pages that a host serves.
   *
   * @param host as the {@code Host} of a request has it
   * @return absent if that is not the name of a host, with or without a port
   */
  static @Nullable String of(String scheme, String host) {
    Matcher parts = HOST.matcher(host);
    return parts.matches() ? write(scheme, parts) : null;
  }

  /**
   * Reads an origin that somebody wrote by hand.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String parse(String text) {
    Matcher parts = ORIGIN.matcher(text);
    String origin = parts.matches() ? write(lower(parts.group("scheme")), parts) : null;
    if (origin == null) {
      throw new IllegalArgumentException(
          "an origin is scheme://host or scheme://host:port, without a path or a wildcard, not '"
              + text
              + "'");
    }
    return origin;
  }

  private static @Nullable String write(String scheme, Matcher parts) {
    String origin = scheme + "://" + lower(parts.group("name"));
    String port = parts.group("port");
    if (port == null || port.equals(defaultPort(scheme))) {
      return origin;
    }
    return Integer.parseInt(port) <= 65_535 ? origin + ":" + port : null;
  }

  private static String defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> "80";
      case "https", "wss" -> "443";
      default -> "";
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
