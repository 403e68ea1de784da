package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.pair.core.PairRouter;
import im.pair.jdbc.SqliteMessageStore;
import im.pair.jdbc.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that come back after the server was restarted. */
@Timeout(60)
class ResumeOverSocketTest {
  @TempDir Path directory;

  private interface Life {
    void live(ImServer server) throws IOException;
  }

  private static void run(Path data, Life life) throws IOException, StoreException {
    try (SqliteMessageStore store = SqliteMessageStore.open(data);
        PairRouter router = PairRouter.builder().store(store).build();
        ImServer server = ImServer.builder().port(0).router(router).build()) {
      server.start();
      life.live(server);
    }
  }

  private String hello; // what alice says to resume

  /** Three messages to bob, of which alice notes the second as her cursor. */
  private void writeThree(Path data) throws IOException, StoreException {
    run(
        data,
        server -> {
          try (V1Client alice = V1Client.open(server.port())) {
            alice.say("{'type':'hello','user':'alice'}");
            String epoch = alice.next().path("epoch").asText();
            alice.next();
            for (int i = 1; i <= 3; i++) {
              JsonNode entry = alice.send("bob", "c" + i, "m" + i).next();
              if (i == 2) {
                hello =
                    "{'type':'hello','user':'alice','epoch':'"
                        + epoch
                        + "','cursors':{'bob':[2,"
                        + entry.path("at").asLong()
                        + "]}}";
              }
            }
          }
        });
  }

  @Test
  void aClientResumesAtARestartedServer() throws Exception {
    writeThree(directory);

    run(
        directory,
        server -> {
          try (V1Client alice = V1Client.open(server.port()).say(hello)) {
            assertThat(alice.next().path("resumed").asBoolean()).isTrue();
            assertThat(alice.next().path("body").asText()).isEqualTo("m3");
            assertThat(alice.next().path("from").asText()).isEqualTo("alice");
            assertThat(alice.next().path("from").asText()).isEqualTo("bob");
            assertThat(alice.nextText()).isEqualTo("{\"type\":\"synced\"}");
            alice.send("bob", "c3", "again");
            assertThat(alice.nextText())
                .startsWith("{\"type\":\"accepted\",\"id\":\"c3\",\"to\":\"bob\",\"seq\":3,");
          }
        });
  }

  @Test
  void aClientIsToldOfAnotherStore() throws Exception {
    writeThree(directory.resolve("one"));

    run(directory.resolve("another"), server -> isToldToBeginAnew(server, 0));
  }

  @Test
  void aClientIsToldOfANewEpoch() throws Exception {
    writeThree(directory);
    SqliteMessageStore.newEpoch(directory);

    run(directory, server -> isToldToBeginAnew(server, 3));
  }

  private void isToldToBeginAnew(ImServer server, int head) {
    try (V1Client alice = V1Client.open(server.port()).say(hello)) {
      assertThat(alice.next().path("resumed").asBoolean(true)).isFalse();
      assertThat(alice.nextText()).isEqualTo("{\"type\":\"synced\"}");
      alice.say("{'type':'history','ref':1,'peer':'bob'}");
      assertThat(alice.next().path("head").asInt(-1)).isEqualTo(head);
    }
  }
}
