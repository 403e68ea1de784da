package im.pair.jetty;

import static im.pair.jetty.Tokens.base64;
import static im.pair.jetty.Tokens.token;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import im.pair.jetty.Tokens.Signer;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tokens with good claims that nobody with the key has signed: none gets in. */
@Timeout(60)
class JwtForgeryTest {
  private static final KeyPair ATTACKERS_EC = Tokens.ec("secp256r1");
  private static final KeyPair ATTACKERS_RSA = Tokens.rsa(2048);

  @ParameterizedTest
  @FieldSource("im.pair.jetty.TokenDoor#ALL")
  void aForgedSignatureIsRefused(TokenDoor door) {
    Map<String, String> attacks = new HashMap<>();
    signatures(door, attacks);
    door.assertNoneGetsIn(attacks);
  }

  @ParameterizedTest
  @FieldSource("im.pair.jetty.TokenDoor#ALL")
  void anotherAlgorithmThanTheKeyIsForIsRefused(TokenDoor door) {
    Map<String, String> attacks = new HashMap<>();
    otherAlgorithms(door, attacks);
    door.assertNoneGetsIn(attacks);
  }

  @ParameterizedTest
  @FieldSource("im.pair.jetty.TokenDoor#ALL")
  void aKeyThatComesWithTheTokenIsRefused(TokenDoor door) {
    Map<String, String> attacks = new HashMap<>();
    attackersOwnKeys(attacks);
    door.assertNoneGetsIn(attacks);
  }

  private static void signatures(TokenDoor door, Map<String, String> attacks) {
    String good = door.good();
    String content = good.substring(0, good.lastIndexOf('.') + 1);
    byte[] signature =
        door.signer().sign(content.substring(0, content.length() - 1).getBytes(US_ASCII));
    for (int length : new int[] {0, 1, signature.length / 2, signature.length - 1}) {
      attacks.put("signature cut to " + length, content + base64(Arrays.copyOf(signature, length)));
    }
    attacks.put(
        "signature with a byte more",
        content + base64(Arrays.copyOf(signature, signature.length + 1)));
    byte[] flipped = signature.clone();
    flipped[flipped.length - 1] ^= 1;
    attacks.put("signature with a bit flipped", content + base64(flipped));
    for (int length : new int[] {32, 64, 96, 256}) {
      attacks.put("signature of " + length + " zeros", content + base64(new byte[length]));
    }
    BigInteger order = ((ECPublicKey) TokenDoor.EC.getPublic()).getParams().getOrder();
    byte[] n = Arrays.copyOfRange(order.toByteArray(), 1, 33);
    byte[] one = new byte[32];
    one[31] = 1;
    Map<String, byte[]> numbers = Map.of("0", new byte[32], "1", one, "n", n);
    numbers.forEach(
        (nameOfR, r) ->
            numbers.forEach(
                (nameOfS, s) -> {
                  byte[] both = Arrays.copyOf(r, 64);
                  System.arraycopy(s, 0, both, 32, 32);
                  attacks.put("signature " + nameOfR + ", " + nameOfS, content + base64(both));
                }));
    if (door.alg().equals("EdDSA")) {
      attacks.put("signature with its number s raised", content + base64(raised(signature)));
    }
    Signer der = Tokens.signer("SHA256withECDSA", TokenDoor.EC.getPrivate());
    attacks.put("signature in DER", token("{\"alg\":\"ES256\"}", TokenDoor.claims(), der));
    String forBob = TokenDoor.claims(Map.of("sub", "\"bob\""));
    attacks.put(
        "the signature of another token",
        base64(door.header("").getBytes(UTF_8))
            + "."
            + base64(forBob.getBytes(UTF_8))
            + "."
            + base64(signature));
    for (String around :
        List.of(" %s", "%s ", "%s\n", "%s=", "%s.", ".%s", "%s.x.y", "Bearer %s", "%s\u0000")) {
      attacks.put(around, around.replace("%s", good));
    }
    attacks.put("a sign amid the signature", content + "!" + base64(signature));
  }

