package im.pair.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of a case, as protocol/README.md says.
 *
 * @param clients who does it, or to whom it happens; none if it is the server's or the clock's
 * @param action what it is
 * @param value with what
 * @param isWrong whether what is sent is wrong on purpose
 */
public record Step(List<String> clients, String action, JsonNode value, boolean isWrong) {
  private static final Set<String> CLIENTS =
      Set.of(
          "connect",
          "enters",
          "send",
          "raw",
          "bytes",
          "binary",
          "receives",
          "receivesInterleaved",
          "closes",
          "leaves",
          "vanishes");

  private static final Map<String, Set<String>> SERVERS =
      Map.of(
          "append", Set.of("server", "from", "to", "id", "body", "data"),
          "erase", Set.of("server", "user"),
          "close", Set.of("server"));

  /** Makes the list immutable. */
  public Step {
    clients = List.copyOf(clients);
  }

  /** Reads the steps of a case, with what is repeated written out. */
  static List<Step> list(JsonNode steps) {
    List<Step> list = new ArrayList<>();
    for (JsonNode step : steps) {
      if (step.has("repeat")) {
        requireFields(step, Set.of("repeat", "steps"));
        for (int i = 1; i <= step.path("repeat").intValue(); i++) {
          list.addAll(list(numbered(step.path("steps"), i)));
        }
      } else {
        list.add(of(step));
      }
    }
    return list;
  }

  private static JsonNode numbered(JsonNode steps, int i) {
    String number = String.valueOf(i);
    return Json.parse(steps.toString().replace("\"{i}\"", number).replace("{i}", number));
  }

  private static Step of(JsonNode step) {
    if (step.has("server")) {
      Set<String> fields = SERVERS.get(step.path("server").asText());
      require(fields != null, step);
      requireFields(step, requireNonNull(fields));
      return new Step(List.of(), "server", step, false);
    }
    if (step.has("advance")) {
      requireFields(step, Set.of("advance"));
      return new Step(List.of(), "advance", step.path("advance"), false);
    }
    return ofClients(step);
  }

  private static Step ofClients(JsonNode step) {
    List<String> names = names(step);
    List<String> actions = names.stream().filter(CLIENTS::contains).toList();
    List<String> clients = new ArrayList<>();
    if (step.has("client")) {
      clients.add(step.path("client").asText());
    }
    step.path("clients").forEach(client -> clients.add(client.asText()));
    require(actions.size() == 1 && !clients.isEmpty(), step);
    String action = actions.get(0);
    requireFields(step, Set.of("client", "clients", action, "wrong"));
    return new Step(clients, action, step.path(action), step.path("wrong").asBoolean());
  }

  private static List<String> names(JsonNode step) {
    List<String> names = new ArrayList<>();
    step.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void requireFields(JsonNode step, Set<String> fields) {
    require(fields.containsAll(names(step)), step);
  }

  private static void require(boolean known, JsonNode step) {
    if (!known) {
      throw new IllegalArgumentException("not a step: " + step);
    }
  }

  /** The text that a {@code raw} step sends. */
  public static String raw(JsonNode raw) {
    return raw.isTextual()
        ? raw.textValue()
        : raw.path("first").asText()
            + raw.path("text").textValue().repeat(raw.path("times").intValue())
            + raw.path("then").asText();
  }
}
