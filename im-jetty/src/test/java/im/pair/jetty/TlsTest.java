package im.pair.jetty;

import static im.pair.jetty.TextClient.join;
import static im.pair.jetty.TextClient.message;
import static im.pair.jetty.TextClient.told;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.testkit.Await;
import im.pair.wire.Authenticator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that speaks TLS, and what becomes of it when its certificate's files change. */
@Timeout(60)
class TlsTest {
  private static final TestCertificate OLD = TestCertificate.selfSigned("EC", "old");
  private static final TestCertificate NEW = TestCertificate.selfSigned("RSA", "new");
  private static final SSLContext TRUST = TestCertificate.trusting(OLD, NEW);
  private static final ServerLimits HASTY =
      ServerLimits.DEFAULTS.withGoodbye(Duration.ofMillis(200));

  private final LogWatch log = new LogWatch();
  @TempDir private Path directory;
  private Path certificate;
  private Path key;
  private ImServer server;

  @BeforeEach
  void prepare() throws IOException {
    certificate = directory.resolve("cert.pem");
    key = directory.resolve("key.pem");
    OLD.write(certificate, key);
    server = ImServer.builder().port(0).limits(HASTY).tls(certificate, key).build();
  }

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  @Test
  void twoTalkOverIt() throws IOException {
    server.start();
    try (TextClient alice = TextClient.open(server, TRUST);
        TextClient bob = TextClient.open(server, TRUST)) {
      bob.say(join("bob", "alice")).awaitJoined("bob");
      alice.say(message("alice", "bob", "hi"));

      assertThat(bob.next()).isEqualTo(told("alice", "hi"));
      server.close();
      assertThat(bob.next()).isEqualTo("(close 4503)");
    }
    log.assertQuiet();
  }

