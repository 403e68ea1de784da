package im.pair.jetty;

import im.pair.jetty.SyscallTrace.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at system calls for whether each message was on the disk before it was echoed: it was
 * written to the write-ahead log, then a sync of that began and succeeded, and only then the write
 * to a socket began.
 */
final class TracedEchoes {
  /** What the messages that are looked for say. */
  static final Pattern MARKER = Pattern.compile("marker-\\d{2}-\\d{3}");

  private static final Set<String> SYNCS = Set.of("fsync", "fdatasync");
  private static final String LOG = ".db-wal";

  /** By message, the line at which it first was written to the log. */
  private final Map<String, Integer> written = new HashMap<>();

  private final List<Call> syncs = new ArrayList<>();
  private final Set<String> echoes = new HashSet<>();
  private final List<String> breaches = new ArrayList<>();

  /** Looks at all calls. */
  TracedEchoes(List<Call> calls) {
    for (Call call : calls) {
      if (call.file().endsWith(LOG)) {
        toLog(call);
      }
    }
    for (Call call : calls) {
      if (call.file().startsWith("socket:")) {
        markers(call).forEach(marker -> toSocket(marker, call));
      }
    }
  }

  private void toLog(Call call) {
    if (call.result() < 0) {
      return;
    }
    if (SYNCS.contains(call.name())) {
      syncs.add(call);
    } else {
      markers(call).forEach(marker -> written.merge(marker, call.end(), Math::min));
    }
  }

  private void toSocket(String marker, Call echo) {
    echoes.add(echo.file() + " " + marker);
    int line = written.getOrDefault(marker, Integer.MAX_VALUE);
    if (syncs.stream().noneMatch(sync -> sync.begin() > line && sync.end() < echo.begin())) {
      breaches.add(marker + " was echoed in line " + echo.begin() + " and not on the disk by then");
    }
  }

  private static Set<String> markers(Call call) {
    Set<String> markers = new HashSet<>();
    Matcher matcher = MARKER.matcher(call.arguments());
    while (matcher.find()) {
      markers.add(matcher.group());
    }
    return markers;
  }

  /** How many echoes there were, each to a socket counted. */
  int count() {
    return echoes.size();
  }

  /** How often the log was brought to the disk. */
  int syncs() {
    return syncs.size();
  }

  /** The echoes that came too early, in words. */
  List<String> breaches() {
    return breaches;
  }
}
