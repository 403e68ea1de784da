package im.pair.jetty;

import static im.pair.jetty.Tokens.jwk;
import static im.pair.jetty.Tokens.jwks;
import static im.pair.jetty.Tokens.show;
import static im.pair.jetty.Tokens.token;
import static im.pair.jetty.Tokens.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.testkit.ManualClock;
import im.pair.wire.Authenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys from a JWKS file: which counts for which token, and when the file changes. */
@Timeout(60)
class JwksFileTest {
  private static final KeyPair OLD = Tokens.ec("secp256r1");
  private static final KeyPair NEW = Tokens.ec("secp256r1");
  private static final String OLD_KEY = jwk(OLD.getPublic(), ",\"kid\":\"old\"");
  private static final String NEW_KEY = jwk(NEW.getPublic(), ",\"kid\":\"new\"");

  private final ManualClock clock = new ManualClock();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("jwks.json");
  }

  private Authenticator open(String... keys) throws IOException {
    return JwtAuthenticator.ofJwksFile(write(file, jwks(keys))).clock(clock).build();
  }

  /** A token for an hour, signed by a key and naming one; names none if that is empty. */
  private String by(KeyPair pair, String kid) {
    String header = kid.isEmpty() ? "" : ",\"kid\":\"" + kid + "\"";
    String alg = pair.getPublic().getAlgorithm().equals("EC") ? "ES256" : "EdDSA";
    long end = clock.instant().getEpochSecond() + 3_600;
    return token(
        "{\"alg\":\"" + alg + "\"" + header + "}",
        "{\"sub\":\"alice\",\"exp\":" + end + "}",
        Tokens.signer(pair.getPrivate()));
  }

  @Test
  void aTokenIsCheckedByTheKeyThatItNames() throws IOException {
    Authenticator door = open(OLD_KEY, NEW_KEY);

    assertThat(show(door, by(OLD, "old"))).isNotNull();
    assertThat(show(door, by(NEW, "new"))).isNotNull();
    assertThat(show(door, by(OLD, "new"))).isNull();
    assertThat(show(door, by(OLD, "other"))).isNull();
    assertThat(show(door, by(OLD, "../jwks.json"))).isNull();
  }

  @Test
  void aTokenThatNamesNoneIsCheckedByAll() throws IOException {
    Authenticator door = open(OLD_KEY, NEW_KEY);

    assertThat(show(door, by(OLD, ""))).isNotNull();
    assertThat(show(door, by(NEW, ""))).isNotNull();
    assertThat(show(door, by(Tokens.ec("secp256r1"), ""))).isNull();
  }

  @Test
  void keysOfEd25519AreReadWhateverTheirSign() throws IOException {
    Set<Boolean> signs = new HashSet<>();
    while (signs.size() < 2) {
      KeyPair pair = Tokens.of("Ed25519");
      byte[] encoded = pair.getPublic().getEncoded();
      signs.add(encoded[encoded.length - 1] < 0);

      assertThat(show(open(jwk(pair.getPublic(), "")), by(pair, ""))).isNotNull();
    }
  }

  @Test
  void aNewFileIsReadAtMostFiveSecondsLater() throws IOException {
    Authenticator door = open(OLD_KEY);
    String old = by(OLD, "old");
    String fresh = by(NEW, "new");
    assertThat(show(door, fresh)).isNull();

    Path beside = write(directory.resolve("beside.json"), jwks(NEW_KEY));
    Files.setLastModifiedTime(beside, Files.getLastModifiedTime(file));
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);

    clock.advance(Duration.ofMillis(4_999));
    assertThat(show(door, old)).isNotNull();
    assertThat(show(door, fresh)).isNull();
    clock.advance(Duration.ofMillis(1));
    assertThat(show(door, old)).isNull();
    assertThat(show(door, fresh)).isNotNull();
  }

  @Test
  void aFileThatIsWrittenInItsPlaceIsReadToo() throws IOException {
    Authenticator door = open(OLD_KEY);
    show(door, by(OLD, "old"));

    rewrite(jwks(OLD_KEY, NEW_KEY));
    clock.advance(Duration.ofSeconds(5));

    assertThat(show(door, by(OLD, "old"))).isNotNull();
    assertThat(show(door, by(NEW, "new"))).isNotNull();
  }

  @Test
  void aClockThatIsSetBackDoesNotHideANewFile() throws IOException {
    Authenticator door = open(OLD_KEY);
    show(door, by(OLD, "old"));

    rewrite(jwks(NEW_KEY));
    clock.set(clock.instant().minus(Duration.ofHours(1)));

    assertThat(show(door, by(NEW, "new"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "'{'", "{\"keys\":[]}", "{\"keys\":[7]}", "{}", "gone"})
  void aFileThatCannotBeUsedLeavesTheKeysThatThereWereAndIsWarnedOfOnce(String text)
      throws IOException {
    Authenticator door = open(OLD_KEY);
    show(door, by(OLD, "old"));
    try (LogWatch log = new LogWatch()) {
      if (text.equals("gone")) {
        Files.delete(file);
      } else {
        rewrite(text);
      }
      for (int i = 0; i < 3; i++) {
        clock.advance(Duration.ofSeconds(5));
        assertThat(show(door, by(OLD, "old"))).isNotNull();
      }
      assertThat(log.text().lines()).hasSize(1).allMatch(line -> line.contains("jwks.json"));

      write(file, jwks(NEW_KEY));
      clock.advance(Duration.ofSeconds(5));
      assertThat(show(door, by(NEW, "new"))).isNotNull();
      assertThat(show(door, by(OLD, "old"))).isNull();

      Files.delete(file);
      clock.advance(Duration.ofSeconds(5));
      assertThat(show(door, by(NEW, "new"))).isNotNull();
      assertThat(log.text().lines()).as("warned, read, warned again").hasSize(3);
    }
  }

  /** In its place, and later than before, whatever the grain of the file system's clock is. */
  private void rewrite(String text) throws IOException {
    FileTime before = Files.getLastModifiedTime(file);
    write(file, text);
    Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusSeconds(1)));
  }

  @Test
  void keysThatSignNoTokenHereArePassedOver() throws IOException {
    PublicKey other = Tokens.ec("secp256r1").getPublic();
    String secret = "{\"kty\":\"oct\",\"k\":\"" + Tokens.base64(new byte[32]) + "\"}";
    Authenticator door =
        open(
            OLD_KEY,
            secret,
            jwk(Tokens.ec("secp384r1").getPublic(), ""),
            jwk(other, ",\"use\":\"enc\""),
            jwk(other, ",\"key_ops\":[\"deriveKey\"]"),
            jwk(other, ",\"alg\":\"ECDH-ES\""),
            "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}");

    assertThat(show(door, by(OLD, "old"))).isNotNull();
    assertThat(show(door, hs256(new byte[32]))).isNull();
  }

  private @Nullable String hs256(byte[] secret) {
    long end = clock.instant().getEpochSecond() + 3_600;
    return token(
        "{\"alg\":\"HS256\"}", "{\"sub\":\"alice\",\"exp\":" + end + "}", Tokens.hs256(secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use\":\"enc\"",
        "\"key_ops\":[\"deriveKey\"]",
        "\"alg\":\"ECDH-ES\"",
        "\"alg\":\"HS256\"",
        "\"revoked\":{\"revoked_at\":1767225600}",
      })
  void aKeyThatIsForSomethingElseOrRevokedChecksNoToken(String member) throws IOException {
    Authenticator door = open(NEW_KEY, jwk(OLD.getPublic(), ",\"kid\":\"old\"," + member));

    assertThat(show(door, by(OLD, "old"))).isNull();
    assertThat(show(door, by(OLD, ""))).isNull();
    assertThat(show(door, by(NEW, "new"))).isNotNull();
  }

  @Test
  void whatIsNoSetOfKeysIsRefusedAtTheStart() {
    assertRefused("", "cannot be used as a JWKS");
    assertRefused("-----BEGIN PUBLIC KEY-----", "cannot be used as a JWKS");
    assertRefused(OLD_KEY, "cannot be used as a JWKS");
    assertRefused(jwks(), "0 keys");
    assertRefused(jwks(jwk(OLD.getPublic(), ",\"use\":\"enc\"")), "0 keys");
    assertRefused(jwks("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}"), "32 bytes");
    assertRefused(jwks(OLD_KEY, jwk(Tokens.rsa(1024).getPublic(), "")), "at least 2048 bits");
    String[] many = IntStream.range(0, 33).mapToObj(i -> OLD_KEY).toArray(String[]::new);
    assertRefused(jwks(many), "1 to 32");
    assertRefused(" ".repeat(KeyFile.MAX_BYTES + 1), "too large");
  }

  private void assertRefused(String text, String words) {
    write(file, text);
    assertThatThrownBy(() -> JwtAuthenticator.ofJwksFile(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words);
  }

  @Test
  void aFileThatIsNotThereIsRefusedAtTheStart() {
    assertThatThrownBy(() -> JwtAuthenticator.ofJwksFile(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is not there");
    assertThatThrownBy(() -> JwtAuthenticator.ofJwksFile(directory))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(directory + " cannot be read");
  }
}