  @Test
  void thePageIsServedOverItAndItsPolicyNamesTheSecureSocket() throws Exception {
    server.start();
    HttpResponse<String> page =
        HttpClient.newBuilder()
            .sslContext(TRUST)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(page.body()).contains("Pair IM");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .endsWith("connect-src 'self' wss://localhost:" + server.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void itSpeaksThisVersion(String version) throws IOException {
    server.start();
    try (SSLSocket socket = connect(version)) {
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void plainHttpIsNotAnswered() throws IOException {
    server.start();

    assertThatThrownBy(() -> HttpReply.get(server.port(), "/"))
        .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
  }

  @Test
  void anOriginOfTheSameHostIsHttpsThenAndHttpIsAStrangers() throws Exception {
    Authenticator nobody = credentials -> CompletableFuture.completedFuture(null);
    try (ImServer proved =
        ImServer.builder().port(0).authenticator(nobody).tls(certificate, key).build()) {
      proved.start();
      String host = "localhost:" + proved.port();

      assertThat(upgrade(proved, "https://" + host)).contains(" 101 ");
      assertThat(upgrade(proved, "http://" + host)).contains(" 403 ");
      assertThat(upgrade(proved, "https://localhost")).contains(" 403 ");
    }
  }

  @Test
  void whenTheFilesAreReplacedNewConnectionsSeeTheNewCertificateAndOldOnesGoOn() throws Exception {
    server.start();
    try (TextClient alice = TextClient.open(server, TRUST)) {
      alice.say(join("alice", "bob")).awaitJoined("alice");
      assertThat(served()).isEqualTo(OLD.certificate());

      NEW.write(certificate, key);
      Await.until("the new one is served", () -> served().equals(NEW.certificate()));

      alice.say(message("alice", "bob", "still here"));
      assertThat(alice.next()).isEqualTo(told("alice", "still here"));
    }
    log.assertQuiet();
  }

  @Test
  void aLinkThatIsTurnedToOtherFilesIsAChangeToo() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    Path current = Files.createSymbolicLink(directory.resolve("current"), directory);
    NEW.write(other.resolve("cert.pem"), other.resolve("key.pem"));
    try (ImServer linked =
        ImServer.builder()
            .port(0)
            .limits(HASTY)
            .tls(current.resolve("cert.pem"), current.resolve("key.pem"))
            .build()) {
      linked.start();
      Path next = Files.createSymbolicLink(directory.resolve("next"), other);
      Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);

      Await.until("the new one is served", () -> served(linked).equals(NEW.certificate()));
    }
  }

  @Test
  void aReplacementThatDoesNotFitIsWarnedOfOnceAndMendedByTheNext() throws Exception {
    server.start();
    Files.writeString(certificate, NEW.certificatePem()); // with the old key
    log.await("the certificate stays the old one: " + key + " is not the RSA key of");
    assertThat(served()).isEqualTo(OLD.certificate());

    Files.delete(certificate);
    log.await("the certificate stays the old one: " + certificate + " is not there");
    assertThat(served()).isEqualTo(OLD.certificate());

    NEW.write(certificate, key);
    Await.until("the new one is served", () -> served().equals(NEW.certificate()));
    assertThat(log.warnings()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aKeyAsOpensslUsedToWriteItIsReadToo(String algorithm) throws Exception {
    TestCertificate made = TestCertificate.selfSigned(algorithm, "made");
    Files.writeString(certificate, "a remark before it\n" + made.certificatePem());
    Files.writeString(key, made.bareKeyPem());
    server.start();

    assertThat(chain(server, made)).containsExactly(made.certificate());
  }

  @Test
  void anEd25519KeyIsGoodToo() throws Exception {
    TestCertificate made = TestCertificate.selfSigned("Ed25519", "made");
    made.write(certificate, key);
    server.start();

    assertThat(chain(server, made)).containsExactly(made.certificate());
  }

  @Test
  void aChainIsServedAndOneFileMayHoldItAll() throws Exception {
    TestCertificate root = TestCertificate.selfSigned("EC", "root");
    TestCertificate leaf = root.issue("leaf");
    Files.writeString(certificate, leaf.keyPem() + leaf.certificatePem() + root.certificatePem());
    try (ImServer chained = ImServer.builder().port(0).tls(certificate, certificate).build()) {
      chained.start();

      assertThat(chain(chained, root)).containsExactly(leaf.certificate(), root.certificate());
    }
  }

  @Test
  void whatDoesNotFitIsSaidInOneLineThatNamesTheFile() throws IOException {
    assertRefused("", OLD.keyPem(), "cert.pem is no PEM file");
    assertRefused("rubbish", OLD.keyPem(), "cert.pem is no PEM file");
    assertRefused(OLD.keyPem(), OLD.keyPem(), "cert.pem has no certificate");
    assertRefused(block("CERTIFICATE", "AAAA"), OLD.keyPem(), "cert.pem is damaged");
    assertRefused(block("CERTIFICATE", "A"), OLD.keyPem(), "cert.pem is damaged");
    assertRefused(
        OLD.certificatePem() + NEW.certificatePem(), OLD.keyPem(), "cert.pem is no chain");
    assertRefused(OLD.certificatePem(), "", "key.pem is no PEM file");
    assertRefused(
        OLD.certificatePem(), OLD.certificatePem(), "key.pem has no private key", "openssl pkey");
    assertRefused(OLD.certificatePem(), NEW.keyPem(), "key.pem is not the EC key of", "cert.pem");
    assertRefused(OLD.certificatePem(), NEW.bareKeyPem(), "key.pem is not the EC key of");
    assertRefused(NEW.certificatePem(), OLD.keyPem(), "key.pem is not the RSA key of");
    assertRefused(
        OLD.certificatePem(),
        TestCertificate.selfSigned("EC", "another").keyPem(),
        "key.pem is not the EC key of");
    assertRefused(OLD.certificatePem(), block("PRIVATE KEY", "A"), "key.pem is not the EC key of");
    assertRefused(
        OLD.certificatePem(), block("PRIVATE KEY", "AAAA"), "key.pem is not the EC key of");
    assertRefused(
        OLD.certificatePem(),
        block("ENCRYPTED PRIVATE KEY", "AAAA"),
        "key.pem has a password",
        "openssl pkey");
    assertRefused("-".repeat(2 << 20), OLD.keyPem(), "cert.pem is too large");
    Files.delete(certificate);
    assertThatThrownBy(server::start)
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("cert.pem is not there");
    Files.createDirectory(certificate);
    assertThatThrownBy(server::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cert.pem cannot be read");
  }

  private void assertRefused(String certificateText, String keyText, String... words)
      throws IOException {
    Files.writeString(certificate, certificateText);
    Files.writeString(key, keyText);
    assertThatThrownBy(server::start)
        .isInstanceOf(IOException.class)
        .message()
        .contains(words)
        .hasLineCount(1)
        .hasSizeLessThan(300);
  }

  private static String block(String kind, String base64) {
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private Certificate served() {
    return served(server);
  }

  private static Certificate served(ImServer server) {
    try {
      return chain(server, OLD, NEW)[0];
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate[] chain(ImServer server, TestCertificate... roots) throws IOException {
    try (SSLSocket socket = connect(TestCertificate.trusting(roots), server, "TLSv1.3")) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates();
    }
  }

  private SSLSocket connect(String version) throws IOException {
    return connect(TRUST, server, version);
  }

  private static SSLSocket connect(SSLContext trust, ImServer server, String version)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  private static String upgrade(ImServer server, String origin) throws IOException {
    try (SSLSocket socket = connect(TRUST, server, "TLSv1.3")) {
      String head =
          RawWebSocket.upgrade(server.port(), "/ws").replace("127.0.0.1", "localhost")
              + "Sec-WebSocket-Protocol: im.v1\r\nOrigin: "
              + origin
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(20), US_ASCII);
    }
  }
}
