package im.pair.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import im.pair.wire.Authenticator;
import im.pair.wire.Credentials;
import im.pair.wire.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Tokens and keys, made with the JDK alone: the library that checks them has no part in it. */
final class Tokens {
  /** Signs what it is given. */
  @FunctionalInterface
  interface Signer {
    byte[] sign(byte[] content);
  }

  private Tokens() {}

  /** Who gets in with a token, or null. */
  static @Nullable Identity show(Authenticator authenticator, String token) {
    return authenticator
        .authenticate(new Credentials(token, null))
        .toCompletableFuture()
        .getNow(new Identity(null, 0)); // it answers at once
  }

  static String token(String header, String claims, Signer signer) {
    String content = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    return content + "." + base64(signer.sign(content.getBytes(US_ASCII)));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static Signer mac(String algorithm, byte[] secret) {
    return content -> {
      try {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        return mac.doFinal(content);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    };
  }

  static Signer signer(String algorithm, PrivateKey key) {
    return content -> {
      try {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    };
  }

  static Signer hs256(byte[] secret) {
    return mac("HmacSHA256", secret);
  }

  /** By RS256, ES256 or EdDSA, as the key is. */
  static Signer signer(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> signer("SHA256withRSA", key);
      case "EC" -> signer("SHA256withECDSAinP1363Format", key);
      default -> signer("Ed25519", key);
    };
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair of(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(String label, byte[] bytes) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  static Path write(Path file, String... parts) {
    try {
      return Files.writeString(file, String.join("", parts));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Path publicKeyFile(Path file, KeyPair pair) {
    return write(file, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
  }

  static Path privateKeyFile(Path file, KeyPair pair) {
    return write(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  /** A JWKS of keys that {@link #jwk} made. */
  static String jwks(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  /** A key for a JWKS; {@code more} are members like {@code ,"kid":"a"}. */
  static String jwk(PublicKey key, String more) {
    String members;
    if (key instanceof RSAPublicKey rsa) {
      members =
          "\"kty\":\"RSA\",\"n\":\""
              + number(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8)
              + "\",\"e\":\""
              + number(rsa.getPublicExponent(), 3)
              + "\"";
    } else if (key instanceof ECPublicKey ec) {
      int bits = ec.getParams().getCurve().getField().getFieldSize();
      members =
          "\"kty\":\"EC\",\"crv\":\"P-"
              + bits
              + "\",\"x\":\""
              + number(ec.getW().getAffineX(), bits / 8)
              + "\",\"y\":\""
              + number(ec.getW().getAffineY(), bits / 8)
              + "\"";
    } else {
      byte[] encoded = key.getEncoded();
      byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      members = "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(x) + "\"";
    }
    return "{" + members + more + "}";
  }

  private static String number(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int count = Math.min(length, signed.length);
    System.arraycopy(signed, signed.length - count, bytes, length - count, count);
    return base64(bytes);
  }
}
