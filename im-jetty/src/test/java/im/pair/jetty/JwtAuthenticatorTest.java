package im.pair.jetty;

import static im.pair.jetty.Tokens.show;
import static im.pair.jetty.Tokens.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.core.UserId;
import im.pair.testkit.ManualClock;
import im.pair.wire.Authenticator;
import im.pair.wire.Credentials;
import im.pair.wire.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom a token lets in, and for how long. Who does not get in: {@link JwtRefusalTest} and {@link
 * JwtForgeryTest}.
 */
@Timeout(60)
class JwtAuthenticatorTest {
  private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final String HS256 = "{\"alg\":\"HS256\"}";

  private final ManualClock clock = new ManualClock();
  private final long now = clock.instant().getEpochSecond();
  private final JwtAuthenticator bySecret = JwtAuthenticator.ofSecret(SECRET).clock(clock).build();

  @TempDir Path directory;

  private String claims(String more) {
    return "{\"sub\":\"alice\",\"exp\":" + (now + 60) + more + "}";
  }

  private Identity alice() {
    return new Identity(new UserId("alice"), (now + 60) * 1_000);
  }

  private static String hs256(String claims) {
    return token(HS256, claims, Tokens.hs256(SECRET));
  }

  @Test
  void aTokenOfHs256GetsInUntilItExpires() {
    assertThat(show(bySecret, hs256(claims("")))).isEqualTo(alice());
  }

  @ParameterizedTest
  @CsvSource({"RS256, RSA", "ES256, EC", "EdDSA, Ed25519", "Ed25519, Ed25519"})
  void aTokenOfEachKindOfKeyGetsIn(String alg, String kind) throws IOException {
    KeyPair pair = kind.equals("EC") ? Tokens.ec("secp256r1") : Tokens.of(kind);
    Path pem = Tokens.publicKeyFile(directory.resolve("key.pem"), pair);
    Path jwks =
        Tokens.write(directory.resolve("jwks.json"), Tokens.jwks(Tokens.jwk(pair.getPublic(), "")));
    String token = token("{\"alg\":\"" + alg + "\"}", claims(""), Tokens.signer(pair.getPrivate()));

    assertThat(
            List.of(
                JwtAuthenticator.ofPublicKey(pair.getPublic()),
                JwtAuthenticator.ofPublicKeyFile(pem),
                JwtAuthenticator.ofJwksFile(jwks)))
        .allSatisfy(
            builder -> assertThat(show(builder.clock(clock).build(), token)).isEqualTo(alice()));
  }

  @Test
  void theKeyMayComeInACertificate() throws Exception {
    KeyStore store = certified();
    PrivateKey key = (PrivateKey) store.getKey("k", "secret".toCharArray());
    String certificate = Tokens.pem("CERTIFICATE", store.getCertificate("k").getEncoded());
    Path pem = Tokens.write(directory.resolve("chain.pem"), certificate, certificate);

    Authenticator authenticator = JwtAuthenticator.ofPublicKeyFile(pem).clock(clock).build();

    String token = token("{\"alg\":\"ES256\"}", claims(""), Tokens.signer(key));
    assertThat(show(authenticator, token)).isEqualTo(alice());
  }

