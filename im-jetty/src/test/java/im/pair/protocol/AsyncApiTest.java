package im.pair.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.CloseReason;
import im.pair.core.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The golden frames against protocol/asyncapi.yaml, and that file against what AsyncAPI 3.0 asks of
 * it (its own schema can be had from npm alone).
 */
class AsyncApiTest {
  private static final AsyncApi API = AsyncApi.load();
  private static final List<String> PROTOCOLS = List.of("im.v1", "classic");

  @Test
  void everyGoldenFrameIsOneOfTheMessagesUnlessItIsWrongOnPurpose() {
    List<String> bad = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      for (GoldenCase.Frame frame : golden.frames()) {
        List<String> errors =
            Json.frame(frame.text())
                .map(Placeholders::sample)
                .map(json -> API.errors(frame.protocol(), frame.fromClient(), json))
                .orElse(List.of("unreadable"));
        if (errors.isEmpty() == frame.wrong()) {
          bad.add(golden.name() + ": " + frame.text() + ": " + errors);
        }
      }
    }
    assertThat(bad).isEmpty();
  }

  @Test
  void everyMessageHasAGoldenFrame() {
    TreeSet<String> shown = new TreeSet<>();
    for (GoldenCase golden : GoldenCase.all()) {
      for (GoldenCase.Frame frame : golden.frames()) {
        if (!frame.wrong()) {
          JsonNode json = Placeholders.sample(Json.parse(frame.text()));
          shown.addAll(API.messagesOf(frame.protocol(), frame.fromClient(), json));
        }
      }
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(allMessages());
  }

  @Test
  void everyCodeAndEveryCloseCodeThatAClientCanProvokeHasAGoldenFrame() {
    TreeSet<String> codes = new TreeSet<>();
    TreeSet<Integer> closeCodes = new TreeSet<>();
    for (GoldenCase golden : GoldenCase.all()) {
      for (Step step : golden.steps()) {
        if (step.action().equals("receives")) {
          codes.add(step.value().path("code").asText(""));
        } else if (step.action().equals("closes")) {
          closeCodes.add(step.value().intValue());
        }
      }
    }
    codes.remove("");
    assertThat(codes).containsExactlyInAnyOrderElementsOf(rejections());
    List<Integer> provoked = new ArrayList<>(closeReasons());
    provoked.remove((Integer) CloseReason.TOO_SLOW.code()); // takes a full socket
    assertThat(closeCodes).containsExactlyInAnyOrderElementsOf(provoked);
  }

  @Test
  void aMessageOfTheServerIsClosedAndOneOfAClientIsOpen() {
    JsonNode extra = Json.parse("{\"type\":\"pong\",\"more\":1}");
    assertThat(API.errors("im.v1", false, extra)).hasSize(1);
    assertThat(API.errors("im.v1", true, Json.parse("{\"type\":\"ping\",\"more\":1}"))).isEmpty();
    for (String protocol : PROTOCOLS) {
      for (String message : API.messages(protocol, false)) {
        assertThat(payload(message).path("additionalProperties").asBoolean(true))
            .as(message)
            .isEqualTo(message.equals("entry")); // which is closed by the schema that it refers to
      }
      for (String message : API.messages(protocol, true)) {
        assertThat(payload(message).has("additionalProperties")).as(message).isFalse();
      }
    }
    assertThat(API.document().at("/components/schemas/Entry/additionalProperties").asBoolean(true))
        .isFalse();
  }

  @Test
  void itIsAnAsyncApiDocumentWhoseReferencesLeadSomewhere() {
    JsonNode document = API.document();
    assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(document.at("/info/title").asText()).isNotEmpty();
    assertThat(document.at("/info/version").asText()).matches("\\d+[.]\\d+[.]\\d+");
    assertThat(document.path("servers"))
        .isNotEmpty()
        .allSatisfy(server -> assertThat(server.has("host") && server.has("protocol")).isTrue());
    assertThat(document.path("channels"))
        .isNotEmpty()
        .allSatisfy(channel -> assertThat(channel.path("address").asText()).startsWith("/"));
    assertThat(document.path("operations"))
        .isNotEmpty()
        .allSatisfy(
            operation -> assertThat(operation.path("action").asText()).isIn("send", "receive"));
    List<JsonNode> references = document.findParents("$ref");
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference -> {
              assertThat(reference.size()).as(reference.toString()).isEqualTo(1);
              assertThat(API.resolve(reference).isMissingNode()).as(reference.toString()).isFalse();
            });
  }

  @Test
  void eachMessageIsOfOneChannelAndOneOperation() {
    List<String> ofChannels = new ArrayList<>();
    for (JsonNode channel : API.document().path("channels")) {
      for (Map.Entry<String, JsonNode> message : channel.path("messages").properties()) {
        assertThat(message.getValue().path("$ref").asText())
            .isEqualTo("#/components/messages/" + message.getKey());
        ofChannels.add(message.getKey());
      }
    }
    List<String> ofOperations = new ArrayList<>();
    for (String protocol : PROTOCOLS) {
      ofOperations.addAll(API.messages(protocol, true));
      ofOperations.addAll(API.messages(protocol, false));
    }
    assertThat(ofChannels)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(allMessages());
    assertThat(ofOperations)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(allMessages());
  }

  @Test
  void codesAndCloseCodesAreThoseOfTheServer() {
    List<String> codes = new ArrayList<>();
    API.document().at("/components/schemas/Code/enum").forEach(code -> codes.add(code.textValue()));
    assertThat(codes).containsExactlyInAnyOrderElementsOf(rejections());
    String description = API.document().at("/info/description").asText();
    assertThat(Arrays.stream(CloseReason.values()))
        .allSatisfy(
            reason ->
                assertThat(description)
                    .containsPattern(
                        reason.code()
                            + "[^()]*\\("
                            + (reason.comeBack() ? "(yes|with a new token)" : "no")
                            + "\\)"));
  }

  private static JsonNode payload(String message) {
    return API.document().at("/components/messages/" + message + "/payload");
  }

  private static List<String> allMessages() {
    List<String> names = new ArrayList<>();
    API.document().at("/components/messages").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> rejections() {
    return Arrays.stream(Rejection.values()).map(Rejection::code).toList();
  }

  private static List<Integer> closeReasons() {
    return Arrays.stream(CloseReason.values()).map(CloseReason::code).toList();
  }
}
