package im.pair.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.CloseReason;
import im.pair.core.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That docs/protocol.md shows frames of protocol/frames, and no others, and all codes. */
class ProtocolDocTest {
  private static final AsyncApi API = AsyncApi.load();
  private static final String PAGE = Json.text("docs/protocol.md");
  private static final Pattern INLINE = Pattern.compile("`(\\{[^`]*)`");
  private static final Pattern LINE = Pattern.compile("([a-z, ]+) ([→←]) (\\{.*)");
  private static final int FEWEST_EXAMPLES = 60;

  @Test
  void everyExampleIsAGoldenFrame() {
    List<GoldenCase.Frame> golden =
        GoldenCase.all().stream()
            .flatMap(it -> it.frames().stream())
            .filter(frame -> !frame.wrong() && Json.frame(frame.text()).isPresent())
            .toList();
    List<JsonNode> jsons = golden.stream().map(frame -> Json.parse(frame.text())).toList();
    List<String> examples = new ArrayList<>(inlineExamples());
    lines().forEach(line -> examples.add(line.group(3)));
    assertThat(examples).hasSizeGreaterThan(FEWEST_EXAMPLES);
    assertThat(examples)
        .allSatisfy(
            text -> {
              JsonNode example = Json.parse(text);
              assertThat(IntStream.range(0, golden.size()))
                  .anyMatch(
                      i ->
                          new Placeholders().match(jsons.get(i), example)
                              && isMessage(golden.get(i), example));
            });
  }

  /** Also the values that the page has where the case has a placeholder must be of their kind. */
  private static boolean isMessage(GoldenCase.Frame golden, JsonNode example) {
    return API.errors(golden.protocol(), golden.fromClient(), example).isEmpty();
  }

  @Test
  void theWholeSessionIsOneCaseFrameByFrame() {
    List<Step> steps =
        GoldenCase.named("session.json").steps().stream()
            .filter(step -> List.of("send", "receives").contains(step.action()))
            .toList();
    List<Matcher> lines = lines();
    assertThat(lines).hasSameSizeAs(steps);
    Placeholders placeholders = new Placeholders();
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = lines.get(i);
      Step step = steps.get(i);
      String users =
          step.clients().stream()
              .map(client -> client.replaceAll("-.*", ""))
              .collect(Collectors.joining(", "));
      assertThat(line.group(1)).as(line.group()).isEqualTo(users);
      assertThat(line.group(2))
          .as(line.group())
          .isEqualTo(step.action().equals("send") ? "→" : "←");
      assertThat(placeholders.match(step.value(), Json.parse(line.group(3))))
          .as(line.group() + " is not " + step.value())
          .isTrue();
    }
  }

  @Test
  void theTableOfCodesHasEachCode() {
    assertThat(table("## Codes").keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Rejection.values()).map(code -> "`" + code.code() + "`").toList());
  }

  @Test
  void theTableOfCloseCodesSaysOfEachWhetherToComeBack() {
    Map<String, String> table = table("## Close codes");
    assertThat(table.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CloseReason.values()).map(it -> String.valueOf(it.code())).toList());
    assertThat(Arrays.stream(CloseReason.values()))
        .allSatisfy(
            reason ->
                assertThat(table.get(String.valueOf(reason.code())))
                    .as(reason.toString())
                    .matches((reason.comeBack() ? "yes" : "no") + "\\b.*"));
  }

  private static List<String> inlineExamples() {
    return INLINE.matcher(PAGE).results().map(result -> result.group(1)).toList();
  }

  /** What stands in fenced blocks: nothing but lines with a frame. */
  private static List<Matcher> lines() {
    List<Matcher> lines = new ArrayList<>();
    boolean fenced = false;
    for (String text : PAGE.lines().toList()) {
      if (text.startsWith("```")) {
        fenced = !fenced;
      } else if (fenced) {
        Matcher line = LINE.matcher(text);
        assertThat(line.matches()).as(text).isTrue();
        lines.add(line);
      }
    }
    return lines;
  }

  /** The first and the last column of the table under a heading. */
  private static Map<String, String> table(String heading) {
    int start = PAGE.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isPositive();
    Map<String, String> rows = new LinkedHashMap<>();
    PAGE.substring(start + heading.length() + 2)
        .lines()
        .takeWhile(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith("| ") && !line.startsWith("| code "))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
        .forEach(cells -> rows.put(cells[0], cells[cells.length - 1]));
    return rows;
  }
}
