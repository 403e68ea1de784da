package im.pair;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the documents speak of what is there. */
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("im.root", ".."));
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

  @Test
  void theTestsThatHoldThePromisesAreThere() throws IOException {
    Map<String, Path> tests = tests();
    Matcher named = TEST.matcher(Files.readString(ROOT.resolve("docs/delivery.md")));
    int count = 0;
    for (; named.find(); count++) {
      assertThat(tests).containsKey(named.group(1));
      String method = named.group(2) == null ? "@Test" : "void " + named.group(2) + "(";
      assertThat(Files.readString(tests.get(named.group(1)))).as(named.group()).contains(method);
    }
    assertThat(count).isGreaterThan(30);
  }

  private static Map<String, Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|Contract)\\.java"))
          .collect(toMap(file -> file.getFileName().toString().replace(".java", ""), file -> file));
    }
  }
}
