package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import im.pair.jetty.ImServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page over TLS: its policy lets it open its socket, which is over TLS too. */
class TlsPageTest extends BrowserTest {
  private static final String PASSWORD = "for this test";

  @TempDir private Path directory;

  @Test
  void twoTalkOverTls() throws Exception {
    Path pem = makeCertificate();
    try (ImServer server = ImServer.builder().port(0).tls(pem, pem).build()) {
      server.start();
      String origin = "https://localhost:" + server.port();
      BrowserContext trusting = someone(english().setIgnoreHTTPSErrors(true));
      ChatPage alice = new ChatPage(trusting.newPage(), origin);
      ChatPage bob = new ChatPage(trusting.newPage(), origin);
      alice.open("/?user=alice&peer=bob");
      bob.open("/?user=bob&peer=alice");
      alice.isConnected();
      bob.isConnected();

      alice.say("secret");
      bob.shows("secret");
      assertThat(alice.troubles).isEmpty();
    }
  }

  private Path makeCertificate() throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "page",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "1",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    String certificate = pem("CERTIFICATE", keys.getCertificate("page").getEncoded());
    String key = pem("PRIVATE KEY", keys.getKey("page", PASSWORD.toCharArray()).getEncoded());
    return Files.writeString(directory.resolve("page.pem"), certificate + key);
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }
}