  private KeyStore certified() throws Exception {
    Path file = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=issuer",
                "-alias",
                "k",
                "-storepass",
                "secret",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
  void itsTypeMayBeSaid(String typ) {
    String header = "{\"alg\":\"HS256\",\"typ\":\"" + typ + "\"}";

    assertThat(show(bySecret, token(header, claims(""), Tokens.hs256(SECRET)))).isEqualTo(alice());
  }

  @Test
  void whatAHeaderSaysOfKeysIsPassedOver() {
    String header =
        "{\"alg\":\"HS256\",\"kid\":\"7\",\"jku\":\"https://example.org/keys\",\"x\":1}";

    assertThat(show(bySecret, token(header, claims(""), Tokens.hs256(SECRET)))).isEqualTo(alice());
  }

  @Test
  void aTokenIsGoodUntilTheMillisecondInWhichItExpires() {
    String token = hs256("{\"sub\":\"alice\",\"exp\":" + (now + 60) + ".5}");

    clock.advance(Duration.ofMillis(60_499));
    assertThat(show(bySecret, token))
        .isEqualTo(new Identity(new UserId("alice"), (now + 60) * 1_000 + 500));
    clock.advance(Duration.ofMillis(1));
    assertThat(show(bySecret, token)).isNull();
  }

  @Test
  void aTokenIsGoodFromTheMomentThatItSays() {
    String token = hs256(claims(",\"nbf\":" + (now + 10)));

    clock.advance(Duration.ofMillis(9_999));
    assertThat(show(bySecret, token)).isNull();
    clock.advance(Duration.ofMillis(1));
    assertThat(show(bySecret, token)).isEqualTo(alice());
  }

  @Test
  void aLeewayMakesItGoodLongerAndEarlier() {
    Authenticator lenient =
        JwtAuthenticator.ofSecret(SECRET).clock(clock).leeway(Duration.ofSeconds(5)).build();
    Identity until65 = new Identity(new UserId("alice"), (now + 65) * 1_000);

    assertThat(show(lenient, hs256(claims(",\"nbf\":" + (now + 5))))).isEqualTo(until65);
    assertThat(show(lenient, hs256(claims(",\"nbf\":" + (now + 6))))).isNull();
    clock.advance(Duration.ofMillis(64_999));
    assertThat(show(lenient, hs256(claims("")))).isEqualTo(until65);
    clock.advance(Duration.ofMillis(1));
    assertThat(show(lenient, hs256(claims("")))).isNull();
  }

  @Test
  void issuerAndAudienceAreAskedForIfTheyAreSaid() {
    Authenticator strict =
        JwtAuthenticator.ofSecret(SECRET).clock(clock).issuer("shop").audience("im").build();

    assertThat(show(strict, hs256(claims(",\"iss\":\"shop\",\"aud\":\"im\"")))).isEqualTo(alice());
    assertThat(show(strict, hs256(claims(",\"iss\":\"shop\",\"aud\":[\"web\",\"im\"]"))))
        .isEqualTo(alice());
    assertThat(show(strict, hs256(claims("")))).isNull();
    assertThat(show(bySecret, hs256(claims(",\"iss\":\"any\",\"aud\":[\"any\"]"))))
        .isEqualTo(alice());
  }

  @Test
  void anAlgorithmThatIsNotOnTheListIsRefused() throws IOException {
    KeyPair ec = Tokens.ec("secp256r1");
    KeyPair ed = Tokens.of("Ed25519");
    Path jwks =
        Tokens.write(
            directory.resolve("jwks.json"),
            Tokens.jwks(Tokens.jwk(ec.getPublic(), ""), Tokens.jwk(ed.getPublic(), "")));
    Authenticator edAlone =
        JwtAuthenticator.ofJwksFile(jwks)
            .clock(clock)
            .algorithms(Set.of(JwtAlgorithm.EDDSA))
            .build();

    String byEd = token("{\"alg\":\"EdDSA\"}", claims(""), Tokens.signer(ed.getPrivate()));
    String byEc = token("{\"alg\":\"ES256\"}", claims(""), Tokens.signer(ec.getPrivate()));
    assertThat(show(edAlone, byEd)).isEqualTo(alice());
    assertThat(show(edAlone, byEc)).isNull();
  }

  @Test
  void aClaimedNameDoesNotCountAndMustNotContradict() {
    UserId alice = new UserId("alice");
    String token = hs256(claims(""));

    assertThat(answer(new Credentials(null, alice))).isNull();
    assertThat(answer(new Credentials(null, null))).isNull();
    assertThat(answer(new Credentials(token, alice))).isEqualTo(alice());
    assertThat(answer(new Credentials(token, new UserId("bob")))).isNull();
  }

  private Identity answer(Credentials credentials) {
    return bySecret.authenticate(credentials).toCompletableFuture().join();
  }

  @Test
  void aSecretNeeds32Bytes() {
    assertThatThrownBy(
            () -> JwtAuthenticator.ofSecret("only-31-bytes-long-0123456789ab".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32 bytes")
        .hasMessageNotContaining("only");
  }

  @Test
  void aSecretIsCopiedAndNotShown() {
    byte[] secret = SECRET.clone();
    JwtAuthenticator authenticator = JwtAuthenticator.ofSecret(secret).clock(clock).build();
    secret[0] = 'x';

    assertThat(show(authenticator, hs256(claims("")))).isEqualTo(alice());
    Object builder = JwtAuthenticator.ofSecret(SECRET);
    assertThat(List.of(authenticator, builder, JwtKey.ofSecret(SECRET)))
        .allSatisfy(it -> assertThat(it.toString()).doesNotContain("0123456789"));
  }

  @Test
  void aKeyOfAnotherKindIsRefused() {
    for (KeyPair pair : List.of(Tokens.of("RSASSA-PSS"), Tokens.of("DSA"), Tokens.of("Ed448"))) {
      assertThatThrownBy(() -> JwtAuthenticator.ofPublicKey(pair.getPublic()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("RSA, EC on the curve P-256, or Ed25519");
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedAtOnce() {
    JwtAuthenticator.Builder builder = JwtAuthenticator.ofSecret(SECRET);

    assertThatThrownBy(() -> builder.issuer("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.audience("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.algorithms(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.leeway(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.leeway(Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
