package im.pair.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** protocol/asyncapi.yaml: which messages there are, and whether a frame is one of them. */
public final class AsyncApi {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

  private final JsonNode document;
  private final Map<String, Schema> payloads = new LinkedHashMap<>();

  private AsyncApi(JsonNode document) {
    this.document = document;
    document
        .at("/components/messages")
        .fieldNames()
        .forEachRemaining(name -> payloads.put(name, payload(name)));
  }

  /** Reads the file. */
  public static AsyncApi load() {
    try {
      return new AsyncApi(new YAMLMapper().readTree(Json.text("protocol/asyncapi.yaml")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("protocol/asyncapi.yaml is not YAML", e);
    }
  }

  private Schema payload(String message) {
    JsonNode payload = document.at("/components/messages/" + message + "/payload");
    ObjectNode schema = (ObjectNode) alone(payload);
    schema.set("definitions", alone(document.at("/components/schemas")));
    return SCHEMAS.getSchema(schema);
  }

  /** A part of the document with references to where a JSON schema has its definitions. */
  private static JsonNode alone(JsonNode part) {
    return Json.parse(part.toString().replace("#/components/schemas/", "#/definitions/"));
  }

  JsonNode document() {
    return document;
  }

  /**
   * The messages that one end sends in a protocol.
   *
   * @param protocol a channel's title
   * @param fromClient whether it is the client
   */
  List<String> messages(String protocol, boolean fromClient) {
    List<String> messages = new ArrayList<>();
    for (JsonNode operation : document.path("operations")) {
      JsonNode channel = resolve(operation.path("channel"));
      if (channel.path("title").asText().equals(protocol)
          && operation.path("action").asText().equals(fromClient ? "receive" : "send")) {
        for (JsonNode message : operation.path("messages")) {
          messages.add(name(resolve(message)));
        }
      }
    }
    return messages;
  }

  /** What a reference points at. */
  JsonNode resolve(JsonNode reference) {
    return document.at(reference.path("$ref").asText().substring(1));
  }

  private static String name(JsonNode reference) {
    String pointer = reference.path("$ref").asText();
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  /** The messages that a frame is: one, if all is well. */
  List<String> messagesOf(String protocol, boolean fromClient, JsonNode frame) {
    return messages(protocol, fromClient).stream()
        .filter(name -> payloads.get(name).validate(frame).isEmpty())
        .toList();
  }

  /** What is wrong with a frame: nothing, if it is one of the protocol's messages. */
  public List<String> errors(String protocol, boolean fromClient, JsonNode frame) {
    if (messagesOf(protocol, fromClient, frame).size() == 1) {
      return List.of();
    }
    List<String> errors = new ArrayList<>();
    for (String name : messages(protocol, fromClient)) {
      JsonNode message = document.at("/components/messages/" + name);
      if (!frame.has("type") || message.path("name").equals(frame.path("type"))) {
        payloads
            .get(name)
            .validate(frame)
            .forEach(
                error ->
                    errors.add(name + error.getInstanceLocation() + ": " + error.getMessage()));
      }
    }
    return errors.isEmpty() ? List.of("no message, or several, of the protocol") : errors;
  }
}
