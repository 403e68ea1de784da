package im.pair.jetty;

import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.pair.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server as those who run it see it. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // no SIGTERM
class ServeProcessTest {
  private static final Pattern ADMIN = Pattern.compile("health and metrics are at port (\\d+)\n");
  private static final int TERMINATED = 128 + 15;

  @TempDir Path directory;

  private ServerProcess start(Path data, String... options) throws IOException {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    all[0] = "--port";
    all[1] = "0";
    all[2] = "--data";
    all[3] = data.toString();
    return ServerProcess.start(directory, all);
  }

  private static int status(int port) {
    try {
      return HttpReply.get(port, "/readyz").status();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAdminPortIsNamedInTheLogAndAGoodEndClosesTheStore() throws Exception {
    Path data = directory.resolve("data");
    try (ServerProcess server = start(data, "--admin-port", "0");
        RawWebSocket client = RawWebSocket.open(server.port())) {
      Await.until("it says where", () -> ADMIN.matcher(errors(server)).find());
      Matcher admin = ADMIN.matcher(server.errors());
      assertThat(admin.find()).isTrue();
      int port = Integer.parseInt(admin.group(1));

      assertThat(status(port)).isEqualTo(200);
      assertThat(HttpReply.get(port, "/metrics").body())
          .contains("im_connections 1.0", "im_store_queued_writes 0.0", "jvm_memory_used_bytes")
          .contains("im_store_batch_writes_count 1\n"); // the probe's
      assertThat(status(server.port())).isEqualTo(404);
      client.text(message("alice", "bob", "hi"));
      assertThat(client.nextText()).isEqualTo(told("alice", "hi"));
      server.terminate();
      assertThat(client.nextText()).isEqualTo("(close 4503)");
      client.leave();

      assertThat(server.exitCode()).isEqualTo(TERMINATED);
      assertThat(server.errors().lines()).hasSize(1);
      assertThat(data.resolve("im.db")).exists();
      assertThat(data.resolve("im.db-wal")).doesNotExist();
    }
  }

  private static String errors(ServerProcess server) {
    try {
      return server.errors();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itIsNotReadyWhileItsDiskIsFullAndIsAgainWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(runs("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()));
    try (ServerProcess server = start(disk.resolve("data"))) {
      assertThat(status(server.port())).isEqualTo(200);
      Path other = disk.resolve("other");
      fill(other);

      Await.until("it has seen it", () -> status(server.port()) == 503);
      assertThat(HttpReply.get(server.port(), "/readyz").body())
          .startsWith("not ready: ")
          .containsAnyOf("full", "FULL", "IOERR");
      assertThat(HttpReply.get(server.port(), "/healthz").status()).isEqualTo(200);

      Files.delete(other);
      Await.until("it has healed", () -> status(server.port()) == 200);
      assertThat(server.errors().lines()).hasSize(2).last().asString().contains("can write again");
    } finally {
      runs("umount", "-l", disk.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("space");
    }
  }

  private static boolean runs(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