  /** Ed25519's s is a number of which only the rest modulo the group's order matters. */
  private static byte[] raised(byte[] signature) {
    byte[] raised = signature.clone();
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    BigInteger s = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      s = s.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
    }
    s = s.add(order);
    for (int i = 32; i < 64; i++) {
      raised[i] = s.byteValue();
      s = s.shiftRight(8);
    }
    return raised;
  }

  private static void otherAlgorithms(TokenDoor door, Map<String, String> attacks) {
    for (String none : List.of("none", "None", "NONE", "nOnE", "none ", "")) {
      String header = "{\"alg\":\"" + none + "\"}";
      String content =
          base64(header.getBytes(UTF_8)) + "." + base64(TokenDoor.claims().getBytes(UTF_8)) + ".";
      attacks.put("alg '" + none + "', no signature", content);
      attacks.put("alg '" + none + "', no third part", content.substring(0, content.length() - 1));
      attacks.put("alg '" + none + "'", door.signed(header, TokenDoor.claims()));
    }
    for (TokenDoor other : TokenDoor.ALL) {
      if (!other.equals(door)) {
        attacks.put("good for " + other, other.good());
        attacks.put(
            "says " + door + ", signed by " + other,
            token(door.header(""), TokenDoor.claims(), other.signer()));
      }
    }
    for (KeyPair pair : List.of(TokenDoor.RSA, TokenDoor.EC, TokenDoor.ED)) {
      List<byte[]> secrets = asSecrets(pair.getPublic());
      for (int i = 0; i < secrets.size(); i++) {
        attacks.put(
            "HS256 by the public key " + pair.getPublic().getAlgorithm() + " in form " + i,
            token("{\"alg\":\"HS256\"}", TokenDoor.claims(), Tokens.hs256(secrets.get(i))));
      }
    }
    Map<String, Signer> others =
        Map.of(
            "HS384", Tokens.mac("HmacSHA384", TokenDoor.SECRET),
            "HS512", Tokens.mac("HmacSHA512", TokenDoor.SECRET),
            "RS384", Tokens.signer("SHA384withRSA", TokenDoor.RSA.getPrivate()),
            "RS512", Tokens.signer("SHA512withRSA", TokenDoor.RSA.getPrivate()),
            "ES384", Tokens.signer("SHA384withECDSAinP1363Format", TokenDoor.EC.getPrivate()),
            "ES256K", Tokens.signer(TokenDoor.EC.getPrivate()),
            "PS256", Tokens.signer(TokenDoor.RSA.getPrivate()),
            "Ed448", Tokens.signer(TokenDoor.ED.getPrivate()));
    others.forEach(
        (alg, signer) ->
            attacks.put(alg, token("{\"alg\":\"" + alg + "\"}", TokenDoor.claims(), signer)));
  }

  /** The forms in which everybody has the public key. */
  private static List<byte[]> asSecrets(PublicKey key) {
    String pem = Tokens.pem("PUBLIC KEY", key.getEncoded());
    return List.of(
        key.getEncoded(),
        pem.getBytes(UTF_8),
        pem.strip().getBytes(UTF_8),
        pem.replace("\n", "\r\n").getBytes(UTF_8),
        pem.replaceAll("-----.*-----|\n", "").getBytes(UTF_8),
        Tokens.jwk(key, "").getBytes(UTF_8),
        Tokens.jwks(Tokens.jwk(key, "")).getBytes(UTF_8));
  }

  private static void attackersOwnKeys(Map<String, String> attacks) {
    Signer ec = Tokens.signer(ATTACKERS_EC.getPrivate());
    Signer rsa = Tokens.signer(ATTACKERS_RSA.getPrivate());
    String x5c = Base64.getEncoder().encodeToString(ATTACKERS_RSA.getPublic().getEncoded());
    for (String more :
        List.of(
            "",
            ",\"jwk\":" + Tokens.jwk(ATTACKERS_EC.getPublic(), ""),
            ",\"jwk\":" + Tokens.jwk(ATTACKERS_RSA.getPublic(), ""),
            ",\"x5c\":[\"" + x5c + "\"]",
            ",\"jku\":\"http://127.0.0.1:1/jwks.json\"",
            ",\"jku\":\"file:///dev/null\"",
            ",\"x5u\":\"http://127.0.0.1:1/cert.pem\"",
            ",\"kid\":\"../../../../../../dev/null\"",
            ",\"kid\":\"/proc/self/environ\"",
            ",\"kid\":\"key.pem\\u0000\"",
            ",\"kid\":\"' OR 1=1 --\"",
            ",\"kid\":\"" + "k".repeat(4_000) + "\"")) {
      attacks.put("ES256" + more, token("{\"alg\":\"ES256\"" + more + "}", TokenDoor.claims(), ec));
      attacks.put(
          "RS256" + more, token("{\"alg\":\"RS256\"" + more + "}", TokenDoor.claims(), rsa));
      attacks.put(
          "HS256" + more,
          token("{\"alg\":\"HS256\"" + more + "}", TokenDoor.claims(), Tokens.hs256(new byte[1])));
    }
  }
}
