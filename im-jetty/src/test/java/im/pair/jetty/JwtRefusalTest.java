package im.pair.jetty;

import static im.pair.jetty.Tokens.base64;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Tokens with the right signature and one thing wrong besides, and what is no token: none gets in.
 */
@Timeout(60)
class JwtRefusalTest {

  @ParameterizedTest
  @FieldSource("im.pair.jetty.TokenDoor#ALL")
  void aTokenWithWrongClaimsIsRefused(TokenDoor door) {
    Map<String, String> attacks = new HashMap<>();
    claims(door, attacks);
    door.assertNoneGetsIn(attacks);
  }

  @ParameterizedTest
  @FieldSource("im.pair.jetty.TokenDoor#ALL")
  void aTokenWithAWrongHeaderIsRefused(TokenDoor door) {
    Map<String, String> attacks = new HashMap<>();
    headers(door, attacks);
    door.assertNoneGetsIn(attacks);
  }

  @ParameterizedTest
  @FieldSource("im.pair.jetty.TokenDoor#ALL")
  void whatIsNoTokenIsRefused(TokenDoor door) {
    Map<String, String> attacks = new HashMap<>();
    rubbish(door, attacks);
    door.assertNoneGetsIn(attacks);
  }

  private static void claims(TokenDoor door, Map<String, String> attacks) {
    Map<String, List<String>> changes =
        Map.of(
            "exp",
            List.of(
                "",
                "null",
                "" + TokenDoor.now(),
                "" + (TokenDoor.now() - 1),
                "0",
                "-1",
                "1e300",
                "9223372036854775807",
                "\"" + (TokenDoor.now() + 60) + "\"",
                "true",
                "[" + (TokenDoor.now() + 60) + "]"),
            "nbf",
            List.of("" + (TokenDoor.now() + 1), "\"" + TokenDoor.now() + "\"", "-1", "{}"),
            "iss",
            List.of("", "null", "\"Shop\"", "\"shop \"", "[\"shop\"]", "1"),
            "aud",
            List.of("", "null", "\"web\"", "\"IM\"", "[]", "[\"web\",\"imx\"]", "[[\"im\"]]", "{}"),
            "sub",
            List.of(
                "",
                "null",
                "7",
                "true",
                "[\"alice\"]",
                "{}",
                "\"\"",
                "\" alice\"",
                "\"-alice\"",
                "\"al/../ice\"",
                "\"al\\u0000ice\"",
                "\"ålice\"",
                "\"" + "a".repeat(65) + "\""));
    changes.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    attacks.put(
                        name + " " + value,
                        door.signed(door.header(""), TokenDoor.claims(Map.of(name, value))))));
    for (String payload :
        List.of("", "x", "[]", "\"alice\"", "null", "{", TokenDoor.claims() + TokenDoor.claims())) {
      attacks.put("payload " + payload, door.signed(door.header(""), payload));
    }
    String twice = TokenDoor.claims().replace("\"sub\"", "\"sub\":\"bob\",\"sub\"");
    attacks.put("sub twice", door.signed(door.header(""), twice));
    String deep = TokenDoor.claims().replace("}", ",\"x\":" + "[".repeat(5_000) + "}");
    attacks.put("nested", door.signed(door.header(""), deep));
    for (int length : List.of(8_192, 1 << 20)) {
      String big = TokenDoor.claims().replace("}", ",\"x\":\"" + "x".repeat(length) + "\"}");
      attacks.put(length + " bytes", door.signed(door.header(""), big));
    }
  }

  private static void headers(TokenDoor door, Map<String, String> attacks) {
    for (String more :
        List.of(
            ",\"crit\":[\"exp\"],\"exp\":1",
            ",\"crit\":[]",
            ",\"crit\":\"exp\"",
            ",\"crit\":[\"b64\"],\"b64\":true",
            ",\"b64\":false",
            ",\"typ\":\"JOSE\"",
            ",\"typ\":\"secevent+jwt\"",
            ",\"typ\":7",
            ",\"enc\":\"A256GCM\"",
            ",\"zip\":\"DEF\",\"enc\":\"A256GCM\"",
            ",\"alg\":\"none\"",
            ",\"kid\":7")) {
      attacks.put(more, door.signed(door.header(more), TokenDoor.claims()));
    }
    String header = door.header(",\"b64\":false");
    byte[] unencoded = (base64(header.getBytes(UTF_8)) + "." + TokenDoor.claims()).getBytes(UTF_8);
    attacks.put(
        "payload signed as it is",
        base64(header.getBytes(UTF_8))
            + "."
            + base64(TokenDoor.claims().getBytes(UTF_8))
            + "."
            + base64(door.signer().sign(unencoded)));
    for (String wrong :
        List.of(
            "{}",
            "{\"alg\":null}",
            "{\"alg\":[\"" + door.alg() + "\"]}",
            "{\"alg\":\"" + door.alg() + " \"}",
            "{\"alg\":\"" + door.alg().toLowerCase(Locale.ROOT) + "\"}",
            "{\"ALG\":\"" + door.alg() + "\"}",
            "[]",
            "x")) {
      attacks.put(wrong, door.signed(wrong, TokenDoor.claims()));
    }
  }

  private static void rubbish(TokenDoor door, Map<String, String> attacks) {
    for (String text :
        List.of(
            "", " ", ".", "..", "...", "....", "a.b.c", "null", "{}", "ä.ö.ü", "%2e%2e",
            "\u0000")) {
      attacks.put("'" + text + "'", text);
    }
    attacks.put("a megabyte", "x".repeat(1 << 20));
    attacks.put("a megabyte of dots", ".".repeat(1 << 20));
    Random random = new Random(4);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      attacks.put("random bytes " + i, new String(bytes, UTF_8));
      attacks.put(
          "random payload " + i,
          base64(door.header("").getBytes(UTF_8)) + "." + base64(bytes) + "." + base64(bytes));
    }
    attacks.put("JWE", jwe());
    String[] parts = door.good().split("\\.", -1);
    attacks.put(
        "JWS in JSON",
        "{\"payload\":\""
            + parts[1]
            + "\",\"protected\":\""
            + parts[0]
            + "\",\"signature\":\""
            + parts[2]
            + "\"}");
  }

  private static String jwe() {
    try {
      JWEObject jwe =
          new JWEObject(
              new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
              new Payload(TokenDoor.claims()));
      jwe.encrypt(new DirectEncrypter(Arrays.copyOf(TokenDoor.SECRET, 32)));
      return jwe.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
