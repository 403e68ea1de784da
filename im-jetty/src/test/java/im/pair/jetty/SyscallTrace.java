package im.pair.jetty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The system calls in what {@code strace -f -y -o FILE} wrote. A call begins and ends at lines of
 * it, and the order of the lines is the order of things: strace holds a thread from when it says
 * that a call begins until it lets it begin, and from when it has ended until it has said so.
 */
final class SyscallTrace {
  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern CALL =
      Pattern.compile("(\\w+)\\((?:\\d+<([^>]*)>)?(.*)\\) += (-?\\d+).*");
  private static final String UNFINISHED = " <unfinished ...>";

  private SyscallTrace() {}

  /**
   * A call that has ended.
   *
   * @param name the call's
   * @param file the file or socket of its first argument; empty if that is none
   * @param arguments the others, as strace writes them
   * @param result what it returned; negative if it failed
   * @param begin the line at which it began
   * @param end the line at which it ended
   */
  record Call(String name, String file, String arguments, long result, int begin, int end) {}

  /** All calls that have ended, in the order of their ends. */
  static List<Call> parse(Iterable<String> lines) {
    Map<String, Begun> begun = new HashMap<>(); // by thread
    List<Call> calls = new ArrayList<>();
    int number = 0;
    for (String text : lines) {
      number++;
      Matcher line = LINE.matcher(text);
      if (!line.matches()) {
        throw new IllegalArgumentException("line " + number + " is not strace's: " + text);
      }
      String thread = line.group(1);
      String words = line.group(2);
      Matcher resumed = RESUMED.matcher(words);
      if (words.endsWith(UNFINISHED)) {
        begun.put(thread, new Begun(words.replace(UNFINISHED, ""), number));
        continue;
      }
      Begun first = resumed.matches() ? begun.remove(thread) : new Begun("", number);
      String all =
          resumed.matches() ? (first == null ? "" : first.words) + resumed.group(1) : words;
      Call call = first == null ? null : call(all, first.line, number);
      if (call != null) {
        calls.add(call);
      }
    }
    return calls;
  }

  /** Nothing for what is no call: a signal, the end of a thread, a call that never ended. */
  private static @Nullable Call call(String words, int begin, int end) {
    Matcher call = CALL.matcher(words);
    if (!call.matches()) {
      return null;
    }
    String file = call.group(2) == null ? "" : call.group(2);
    long result = Long.parseLong(call.group(4));
    return new Call(call.group(1), file, call.group(3), result, begin, end);
  }

  private record Begun(String words, int line) {}
}
