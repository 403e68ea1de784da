package im.pair.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.pair.jetty.Tokens.Signer;
import im.pair.testkit.ManualClock;
import im.pair.wire.Authenticator;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An authenticator that asks for everything, and how a token for it is signed.
 *
 * @param alg what stands in the header of its tokens
 * @param authenticator lets in alice with a good token
 * @param signer signs good tokens
 */
record TokenDoor(String alg, Authenticator authenticator, Signer signer) {
  static final byte[] SECRET = "the-secret-of-the-server-0123456789".getBytes(UTF_8);
  static final KeyPair RSA = Tokens.rsa(2048);
  static final KeyPair EC = Tokens.ec("secp256r1");
  static final KeyPair ED = Tokens.of("Ed25519");

  private static final ManualClock CLOCK = new ManualClock();

  /** One of each kind. */
  static final List<TokenDoor> ALL =
      List.of(
          new TokenDoor("HS256", strict(JwtAuthenticator.ofSecret(SECRET)), Tokens.hs256(SECRET)),
          of("RS256", RSA),
          of("ES256", EC),
          of("EdDSA", ED));

  private static TokenDoor of(String alg, KeyPair pair) {
    return new TokenDoor(
        alg,
        strict(JwtAuthenticator.ofPublicKey(pair.getPublic())),
        Tokens.signer(pair.getPrivate()));
  }

  private static Authenticator strict(JwtAuthenticator.Builder builder) {
    return builder.clock(CLOCK).issuer("shop").audience("im").build();
  }

  /** What time it is for all doors, in seconds. */
  static long now() {
    return CLOCK.instant().getEpochSecond();
  }

  /** Good claims with these in place of theirs; an empty one is left out. */
  static String claims(Map<String, String> changes) {
    Map<String, String> good =
        Map.of(
            "sub", "\"alice\"",
            "exp", "" + (now() + 60),
            "nbf", "" + now(),
            "iss", "\"shop\"",
            "aud", "\"im\"");
    List<String> members = new ArrayList<>();
    good.forEach(
        (name, value) -> {
          String present = changes.getOrDefault(name, value);
          if (!present.isEmpty()) {
            members.add("\"" + name + "\":" + present);
          }
        });
    return "{" + String.join(",", members) + "}";
  }

  static String claims() {
    return claims(Map.of());
  }

  /** The header of its tokens; {@code more} are members like {@code ,"kid":"a"}. */
  String header(String more) {
    return "{\"alg\":\"" + alg + "\"" + more + "}";
  }

  /** A token that is signed as it should be, whatever it holds. */
  String signed(String header, String claims) {
    return Tokens.token(header, claims, signer);
  }

  /** A token that gets in. */
  String good() {
    return signed(header(""), claims());
  }

  /**
   * Asserts that none of these tokens gets in, while a good one does, and that the log has nothing
   * but a fixed sentence for each.
   *
   * @param attacks tokens, by a name for people
   */
  void assertNoneGetsIn(Map<String, String> attacks) {
    try (LogWatch log = new LogWatch(JwtAuthenticator.class)) {
      assertThat(Tokens.show(authenticator, good())).isNotNull();
      assertThat(attacks)
          .allSatisfy(
              (name, token) -> assertThat(Tokens.show(authenticator, token)).as(name).isNull());

      assertThat(log.text().lines())
          .hasSize(attacks.size())
          .allMatch(line -> line.matches("a token was refused: [A-Za-z0-9+ ]{1,60}"))
          .noneMatch(line -> line.contains("alice"));
      log.assertQuiet();
    }
  }

  @Override
  public String toString() {
    return alg;
  }
}
