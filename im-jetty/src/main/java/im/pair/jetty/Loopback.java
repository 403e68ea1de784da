package im.pair.jetty;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What counts as this machine, in the mode in which identity is only claimed: 127.0.0.1, localhost
 * and ::1, and no name that somebody else's name server could point here.
 */
final class Loopback {
  private static final String NAMES = "(127\\.0\\.0\\.1|localhost|\\[::1])";
  private static final Pattern HOST = Pattern.compile(NAMES + "(:[0-9]{1,5})?");
  private static final Pattern ORIGIN = Pattern.compile("https?://" + NAMES + "(:[0-9]{1,5})?");
  private static final List<String> ADDRESSES = List.of("127.0.0.1", "localhost", "::1", "[::1]");

  private Loopback() {}

  /** Whether a server may listen there. */
  static boolean isAddress(String host) {
    return ADDRESSES.contains(lower(host));
  }

  /** Whether a request says in its {@code Host} that it wants this machine. */
  static boolean isHost(String header) {
    return HOST.matcher(lower(header)).matches();
  }

  /** Whether an {@code Origin} is that of a page of this machine. */
  static boolean isOrigin(String header) {
    return ORIGIN.matcher(lower(header)).matches();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
