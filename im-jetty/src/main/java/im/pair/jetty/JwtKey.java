package im.pair.jetty;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a token's signature is checked by: a key and the one algorithm that it is for. Thread-safe.
 *
 * @param id what a token may name it by; null if it has no name, then it is tried for any
 * @param algorithm the algorithm
 * @param verifier holds the key
 */
record JwtKey(@Nullable String id, JwtAlgorithm algorithm, JWSVerifier verifier) {
  static final int MIN_SECRET_BYTES = 32;
  static final int MIN_RSA_BITS = 2_048;

  /**
   * A secret that both sides have.
   *
   * @throws IllegalArgumentException if it is too short
   */
  static JwtKey ofSecret(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a secret needs at least " + MIN_SECRET_BYTES + " bytes, this has " + secret.length);
    }
    try {
      return new JwtKey(null, JwtAlgorithm.HS256, new MACVerifier(secret.clone()));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a secret for HS256", e);
    }
  }

  /**
   * A public key.
   *
   * @throws IllegalArgumentException if it is of a kind that signs no token here, or too weak; the
   *     message says what is taken
   */
  static JwtKey ofPublicKey(@Nullable String id, PublicKey key) {
    // By name too: a key for RSASSA-PSS is an RSAPublicKey as well.
    if (key instanceof RSAPublicKey rsa && key.getAlgorithm().equals("RSA")) {
      checkStrength(rsa);
      return new JwtKey(id, JwtAlgorithm.RS256, new RSASSAVerifier(rsa));
    }
    if (key instanceof ECPublicKey ec
        && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      try {
        return new JwtKey(id, JwtAlgorithm.ES256, new ECDSAVerifier(ec));
      } catch (JOSEException e) {
        throw new IllegalArgumentException("not a point on the curve P-256", e);
      }
    }
    if (key instanceof EdECPublicKey ed
        && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
      return new JwtKey(id, JwtAlgorithm.EDDSA, new Ed25519.Verifier(key));
    }
    throw otherKind(key);
  }

  static void checkStrength(RSAKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS) {
      throw new IllegalArgumentException(
          "an RSA key needs at least " + MIN_RSA_BITS + " bits, this has " + bits);
    }
  }

  static IllegalArgumentException otherKind(Key key) {
    return new IllegalArgumentException(
        "a key is RSA, EC on the curve P-256, or Ed25519; this is another " + key.getAlgorithm());
  }

  /** Whether a token with this header may be signed by it. */
  boolean fits(JWSHeader header) {
    return algorithm.isNamed(header.getAlgorithm().getName())
        && (id == null || header.getKeyID() == null || id.equals(header.getKeyID()));
  }
}
