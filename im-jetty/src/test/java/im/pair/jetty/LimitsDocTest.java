package im.pair.jetty;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.core.Limits;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That docs/limits.md has each bound, with the value that it has if nothing else is said. */
class LimitsDocTest {
  private static final Path PAGE =
      Path.of(System.getProperty("im.root", "..")).resolve("docs/limits.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (.*?) \\| ");

  @Test
  void eachBoundIsThereWithItsDefault() throws IOException, ReflectiveOperationException {
    String page = Files.readString(PAGE);
    int split = page.indexOf("## Messages and users");
    int end = page.indexOf("## Fixed by the protocols");

    check(page.substring(0, split), ServerLimits.DEFAULTS);
    check(page.substring(split, end), Limits.DEFAULTS);
  }

  private static void check(String part, Record limits) throws ReflectiveOperationException {
    Set<String> names =
        Arrays.stream(limits.getClass().getRecordComponents())
            .map(RecordComponent::getName)
            .collect(toSet());
    Matcher row = ROW.matcher(part);
    while (row.find()) {
      assertThat(names).contains(row.group(1));
      names.remove(row.group(1));
      Object value = limits.getClass().getMethod(row.group(1)).invoke(limits);
      assertThat(row.group(2)).startsWith(words(value));
    }
    assertThat(names).as("not in the page").isEmpty();
  }

  private static String words(Object value) {
    if (value instanceof Duration time) {
      return time.toSeconds() + " s ";
    }
    if (value instanceof Boolean on) {
      return on ? "on" : "off";
    }
    int number = (Integer) value;
    if (number >= 1 << 20 && number % (1 << 20) == 0) {
      return (number >> 20) + " MiB ";
    }
    return String.format(Locale.ROOT, "%,d", number);
  }
}
