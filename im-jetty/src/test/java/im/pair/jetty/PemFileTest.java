package im.pair.jetty;

import static im.pair.jetty.Tokens.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys from PEM files: what is none is said in one line that holds nothing of it. */
@Timeout(60)
class PemFileTest {
  private static final KeyPair EC = Tokens.ec("secp256r1");

  @TempDir Path directory;

  @Test
  void textAroundAKeyIsPassedOver() throws IOException {
    Path file =
        Tokens.write(
            directory.resolve("key.pem"),
            "issued by hand\r\n",
            pem("PUBLIC KEY", EC.getPublic().getEncoded()).replace("\n", "\r\n"),
            "the end");

    assertThat(PemFile.read(file).publicKey()).isEqualTo(EC.getPublic());
  }

  @Test
  void whatIsNoPublicKeyIsRefused() {
    String key = pem("PUBLIC KEY", EC.getPublic().getEncoded());

    assertRefused("", "is no PEM file");
    assertRefused(key.substring(0, 80), "is no PEM file");
    assertRefused(pem("PUBLIC KEY", new byte[0]), "no public key of a known kind");
    assertRefused(pem("PUBLIC KEY", new byte[100]), "no public key of a known kind");
    assertRefused("-----BEGIN PUBLIC KEY-----\nAAAAA\n-----END PUBLIC KEY-----", "known kind");
    assertRefused(pem("CERTIFICATE", new byte[100]), "certificate that cannot be read");
    assertRefused(pem("RSA PUBLIC KEY", new byte[100]), "PUBLIC KEY or CERTIFICATE");
    assertRefused(key + key, "several keys");
    assertRefused(pem("PRIVATE KEY", EC.getPrivate().getEncoded()), "the public one alone");
    assertRefused(key + pem("EC PRIVATE KEY", new byte[9]), "the public one alone");
    assertRefused(" ".repeat(KeyFile.MAX_BYTES + 1), "too large");
  }

  @Test
  void aKeyThatIsTooWeakOrOfAnotherKindIsRefused() {
    assertRefused(publicKey(Tokens.rsa(1024)), "at least 2048 bits, this has 1024");
    assertRefused(publicKey(Tokens.rsa(2047)), "at least 2048 bits, this has 2047");
    assertRefused(publicKey(Tokens.ec("secp384r1")), "P-256");
    assertRefused(publicKey(Tokens.of("X25519")), "known kind");
    assertRefused(publicKey(Tokens.of("Ed448")), "known kind");
    assertRefused(publicKey(Tokens.of("DSA")), "known kind");
  }

  private static String publicKey(KeyPair pair) {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  private void assertRefused(String text, String words) {
    Path file = Tokens.write(directory.resolve("key.pem"), text);
    assertThatThrownBy(() -> JwtAuthenticator.ofPublicKeyFile(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words)
        .message()
        .doesNotContain("\n", "MFkw", "MIG");
  }

  @Test
  void whatIsNoPrivateKeyIsRefused() {
    String key = pem("PRIVATE KEY", EC.getPrivate().getEncoded());

    assertNoPrivateKey(pem("PUBLIC KEY", EC.getPublic().getEncoded()), "one block PRIVATE KEY");
    assertNoPrivateKey(pem("ENCRYPTED PRIVATE KEY", new byte[9]), "one block PRIVATE KEY");
    assertNoPrivateKey(key + key, "one block PRIVATE KEY");
    assertNoPrivateKey(pem("PRIVATE KEY", new byte[100]), "no private key of a known kind");
  }

  private void assertNoPrivateKey(String text, String words) {
    Path file = Tokens.write(directory.resolve("key.pem"), text);
    assertThatThrownBy(() -> PemFile.read(file).privateKey())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words);
  }

  @Test
  void itDoesNotShowWhatItHolds() throws IOException {
    PemFile file = PemFile.read(Tokens.privateKeyFile(directory.resolve("key.pem"), EC));

    assertThat(file.toString()).isEqualTo("PemFile[" + directory.resolve("key.pem") + "]");
  }
}
