package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.protocol.GoldenCase;
import im.pair.protocol.Json;
import im.pair.protocol.Placeholders;
import im.pair.protocol.Step;
import im.pair.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One golden case, run against a server of its own over sockets. */
final class GoldenRun {
  private final GoldenCase golden;
  private final Placeholders placeholders = new Placeholders();
  private final Map<String, GoldenClient> clients = new LinkedHashMap<>();

  GoldenRun(GoldenCase golden) {
    this.golden = golden;
  }

  void run() throws IOException {
    try (GoldenServer server = new GoldenServer(golden.setup())) {
      try {
        runSteps(server);
        endIn(2); // the first time what is under way for others comes to its end
      } finally {
        for (GoldenClient client : clients.values()) {
          client.close();
        }
      }
    }
  }

  private void runSteps(GoldenServer server) throws IOException {
    int number = 0;
    for (Step step : golden.steps()) {
      number++;
      try {
        if (step.action().equals("advance")) {
          server.advance(step.value().longValue());
        } else if (step.action().equals("server")) {
          server.act(step.value());
        }
        for (String name : step.clients()) {
          act(server, name, step);
        }
      } catch (AssertionError | IOException | RuntimeException e) {
        throw new AssertionError("step " + number + ": " + step, e);
      }
    }
  }

  private void act(GoldenServer server, String name, Step step) throws IOException {
    JsonNode value = step.value();
    if (step.action().equals("connect")) {
      connect(server, name, value.textValue());
      return;
    }
    if (step.action().equals("enters")) {
      enter(server, name, value.textValue());
      return;
    }
    GoldenClient client = clients.get(name);
    assertThat(client).as(name).isNotNull();
    switch (step.action()) {
      case "send" -> client.send(placeholders.fill(value).toString());
      case "raw" -> client.send(Step.raw(value));
      case "bytes" -> client.send(RawWebSocket.TEXT, HexFormat.of().parseHex(value.textValue()));
      case "binary" -> client.send(RawWebSocket.BINARY, HexFormat.of().parseHex(value.textValue()));
      case "receives" -> expect(client, value);
      case "receivesInterleaved" -> expectInterleaved(client, value);
      case "closes" -> assertThat(client.awaitClose()).as("close code").isEqualTo(value.intValue());
      case "leaves" -> leave(server, client, GoldenClient::leave);
      case "vanishes" -> leave(server, client, GoldenClient::vanish);
      default -> throw new IllegalArgumentException(step.action());
    }
  }

  private GoldenClient connect(GoldenServer server, String name, String protocol)
      throws IOException {
    int before = server.connections();
    GoldenClient client = GoldenClient.connect(server.port(), protocol);
    clients.put(name, client);
    if (protocol.equals("im.v1")) {
      Await.until("its time has begun", () -> server.connections() > before);
    }
    return client;
  }

  private void enter(GoldenServer server, String name, String user) throws IOException {
    GoldenClient client = connect(server, name, "im.v1");
    client.send("{\"type\":\"hello\",\"user\":\"" + user + "\"}");
    JsonNode welcome = client.receive();
    assertThat(welcome.path("type").asText()).isEqualTo("welcome");
    assertThat(welcome.path("user").asText()).isEqualTo(user);
    placeholders.match(Json.parse("[\"$epoch\"]"), Json.parse("[" + welcome.path("epoch") + "]"));
    expect(client, Json.parse("{\"type\":\"synced\"}"));
  }

  private void expect(GoldenClient client, JsonNode expected) throws IOException {
    JsonNode frame = client.receive();
    assertThat(placeholders.match(expected, frame) && client.hasOrderOf(expected, frame))
        .as("expected %s%nbut was  %s", expected, frame)
        .isTrue();
  }

  /** Each list in order; one may go on before another has come to its end. */
  private void expectInterleaved(GoldenClient client, JsonNode lists) throws IOException {
    int[] places = new int[lists.size()];
    int left = 0;
    for (JsonNode list : lists) {
      left += list.size();
    }
    for (; left > 0; left--) {
      JsonNode frame = client.receive();
      List<JsonNode> next = new ArrayList<>();
      boolean found = false;
      for (int i = 0; i < places.length && !found; i++) {
        if (places[i] < lists.get(i).size()) {
          JsonNode expected = lists.get(i).get(places[i]);
          next.add(expected);
          found = placeholders.match(expected, frame);
          places[i] += found ? 1 : 0;
        }
      }
      assertThat(found).as("expected one of %s%nbut was %s", next, frame).isTrue();
    }
  }

  private interface Ending {
    void end(GoldenClient client) throws IOException;
  }

  private static void leave(GoldenServer server, GoldenClient client, Ending ending)
      throws IOException {
    int after = server.sessions() - (client.isAttached() ? 1 : 0);
    ending.end(client);
    Await.until("the server has noticed", () -> server.sessions() == after);
  }

  private void endIn(int rounds) throws IOException {
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, GoldenClient> client : clients.entrySet()) {
        if (client.getValue().isOpen()) {
          try {
            client.getValue().assertNothingMore("end-" + round);
          } catch (AssertionError | IOException e) {
            throw new AssertionError("at the end, " + client.getKey(), e);
          }
        }
      }
    }
  }
}
