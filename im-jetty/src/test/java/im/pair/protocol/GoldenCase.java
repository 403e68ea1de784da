package im.pair.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A golden case, as protocol/README.md says.
 *
 * @param file where it is
 * @param about what it shows, in a sentence
 * @param setup what it needs of the server
 * @param steps what happens
 */
public record GoldenCase(Path file, String about, JsonNode setup, List<Step> steps) {
  private static final Set<String> FIELDS = Set.of("about", "setup", "steps");

  /** Another directory than the golden one, to try cases out. */
  private static final String ELSEWHERE = System.getProperty("im.frames", "");

  /** Makes the list immutable. */
  public GoldenCase {
    steps = List.copyOf(steps);
  }

  /** All cases, by name. */
  public static List<GoldenCase> all() {
    Path directory =
        ELSEWHERE.isEmpty() ? Json.ROOT.resolve("protocol/frames") : Path.of(ELSEWHERE);
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().map(GoldenCase::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenCase named(String name) {
    return of(Json.ROOT.resolve("protocol/frames").resolve(name));
  }

  /** Reads a case. */
  public static GoldenCase of(Path file) {
    try {
      JsonNode json = Json.parse(Files.readString(file));
      json.fieldNames()
          .forEachRemaining(
              name -> {
                if (!FIELDS.contains(name)) {
                  throw new IllegalArgumentException("not of a case: " + name);
                }
              });
      return new GoldenCase(
          file, json.path("about").asText(), json.path("setup"), Step.list(json.path("steps")));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  /** The name of its file. */
  public String name() {
    return file.getFileName().toString();
  }

  /**
   * A text frame of a case.
   *
   * @param protocol what its client speaks
   * @param fromClient whether that sends it
   * @param text perhaps with placeholders; perhaps unreadable, if a client sends it
   * @param wrong whether it is wrong on purpose
   */
  record Frame(String protocol, boolean fromClient, String text, boolean wrong) {}

  /** Its text frames, in order. */
  List<Frame> frames() {
    Map<String, String> protocols = new HashMap<>();
    List<Frame> frames = new ArrayList<>();
    for (Step step : steps) {
      for (String client : step.clients()) {
        if (step.action().equals("connect")) {
          protocols.put(client, step.value().asText());
        } else if (step.action().equals("enters")) {
          protocols.put(client, "im.v1");
        }
        String protocol = protocols.getOrDefault(client, "none");
        for (String text : texts(step)) {
          boolean fromClient = !step.action().startsWith("receives");
          frames.add(new Frame(protocol, fromClient, text, step.isWrong()));
        }
      }
    }
    return frames;
  }

  private static List<String> texts(Step step) {
    List<String> texts = new ArrayList<>();
    switch (step.action()) {
      case "send", "receives" -> texts.add(step.value().toString());
      case "raw" -> texts.add(Step.raw(step.value()));
      case "receivesInterleaved" ->
          step.value().forEach(list -> list.forEach(frame -> texts.add(frame.toString())));
      default -> {} // no text
    }
    return texts;
  }
}
